#include "corpus/text_scan.h"

#include <cassert>
#include <cstring>

#include "corpus/byte_maps.h"

namespace corpus {

unsigned marks_in(std::string_view text) {
  // The kinds stand in the order of the marks.
  static_assert(kQuote == 1 && kSpace == 1U << 12);
  return kinds_in(text);
}

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  assert(word.size() >= 2);
  // Where both the first and the last byte of the word stand is hardly ever for nothing.
  const std::size_t reach = word.size() - 1;
  std::size_t at = find_pair(text, word.front(), word.back(), reach, from);
  while (at != text.npos && std::memcmp(text.data() + at, word.data(), word.size()) != 0) {
    at = find_pair(text, word.front(), word.back(), reach, at + 1);
  }
  return at;
}

}  // namespace corpus
