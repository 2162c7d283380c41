// `rollcall corpus redact`.
#pragma once

#include "harness/options.h"

namespace harness {

/// Writes sessions without secrets, and without people where that is asked for.
int redact_command(const Arguments& args);

}  // namespace harness
