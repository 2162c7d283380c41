// Notifications that come in one delivery.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fuzz/json_index.h"

namespace fuzz {

/// The array of notifications in a body: byte offsets there.
struct Batch {
  std::size_t inside_begin = 0;                               ///< behind its bracket
  std::size_t inside_end = 0;                                 ///< its closing bracket
  std::vector<std::pair<std::size_t, std::size_t>> elements;  ///< begin and end of each; not empty
};

/// Nothing if the body is not one JSON object with an array "value" that holds something.
std::optional<Batch> batch_of(JsonIndex& index, std::string_view body);

/// The body with only these elements in its array: from `first` to one before `end`, which is greater.
std::string part_of(std::string_view body, const Batch& batch, std::size_t first, std::size_t end);

}  // namespace fuzz
