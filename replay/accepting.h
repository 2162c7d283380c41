// A live run that was looked at and found good, made into the new recording.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"
#include "replay/bindings.h"
#include "replay/verdict.h"

namespace replay {

/// The new recording, and what was lost on the way.
struct Accepted {
  corpus::Session session;
  std::size_t gone = 0;            ///< exchanges of the old recording that the run does not have, polling apart
  std::size_t added = 0;           ///< exchanges that the old recording does not have, likewise
  std::vector<std::string> notes;  ///< what somebody should know: an `after` whose exchange is gone, …
};

/// What keeps a run from being accepted: nobody knows what would have come. Empty: nothing does. `verdict` is that of
/// the run against its recording.
std::vector<std::string> reasons_against(const corpus::Session& live, const Verdict& verdict);

/// `live` in the words of `recorded`: its messages, order and times under the recorded ids, which `bindings` of the
/// same judgement give. Name, addresses and unknown members are the recording's, and so are the numbers, the `after`
/// and the unknown members of exchanges that it had; new exchanges are numbered behind them. What the player noted is
/// gone. `by` says who accepts: the origin names this acceptance and what the recording was made by before the first
/// one.
Accepted accept(const corpus::Session& recorded, const corpus::Session& live, const Verdict& verdict,
                const Bindings& bindings, std::string_view by);

}  // namespace replay
