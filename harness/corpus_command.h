// `rollcall corpus list | show | verify | split`.
#pragma once

#include "harness/options.h"

namespace harness {

/// Dispatches to the four commands on session files.
int corpus_command(const Arguments& args);

}  // namespace harness
