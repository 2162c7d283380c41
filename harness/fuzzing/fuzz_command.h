// `rollcall fuzz`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/fuzzing/traffic_options.h"

namespace harness {

/// What `rollcall fuzz` was asked to do.
struct FuzzOptions {
  TrafficOptions traffic;
  std::optional<std::uint64_t> runs;
  std::optional<Duration> time;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> only;
  std::vector<std::string> weights;
  std::vector<std::string> until;  ///< kinds of finding, the first of which ends the run
  bool forbidden_orders = false;
  bool legal_only = false;
  std::string findings;  ///< folder; empty: they are not kept
  double rate = 0;
  std::optional<unsigned> jobs;
};

/// Plays mutated sessions to a bot and tells what it does wrong.
int run_fuzz(FuzzOptions options);
int fuzz_command(const Arguments& args);

}  // namespace harness
