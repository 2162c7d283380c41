// `rollcall shrink`.
#pragma once

#include <cstddef>
#include <string>

#include "harness/fuzzing/traffic_options.h"

namespace harness {

/// What `rollcall shrink` was asked to do.
struct ShrinkOptions {
  TrafficOptions traffic;
  std::string out;           ///< empty: FINDING.min beside the finding
  std::string clean;         ///< session that is played behind each candidate; empty: none
  std::size_t budget = 300;  ///< candidates, at most
};

/// Makes a finding smaller as long as the bot does the same wrong.
int run_shrink(ShrinkOptions options);
int shrink_command(const Arguments& args);

}  // namespace harness
