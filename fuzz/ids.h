// The ids in a text: GUIDs with and without dashes, wherever they stand.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "fuzz/scratch.h"

namespace fuzz {

/// One place where an id stands.
struct IdPlace {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t hash = 0;  ///< the same for every spelling of the same id

  bool dashed() const { return end - begin == 36; }
};

/// Finds ids in `text`: 32 hex digits, alone or grouped by dashes as 8-4-4-4-12, not part of a longer run of either,
/// nor of an escape.
/// Fills `places` in the order of the text and returns how many there are, no more than fit.
std::size_t find_ids(std::string_view text, std::span<IdPlace> places);

/// Adds the id, in `from`'s bytes, as `style` spells its own: with or without dashes, upper or lower case.
void add_id_like(std::string_view from, std::string_view style, Scratch& out);

/// How an id can be spelled.
enum class IdSpelling : std::uint8_t { dashed_lower, dashed_upper, plain_lower, plain_upper, mixed_case, braced };
inline constexpr std::uint32_t kIdSpellings = 6;

/// Adds the id in that spelling.
void add_id(std::string_view id, IdSpelling spelling, Scratch& out);

}  // namespace fuzz
