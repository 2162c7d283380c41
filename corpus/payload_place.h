// Where a value stands while it is read.
//
// For sources only.
#pragma once

#include <cstddef>
#include <string_view>

namespace corpus {

/// Where a value stands: which child of what. Lives on the stack while the value is read; costs nothing to speak of,
/// and becomes a JSON Pointer only when there is something to say.
struct Place {
  const Place* parent = nullptr;  ///< null: the root is the parent
  std::string_view key = {};      ///< members only
  std::size_t index = 0;          ///< from 0; members are counted too
  bool element = false;           ///< of an array
};

}  // namespace corpus
