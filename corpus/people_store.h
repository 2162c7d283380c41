// The people of a session: their stand-ins, and where they stand again.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/keyed_hash.h"
#include "corpus/known_values.h"
#include "corpus/redaction.h"
#include "corpus/secret_store.h"

namespace corpus {

/// What is known of people. Stand-ins keep their form, as those of secrets do, and can be told by looking at them:
///
///   ids that are GUIDs  GUIDs with another mark       names   Person-<8 hex digits>
///   telephone numbers   as many digits, 999… first    mail    person-<16 hex digits>@redacted.example
///   other numbers       as many digits, 900… first    chats   19:meeting_redacted<hex digits>@thread.v2
///   IP addresses        one for benchmarks or docs    others  person-<16 hex digits>
class PeopleStore {
 public:
  PeopleStore(const Redactor::Key& key, KnownValues::Limits limits) : hash_(key), values_(limits) {}

  /// The stand-in of the id of a user or a tenant, spelled like it, which is remembered. Empty if there is none to be
  /// replaced: for the nil GUID, and for stand-ins.
  std::string guid(std::string_view guid);
  /// The same, where only whether there is one is asked for.
  bool learn_guid(std::string_view guid) { return entry_of(guid) != nullptr; }
  /// The stand-in of a name, which is remembered if it has two words or more.
  std::string name(std::string_view name);
  /// The stand-in of an id or account of any form, which is remembered.
  std::string account(std::string_view text);
  /// The stand-in of the digits of a telephone number, which are remembered.
  std::string phone(std::string_view digits);
  /// The stand-in of another number, of four digits or more, which is remembered.
  std::string number(std::string_view digits);
  /// Those of parts that are known by their shape, and so need not be remembered.
  std::string mailbox(std::string_view mail) const;
  std::string thread(std::string_view name) const;
  std::string address(std::string_view text, bool v6) const;

  std::uint64_t learned() const { return values_.learned() + outranked_; }
  /// Appends every place where a remembered value stands, between bytes that are no letters or digits. Not again, for
  /// the most part, what stands among those that were found from `before` on.
  void find(std::string_view text, std::vector<Secret>& found, std::size_t before) const;

 private:
  const KnownValues::Entry* entry_of(std::string_view guid);
  /// The stand-in of a value: the one that is known, or what `make` makes of its hash, which is remembered.
  template <typename Make>
  std::string learn(std::string_view kind, std::string_view value, Make make);

  /// What a value is called wherever it stands if it was taken for more than one thing.
  struct Better {
    int rank = 0;
    std::string stand_in;
  };

  KeyedHash hash_;
  KnownValues values_;
  std::map<std::string, Better, std::less<>> better_;
  std::uint64_t outranked_ = 0;
};

/// Whether the text is, as a whole, a stand-in of something about a person: of a name, an account, a mailbox, a number
/// or the name of a chat. (GUIDs: is_guid_stand_in; addresses: AddressV4::is_nobodys().)
bool is_person_stand_in(std::string_view text);

/// Whether these digits are the stand-in of a telephone number.
bool is_phone_stand_in(std::string_view digits);

/// The domain of all mail addresses that stand in for others. RFC 2606: `.example` is nobody's.
inline constexpr std::string_view kNobodysDomain = "redacted.example";

}  // namespace corpus
