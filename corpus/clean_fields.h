// Header fields in which nothing is to be replaced.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "corpus/exchange.h"

namespace corpus {

/// Remembers header fields in which nothing was found, so that they need not be looked into again: most fields of a
/// session are the same in each of its messages.
///
/// Bounded: a field has one place, and keeps it until another one that has the same takes it.
class CleanFields {
 public:
  /// Whether this very field was added. `knowing` stands for all that was known when it was looked into: with other
  /// knowledge something may be found in it.
  bool hold(const Header& field, std::uint64_t knowing) const {
    const Slot& slot = slots_[place(field)];
    return slot.knowing == knowing && slot.field == field;
  }

  void add(const Header& field, std::uint64_t knowing) {
    if (field.name.size() + field.value.size() > kLongest) return;
    Slot& slot = slots_[place(field)];
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

  static std::uint64_t word(std::string_view text, std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min(text.size() - at, sizeof word));
    return word;
  }

  /// Of the ends of name and value: ids of requests, say, differ there.
  static std::size_t place(const Header& field) {
    constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15;
    std::uint64_t hash = field.name.size() << 32 | field.value.size();
    for (const std::string_view text : {std::string_view(field.name), std::string_view(field.value)}) {
      const std::size_t tail = text.size() < sizeof hash ? 0 : text.size() - sizeof hash;
      hash = (hash ^ word(text, 0)) * kMix;
      hash = (hash ^ hash >> 32 ^ word(text, tail)) * kMix;
    }
    return hash >> (64 - kBits);
  }

  std::array<Slot, std::size_t{1} << kBits> slots_;
};

}  // namespace corpus
