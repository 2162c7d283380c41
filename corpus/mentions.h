// Which calls and ids a message speaks of: what links requests, answers and notifications to each other.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"

namespace corpus {

/// Why an id stands in a message.
enum class MentionKind {
  call,      ///< a call: the segment behind "calls" in a path, replacesCallId, the id in the answer to creating a call
  resource,  ///< an operation, participant or other thing of Graph's: any other id in a path, an answer's own id
  chain,     ///< the chain that a call belongs to: callChainId and the header that carries it
  message,   ///< ids of messages and scenarios, which the headers carry
  made,      ///< a text that the bot made up: clientContext, callbackUri
  who,       ///< a person, an application or a tenant: says who is meant and ties nothing together
  other,     ///< any other GUID
};

/// Whether ids below a member of this name tell who is meant ("identity", "users", "tenantId", …): behaviour, not
/// chance.
bool says_who(std::string_view member);

/// One id in one message, in canonical form (corpus/ids.h).
struct Mention {
  std::string id;
  MentionKind kind = MentionKind::other;

  bool operator==(const Mention&) const = default;
};

/// All mentions of a message, each (id, kind) once, in order of appearance.
struct Mentions {
  std::vector<Mention> all;
  bool notification = false;  ///< the body is one of Graph's notifications about calls

  bool has(std::string_view id, MentionKind kind) const;
};

/// Finds mentions. Reads JSON bodies as JSON, and bodies that are no valid JSON as text. Reuses its memory from message
/// to message; results are the caller's.
class MentionFinder {
 public:
  MentionFinder();
  ~MentionFinder();
  MentionFinder(MentionFinder&&) noexcept;
  MentionFinder& operator=(MentionFinder&&) noexcept;

  Mentions in(const Request& request);
  /// `asked`: the request that this answers; it tells what the answer's own "id" names.
  Mentions in(const Response& response, const Request& asked);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace corpus
