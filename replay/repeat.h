// Several replays of one session, taken together: what a bot always does, and what it does now and then.
#pragma once

#include <span>

#include "replay/verdict.h"

namespace replay {

/// The verdict of all runs together. Findings of two runs are the same one if they are of the same kind, about the same
/// recorded exchange and at the same places of its body: what came may vary from run to run, and ids do. Each stands
/// once, as the first run that had it shows it, with the number of runs that had it; those of every run stand first.
/// What noise suppressed is that of all runs.
/// Lateness and latency are those of the run that was latest at p99. `runs` must not be empty; they are of one
/// recording.
Verdict combine(std::span<const Verdict> runs);

}  // namespace replay
