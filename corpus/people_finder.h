// Finds what a text says about people: by the members it stands under, by its shape, and by its value.
#pragma once

#include <string_view>
#include <vector>

#include "corpus/people_names.h"
#include "corpus/people_store.h"
#include "corpus/secret_store.h"

namespace corpus {

/// Looks through one text, as it stands: texts spelled inside it are the business of whoever reads them (SecretFinder).
class PeopleFinder {
 public:
  /// Finds places in `text`, and appends them to `found` in no order; they may overlap. All three must outlive the
  /// finder.
  /// `learning`: only what has to be remembered is looked for. `inside`: the text stands inside another one; of one
  /// that does not, nobody asks for stand-ins while learning, and some are not made.
  PeopleFinder(PeopleStore& store, std::string_view text, std::vector<Secret>& found, bool learning, bool inside)
      : store_(store), text_(text), found_(found), learning_(learning), asked_(!learning || inside) {}

  /// Members, shapes and known values. `marks`: those of the text (corpus/text_scan.h). `claims`: it is the claims of a
  /// token.
  void look(unsigned marks, bool claims);
  /// The whole text is the name or the id of a user.
  void look_into_name();

 private:
  struct Level;
  void look_into_json(bool claims);
  void take_string(Level& at, PersonMember member, std::string_view raw, bool escaped, bool claims);
  void take_member(PersonMember member, std::string_view raw, bool escaped);

  void find_mails();
  void find_phones();
  void find_telephone(std::size_t colon);
  void find_addresses_v4();
  void find_behind_colons();  // chats, accounts, and addresses of the newer kind
  void find_threads(std::size_t colon);
  void find_accounts(std::size_t colon);
  void find_address_v6(std::size_t colon);
  void find_around_slashes();  // meetings, and GUIDs of users and tenants
  void find_meeting(std::size_t slash);
  void find_guid_in_path(std::size_t slash);
  void find_guid_parameters();

  // `raw` is where it stands, `value` what it reads as.
  void take_id(std::string_view raw, std::string_view value, Clue clue);
  void take_id(std::string_view raw, Clue clue) { take_id(raw, raw, clue); }
  void take_name(std::string_view raw, std::string_view value);
  void take_phone(std::string_view raw);
  void take_number(std::string_view raw, Clue clue);
  void push(std::string_view raw, std::string stand_in, Clue clue);
  std::string_view between(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }

  PeopleStore& store_;
  std::string_view text_;
  std::vector<Secret>& found_;
  bool learning_;
  bool asked_;  // for stand-ins
};

}  // namespace corpus
