// What a bot must not do, whatever it is sent: judged by what it was told and what it did, in the order of time.
//
// What counts, and why, is on the page fuzz/TRAFFIC.md.
#pragma once

#include <string>
#include <vector>

#include "corpus/exchange.h"

namespace harness {

/// Ways in which a request of the bot's can be wrong without any recording that says so.
enum class Misstep {
  wrong_target,  ///< about a call, or somebody in it, that nothing has named until then
  gone,          ///< about a call of which the bot has acknowledged the end
  acted_twice,   ///< the same once more, although it has worked and nothing new was told
  too_soon       ///< the same once more before Retry-After is over, or again and again
};

/// One such request.
struct Misconduct {
  Misstep misstep = Misstep::wrong_target;
  const corpus::Exchange* request = nullptr;  ///< of the live session
  std::string detail;                         ///< one line for a person
};

/// All that is wrong with the requests of `live`, as far as the session that was played does not show the same. What a
/// timer drives and changes nothing (corpus::is_polling()) is not looked at. `live` must outlive the result.
std::vector<Misconduct> misconduct_in(const corpus::Session& played, const corpus::Session& live);

}  // namespace harness
