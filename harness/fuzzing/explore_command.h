// `rollcall explore`.
#pragma once

#include <cstdint>
#include <string>

#include "harness/fuzzing/traffic_options.h"

namespace harness {

/// What `rollcall explore` was asked to do.
struct ExploreOptions {
  TrafficOptions traffic;
  std::uint64_t seed = 0;
  std::uint64_t limit = 1000;      ///< orders, at most
  std::uint64_t duplicates = 100;  ///< sessions in which one notification comes twice, at most
  std::uint64_t drops = 100;       ///< sessions in which one does not come, at most
  unsigned repeats = 3;            ///< how often a session that fails is played again, with patience
  bool prune = false;              ///< see fuzz/orders.h
  std::string findings;            ///< folder; empty: they are not kept
};

/// Plays the orders of one recording's deliveries that its causes allow, then the recording with one of them twice, or
/// without one, and tells which of these a bot fails at.
int run_explore(ExploreOptions options);
int explore_command(const Arguments& args);

}  // namespace harness
