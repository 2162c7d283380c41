#include "fuzz/byte_edit.h"

#include <algorithm>
#include <cstring>

namespace fuzz {
namespace {

std::size_t insert(Random& random, std::uint8_t* data, std::size_t size, std::size_t max_size) {
  const std::size_t count = std::min<std::size_t>(1 + random.below(random.one_in(4) ? 64 : 4), max_size - size);
  const std::size_t place = random.below(size + 1);
  std::memmove(data + place + count, data + place, size - place);
  std::memset(data + place, static_cast<int>(random.below(256)), count);
  return size + count;
}

std::size_t erase(Random& random, std::uint8_t* data, std::size_t size) {
  const std::size_t place = random.below(size);
  const std::size_t count = 1 + random.below(std::min<std::size_t>(size - place, 16));
  if (count >= size) return size;
  std::memmove(data + place, data + place + count, size - place - count);
  return size - count;
}

void copy(Random& random, std::uint8_t* data, std::size_t size) {
  const std::size_t from = random.below(size);
  const std::size_t to = random.below(size);
  std::memmove(data + to, data + from, 1 + random.below(size - std::max(from, to)));
}

}  // namespace

std::size_t edit_bytes(Random& random, std::uint8_t* data, std::size_t size, std::size_t max_size) {
  if (size == 0 || (size < max_size && random.one_in(4))) return insert(random, data, size, max_size);
  std::uint8_t& byte = data[random.below(size)];
  switch (random.below(5)) {
    case 0:
      byte = static_cast<std::uint8_t>(byte ^ (1u << random.below(8)));
      break;
    case 1:
      byte = static_cast<std::uint8_t>(random.below(256));
      break;
    case 2:
      byte = static_cast<std::uint8_t>(byte + (random.one_in(2) ? 1 : 255));
      break;
    case 3:
      copy(random, data, size);
      break;
    default:
      return erase(random, data, size);
  }
  return size;
}

}  // namespace fuzz
