// `rollcall corpus verify`.
#pragma once

#include "harness/options.h"

namespace harness {

/// Holds sessions against what they promise, and looks for what should not leave the company.
int verify_command(const Arguments& args);

}  // namespace harness
