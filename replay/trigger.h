// Which delivery made the bot send a request, where the recording leaves no doubt.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "corpus/exchange.h"
#include "replay/plan.h"

namespace replay {

/// The delivery that this request came before in the live run, although the recording shows that the bot answered to
/// it; nothing if there is none. All are places in the recording; `partner` has for each the place in the live session,
/// or -1.
///
/// Nobody says what made a bot ask. The recording leaves no doubt if the delivery is the last thing that it was told
/// about the call, and it asked within a tenth of the time that had passed since what it was told before. Even then the
/// live bot may go by a clock that was set earlier: so it has to have come in less than half of that time, too. What the
/// bot had been told in the same words before leaves doubt, and so does a session whose times are made up.
std::optional<std::size_t> overtaken_trigger(const corpus::Session& recorded, const corpus::Session& live,
                                             const Plan& plan, const std::vector<std::size_t>& partner,
                                             std::size_t request);

}  // namespace replay
