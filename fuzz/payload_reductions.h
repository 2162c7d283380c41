// The ways in which a payload can be made smaller. For the shrinker.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "fuzz/json_index.h"

namespace fuzz {

/// One kind of thing that a payload can do without. Units count from 0 in an order in which taking some out leaves
/// those in front of them as they were.
struct PayloadReduction {
  std::string_view name;  ///< for a person: what is being taken out
  std::size_t (*count)(const JsonIndex& index);
  /// Writes the text of the index without the units from `begin` to one before `end`. False: there is no such text.
  /// Whether it is JSON still is for the caller to see.
  bool (*take_out)(const JsonIndex& index, std::size_t begin, std::size_t end, std::string& out);
};

/// All of them, the coarsest first. Bytes, the last one, has no units where the text is JSON.
std::span<const PayloadReduction> payload_reductions();

}  // namespace fuzz
