// Names as tables of names know them: whatever their case, and whether their words are parted by `_`, `-` or nothing.
//
// For sources only.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>

#include "corpus/ascii.h"
#include "corpus/secret_names.h"

namespace corpus {

/// Which pairs of first and last letter the names of a table have. Nearly every name in a message fails this one test.
class NameLetters {
 public:
  template <typename Name, std::size_t N>
  constexpr explicit NameLetters(const Name (&names)[N]) {
    for (const Name& name : names) known_[place(name.name)] = true;
  }

  constexpr bool may_hold(std::string_view name) const {
    return name.size() >= kShortest && name.size() <= kLongestSecretName && known_[place(name)];
  }

 private:
  static constexpr std::size_t kShortest = 2;  // "id"

  /// The low five bits of an ASCII letter are the same in both cases.
  static constexpr std::size_t place(std::string_view name) {
    return static_cast<std::size_t>(name.front() & 31) << 5 | static_cast<std::size_t>(name.back() & 31);
  }

  std::array<bool, 1024> known_{};
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
  const FoldedName folded(name);
  const auto at = std::ranges::find(names, folded.view(), &Name::name);
  return at == std::end(names) ? nullptr : at;
}

}  // namespace corpus
