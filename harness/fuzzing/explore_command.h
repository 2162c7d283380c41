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
  std::uint64_t limit = 1000;  ///< orders, at most
  unsigned repeats = 3;        ///< how often an order that fails is played again, with patience
  bool prune = false;          ///< see fuzz/orders.h
  std::string findings;        ///< folder; empty: they are not kept
};

/// Plays the orders of one recording's deliveries that its causes allow, and tells which of them a bot fails at.
int run_explore(ExploreOptions options);
int explore_command(const Arguments& args);

}  // namespace harness
