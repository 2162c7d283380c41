// How corpus/straight_reader.h reads a list; included there.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>

#include "corpus/straight_reader.h"

namespace corpus {

template <typename T>
const char* StraightReader::read(const char* at, List<T>& out) {
  if (*at != '[') return pass_.null(at);
  if (depth_ == 0) return nullptr;
  out = List<T>(std::span<const T>());
  at = next(at + 1);
  if (*at == ']') return next(at + 1);
  --depth_;
  const std::size_t limit = std::is_same_v<T, Notification> ? memory_.limits().notifications : values_left_;
  static_assert(std::is_trivially_copyable_v<T>);
  // How many there are is not known yet. Most lists are short; a long one is worth a look ahead.
  constexpr std::size_t kLong = 64;
  std::size_t room = 4;
  std::size_t size = 0;
  for (T* items = memory_.arena().room<T>(room);; at = next(at + 1)) {
    if (size == room) {
      room = room < kLong ? room * 4 : room + count(at);
      if (size >= limit || (room > kLong && room > limit)) return nullptr;
      T* const more = memory_.arena().room<T>(room);
      std::memcpy(static_cast<void*>(more), items, size * sizeof(T));
      items = more;
    }
    std::uninitialized_default_construct_n(items + size, 1);
    if (*at == 'n' || (at = read(at, items[size++])) == nullptr) return nullptr;
    if (*at == ',') continue;
    ++depth_;
    out = List<T>(std::span<const T>(items, size));
    return *at == ']' && take_values(size, limit) ? next(at + 1) : nullptr;
  }
}

}  // namespace corpus
