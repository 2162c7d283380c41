// Which member of an object is likely to follow another: the one that followed it last time.
//
// For sources only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "corpus/member_table.h"

namespace corpus {

/// Guesses for objects of all types, by their members' numbers. They spare time and mean nothing: any may be wrong, and
/// of a number that the type does not have.
class MemberGuesses {
 public:
  /// For each member of T the next one, behind the guess for the first.
  template <typename T>
  std::uint8_t* of() {
    return next_.data() + kStart<T>;
  }

 private:
  static constexpr std::size_t kTypes = 64;
  static constexpr std::size_t kMost = 65;  ///< guesses for one type

  /// Spread over the room by the names of the members. Where two types overlap they spoil each other's guesses.
  template <typename T>
  static consteval std::size_t start() {
    std::uint64_t sum = 0;
    for (const std::string_view name : FieldTable<T>::kNames.names()) {
      sum = (sum ^ ends_of(name).head ^ name.size()) * 0x9E3779B97F4A7C15;
    }
    return sum >> 58;
  }
  template <typename T>
  static constexpr std::size_t kStart = start<T>() * kMost / 4;

  std::array<std::uint8_t, kTypes * kMost / 4 + kMost> next_{};
};

}  // namespace corpus
