// `rollcall parse`.
#pragma once

#include "harness/options.h"

namespace harness {

/// Prints what the parser understands of payloads, a line of JSON for each: see `rollcall parse --help`.
int parse_command(const Arguments& args);

}  // namespace harness
