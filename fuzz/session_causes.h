// What the causes of a recording allow, as plain lists.
//
// replay/plan.h derives causes, and fuzz/ may not know replay/: whoever calls hands them over (for all of a session's
// exchanges, harness/session_causes.h does).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fuzz {

/// One thing that a delivery waits for.
struct SessionCause {
  std::size_t exchange = 0;  ///< index in Session::exchanges
  bool ended = false;        ///< it has to have ended; otherwise only to have been sent
  bool by_id = false;        ///< the delivery mentions an id that came from there: without it, it makes no sense
};

/// What an exchange is to the player.
enum class SessionRole {
  delivery,  ///< the player sends it
  request,   ///< the bot has to send it
  polling,   ///< the bot may send it; nothing waits for it
};

/// One exchange, as its session's plan has it.
struct ExchangeCauses {
  SessionRole role = SessionRole::delivery;
  std::vector<SessionCause> causes;  ///< of a delivery; each one stands before it
  std::vector<std::string> calls;    ///< the calls that it is about, canonical
};

/// Beside Session::exchanges, index for index.
using SessionCauses = std::vector<ExchangeCauses>;

}  // namespace fuzz
