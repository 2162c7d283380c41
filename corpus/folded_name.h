// Names as tables of names know them: whatever their case, and whether their words are parted by `_`, `-` or nothing.
//
// For sources only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "corpus/ascii.h"
#include "corpus/secret_names.h"

namespace corpus {

/// Which pairs of first and last letter the names of tables have, and which names have them. Nearly every name in a
/// message fails this one test.
class NameLetters {
 public:
  template <typename Name, std::size_t N>
  constexpr explicit NameLetters(const Name (&names)[N]) {
    static_assert(N < kMostNames);
    for (std::size_t i = N; i > 0; --i) {
      std::uint8_t& first = first_[place(names[i - 1].name)];
      next_[i] = first;
      first = static_cast<std::uint8_t>(i);
    }
  }

  constexpr bool may_hold(std::string_view name) const {
    return name.size() >= kShortest && name.size() <= kLongestSecretName && first_[place(name)] != 0;
  }

  /// The entry of the table that this was made for whose name is `folded`; null if there is none.
  template <typename Name, std::size_t N>
  const Name* find(const Name (&names)[N], std::string_view folded) const {
    if (folded.empty()) return nullptr;
    for (std::size_t i = first_[place(folded)]; i != 0; i = next_[i]) {
      if (names[i - 1].name == folded) return &names[i - 1];
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t kShortest = 2;  // "id"
  static constexpr std::size_t kMostNames = 64;

  /// The low five bits of an ASCII letter are the same in both cases.
  static constexpr std::size_t place(std::string_view name) {
    return static_cast<std::size_t>(name.front() & 31) << 5 | static_cast<std::size_t>(name.back() & 31);
  }

  // Places in the table, counted from one: the first name of each pair of letters, and of each name the next.
  std::array<std::uint8_t, 1024> first_{};
  std::array<std::uint8_t, kMostNames> next_{};
};

/// A name in lower case and without `_` and `-`. What is longer than any name of a table loses its end.
class FoldedName {
 public:
  explicit FoldedName(std::string_view name) {
    for (const char byte : name) {
      if (byte != '_' && byte != '-' && size_ < bytes_.size()) bytes_[size_++] = lower(byte);
    }
  }
  std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, kLongestSecretName> bytes_;
  std::size_t size_ = 0;
};

/// The entry of a table whose name is `name` but for case, `_` and `-`; null if there is none.
template <typename Name, std::size_t N>
const Name* look_up(const Name (&names)[N], const NameLetters& letters, std::string_view name) {
  if (!letters.may_hold(name)) return nullptr;
  return letters.find(names, FoldedName(name).view());
}

}  // namespace corpus
