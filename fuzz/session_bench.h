// What a session mutation works with. For those who write mutations; users of the mutator need none of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/json_index.h"
#include "fuzz/mutator.h"
#include "fuzz/random.h"
#include "fuzz/session_draft.h"

namespace fuzz {

/// One session on its way to become another. Owned by the mutator for the length of one mutation; all that it refers to
/// outlives it.
struct SessionBench {
  SessionDraft& draft;
  Random& random;
  Mutator& payloads;
  JsonIndex& index;                         ///< for whoever has to look into a body; as scanned by the last one who did
  const std::vector<SessionDraft>& others;  ///< every recording, the one in hand too, with ids of their own; not empty
  corpus::Micros longest_stall = 0;         ///< how long the player may be told to wait in the middle of a body
  std::string what;                         ///< result: what was done, where, for a person

  /// One of the list, which must not be empty.
  std::size_t pick(const std::vector<std::size_t>& places) { return random.pick(places); }
  corpus::Exchange& exchange(std::size_t at) { return draft[at].exchange; }
  /// "delivery 4": how an exchange is called in `what`.
  std::string name(std::size_t at) const;
  /// A GUID that no other message has.
  std::string fresh_guid();
};

/// A GUID, as 36 characters.
std::string fresh_guid(Random& random);

/// The name of the header that tells one message of Graph's from another.
inline constexpr std::string_view kMessageId = "X-Microsoft-Skype-Message-ID";

/// The first field of that name, ASCII case aside; null if there is none.
corpus::Header* find_field(corpus::Headers& headers, std::string_view name);
/// Sets that field, or adds it.
void set_field(corpus::Headers& headers, std::string_view name, std::string value);
/// Takes every field of that name out. False if there was none.
bool remove_field(corpus::Headers& headers, std::string_view name);

/// Replaces the body, and the length that the fields tell.
void set_body(corpus::Request& request, std::string body);
void set_body(corpus::Response& response, std::string body);

/// The id of a message becomes a fresh one: as far as a bot can tell, Graph sent another message.
void renew_message(SessionBench& bench, std::size_t at);
void renew_message(corpus::Headers& headers, Random& random);

/// Where an item of that time has its place: in front of the first one that is sent later.
std::size_t place_for(const SessionDraft& draft, corpus::Micros time);

/// The time when the bot has answered a delivery, or a moment after it was sent if nobody knows.
corpus::Micros answered_at(const corpus::Exchange& exchange);

/// A copy of the delivery at `at` goes out once the one at `behind` has been answered, `later` than that. Returns its
/// place.
std::size_t copy_behind(SessionDraft& draft, std::size_t at, std::size_t behind, corpus::Micros later);
/// Copies that nobody waits between: all are under way at once.
void copy_beside(SessionDraft& draft, std::size_t at, std::uint32_t copies);

/// A function that changes the bench's draft, and says so in `what`. False: there is no place for it, and nothing
/// has been changed.
using SessionMutation = bool (*)(SessionBench& bench);

}  // namespace fuzz
