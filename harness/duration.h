// Durations as people type them.
#pragma once

#include <chrono>
#include <string_view>

#include "corpus/error.h"

namespace harness {

/// "250us", "250ms", "5s", "1.5s", "2m", "1h", or "0". The fault's `where` is empty: the caller knows the option.
corpus::Result<std::chrono::microseconds> parse_duration(std::string_view text);

}  // namespace harness
