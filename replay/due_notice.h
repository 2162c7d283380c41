// What is about to be sent and why, for whoever replays step by step.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corpus/exchange.h"
#include "replay/plan.h"
#include "replay/scheduler.h"
#include "replay/stepping.h"

namespace replay {

/// The delivery in a few lines: what it is, what it has waited for, its gap and the beginning of its body. Names
/// exchanges and ids as the recording has them; what was edited is named as it was edited, what was skipped is called
/// so
/// (`changes`); the body is the one that would be sent. `plan` is of `recorded`, and `due` not repeated. Ends with a
/// line break and is fit for a terminal.
std::string due_notice(const corpus::Session& recorded, const Plan& plan, const Deliver& due, const Changes& changes);

/// What keeps a delivery from being due, in one line without its end: "exchange 7 waits for exchange 5, POST …, the
/// bot's to send". `left`: its causes that have not happened.
std::string waiting_notice(const corpus::Session& recorded, const Plan& plan, std::size_t delivery,
                           const std::vector<Cause>& left);

}  // namespace replay
