// Several bytes of a text at once.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace fuzz {

/// `Count` bytes as a number, the first byte lowest. For little-endian machines, which is all that this is built for:
/// at run time it is one load.
template <std::size_t Count>
constexpr std::uint64_t load(const char* bytes) {
  std::uint64_t word = 0;
  if (!std::is_constant_evaluated()) {
    std::memcpy(&word, bytes, Count);
    return word;
  }
  for (std::size_t byte = 0; byte < Count; ++byte) {
    word |= std::uint64_t{static_cast<unsigned char>(bytes[byte])} << (8 * byte);
  }
  return word;
}

}  // namespace fuzz
