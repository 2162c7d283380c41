// What is about to be sent and why, for whoever replays step by step.
#pragma once

#include <string>

#include "corpus/exchange.h"
#include "replay/plan.h"
#include "replay/scheduler.h"

namespace replay {

/// The delivery in a few lines: what it is, what it has waited for, its gap and the beginning of its body. Names
/// exchanges and ids as the recording has them; the body is the one that would be sent. `plan` is of `recorded`, and
/// `due` of neither repeated nor unknown origin. Ends with a line break and is fit for a terminal.
std::string due_notice(const corpus::Session& recorded, const Plan& plan, const Deliver& due);

}  // namespace replay
