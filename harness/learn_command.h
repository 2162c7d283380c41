// `rollcall learn`.
#pragma once

#include "harness/options.h"
#include "harness/replay_command.h"

namespace harness {

/// What `rollcall learn` was asked to do.
struct LearnOptions {
  ReplayOptions playing;
  unsigned runs = 5;
  bool anew = false;  ///< what was learnt before does not count
};

/// Replays each session so often, and keeps what varied in a file beside it.
int run_learn(const LearnOptions& options);
int learn_command(const Arguments& args);

}  // namespace harness
