// A mutation of plain bytes for where no engine lends its own.
#pragma once

#include <cstdint>

#include "fuzz/random.h"

namespace fuzz {

/// Changes one thing about `size` bytes at `data`, which has room for `max_size`: a bit, a byte, a run of bytes
/// inserted, removed, copied or doubled, a number in digits. Returns the new size; never 0 unless there is no room.
std::size_t edit_bytes(Random& random, std::uint8_t* data, std::size_t size, std::size_t max_size);

}  // namespace fuzz
