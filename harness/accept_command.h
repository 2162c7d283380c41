// `rollcall accept`.
#pragma once

#include <string>

#include "harness/judging_options.h"
#include "harness/options.h"

namespace harness {

/// What `rollcall accept` was asked to do.
struct AcceptOptions {
  std::string recorded;
  std::string live;
  std::string out;     ///< empty: in the place of `recorded`
  bool force = false;  ///< also a run that did not come to its end
  JudgingOptions judging;
};

/// Makes the live session the new recording.
int run_accept(const AcceptOptions& options);
int accept_command(const Arguments& args);

}  // namespace harness
