// Header fields in which nothing is to be replaced.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "corpus/exchange.h"

namespace corpus {

/// Mixes the first eight bytes of a text and the last, or all of them. (To copy as many bytes as there are takes
/// longer.)
inline std::uint64_t mixed_ends(std::uint64_t hash, std::string_view text) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;
  const auto mix = [&]<typename Word>(Word head) {
    Word tail = 0;
    std::memcpy(&head, text.data(), sizeof head);
    std::memcpy(&tail, text.data() + text.size() - sizeof tail, sizeof tail);
    hash = (hash ^ head) * kMix;
    return (hash ^ hash >> 32 ^ tail) * kMix;
  };
  if (text.size() >= 8) return mix(std::uint64_t{});
  if (text.size() >= 4) return mix(std::uint32_t{});
  if (text.size() >= 2) return mix(std::uint16_t{});
  return text.empty() ? hash : mix(std::uint8_t{});
}

/// A place for a header field in a table: of the ends of name and value, because ids of requests, say, differ there.
template <int kBits>
std::size_t place_of_field(const Header& field) {
  const std::uint64_t sizes = std::uint64_t{field.name.size()} << 32 | field.value.size();
  return mixed_ends(mixed_ends(sizes, field.name), field.value) >> (64 - kBits);
}

/// Remembers header fields in which nothing was found, so that they need not be looked into again: most fields of a
/// session are the same in each of its messages.
///
/// Bounded: a field has one place, and keeps it until another one that has the same takes it.
class CleanFields {
 public:
  /// Whether this very field was added. `knowing` stands for all that was known when it was looked into: with other
  /// knowledge something may be found in it.
  bool hold(const Header& field, std::uint64_t knowing) const {
    const Slot& slot = slots_[place_of_field<kBits>(field)];
    return slot.knowing == knowing && slot.field == field;
  }

  void add(const Header& field, std::uint64_t knowing) {
    if (field.name.size() + field.value.size() > kLongest) return;
    Slot& slot = slots_[place_of_field<kBits>(field)];
    slot.field = field;
    slot.knowing = knowing;
  }

 private:
  static constexpr int kBits = 9;
  static constexpr std::size_t kLongest = 512;  // longer ones are worth looking into: they hold cookies and tokens

  struct Slot {
    Header field;
    std::uint64_t knowing = ~std::uint64_t{0};
  };

  std::array<Slot, std::size_t{1} << kBits> slots_;
};

}  // namespace corpus
