// `rollcall corpus seeds`.
#pragma once

#include "harness/options.h"

namespace harness {

/// Writes the inputs that a session's bodies make for fuzz targets, and a dictionary.
int seeds_command(const Arguments& args);

}  // namespace harness
