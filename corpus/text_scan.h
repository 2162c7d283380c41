// Looks at many bytes of a text at a time.
#pragma once

#include <cstddef>
#include <string_view>

namespace corpus {

/// Bytes without which a finder of secrets or people has nothing to find. Most texts are short and have few of them.
enum Mark : unsigned {
  kQuote = 1U << 0,
  kBackslash = 1U << 1,
  kPercent = 1U << 2,
  kApostrophe = 1U << 3,
  kColon = 1U << 4,
  kEquals = 1U << 5,
  kLess = 1U << 6,
  kUpperJ = 1U << 7,
  kAt = 1U << 8,
  kPlus = 1U << 9,
  kSlash = 1U << 10,
  kDot = 1U << 11,
  kSpace = 1U << 12,
};

/// The marks of all those that the text holds.
unsigned marks_in(std::string_view text);

/// The place of `word`, of two bytes at least, at or behind `from`; npos without it. Many times faster than
/// std::string_view::find() where the word's first letter is common.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from);

}  // namespace corpus
