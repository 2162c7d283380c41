// What made a session, as far as it matters to those who judge by it.
#pragma once

#include <string_view>

#include "corpus/exchange.h"

namespace corpus {

/// What SessionInfo::origin begins with in a session that was made from others by changing them.
inline constexpr std::string_view kMutatedOrigin = "mutated by rollcall";

/// Whether the session's times are made up, and show nothing of how long anybody took.
inline bool is_mutated(const SessionInfo& info) {
  return info.origin.starts_with(kMutatedOrigin);
}

}  // namespace corpus
