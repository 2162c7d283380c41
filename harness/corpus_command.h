// `rollcall corpus list | show | verify | split | seeds`.
#pragma once

#include "harness/options.h"

namespace harness {

/// Dispatches to the commands on session files.
int corpus_command(const Arguments& args);

}  // namespace harness
