// Finds the secrets in a text: by the names they go under, by their shape, and by their value.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"
#include "corpus/people_store.h"
#include "corpus/secret_names.h"
#include "corpus/secret_store.h"
#include "corpus/spelling.h"

namespace corpus {

/// Looks for the secrets of one text and collects them. What goes under the name of a secret is learned by the store,
/// so that its value is known elsewhere. Stand-ins are no secrets.
///
/// A text is also looked into where it spells another one: JSON in a JSON string, a URL in a form, anything in base64,
/// the claims of a token, and so on. What is said about people is found on request.
class SecretFinder {
 public:
  /// What is looked for, and what is known of it. All must outlive the finder.
  struct Sought {
    SecretStore& secrets;
    PeopleStore* people = nullptr;  ///< null: people are left alone
    /// Nothing will be replaced yet. Tokens are looked into, but not remembered: the names of people that their
    /// stand-ins must not show may not be known yet.
    bool learning = false;
  };

  /// Finds places in `text`, and appends them to `found` in no order; they may overlap. All must outlive the finder.
  SecretFinder(const Sought& sought, std::string_view text, std::vector<Secret>& found)
      : SecretFinder(sought, text, found, 0) {}

  /// Takes the text as the body of a message with these headers, its content coding taken off.
  void look_into_body(const Headers& headers);
  /// Takes the text as any text: JSON that may be broken, or none at all.
  void look_into_text();
  /// Takes it as a form, or whatever else it may be.
  void look_into_form();
  /// Takes it as multipart: parts, which may have names, or whatever else it may be.
  void look_into_multipart();
  /// Takes it as the target of a request: path and query.
  void look_into_target();
  /// Takes it as the value of a header that carries a secret in this way.
  void look_into_header(std::string_view name);

  /// The stand-in of a value under these stores, of the form that the value has.
  static std::string stand_in(const Sought& sought, std::string_view value);

 private:
  SecretFinder(const Sought& sought, std::string_view text, std::vector<Secret>& found, int depth)
      : sought_(sought), store_(sought.secrets), text_(text), found_(found), depth_(depth) {}

  void look_into_json();
  void look_into_plain_json(char quote, bool broken);
  void look_into_broken_json(bool escaped);
  void look_into_parameters(std::string_view text);
  void look_into_loose_parameters(std::size_t from);
  void look_into_lines_and_tags();
  void look_into_cookies(std::string_view cookies);
  void look_into_spelled(Spelling spelling, std::string_view raw);
  void look_into_header_value(HeaderSecret kind);
  void find_url_passwords();
  void find_bearers();
  void find_tokens();
  void find_base64();
  void look_into_base64(std::size_t begin, std::size_t end);
  void look_into_stand_in(std::string_view token);
  void find_known_values();
  void find_by_shape_and_value(unsigned marks);

  void take_member(MemberSecret kind, std::string_view raw);
  void take_number(std::string_view raw);
  std::size_t take_credentials(std::string_view value, Clue clue);  // returns where in the value they begin
  void learn_password(std::string_view basic_credentials);
  void take(std::string_view raw, std::string_view value, Clue clue);
  void take_spelled(Spelling spelling, std::string_view raw, Clue clue);
  std::string stand_in_of(std::string_view value, std::string_view spelling, bool& inert);
  std::string make_stand_in(std::string_view value) const;
  struct Inside {
    std::string text;  // without its secrets
    Clue clue;         // of the first of them, if there is one
  };
  Inside redacted_inside(std::string_view text, bool claims) const;

  const Sought& sought_;
  SecretStore& store_;
  std::string_view text_;
  std::vector<Secret>& found_;
  // How many texts may stand inside each other. Seen: a URL in JSON in a JSON string in a form.
  static constexpr int kMaxDepth = 4;

  int depth_ = 0;        // in how many other texts this one was found
  bool claims_ = false;  // it is the claims of a token
};

}  // namespace corpus
