#include "corpus/text_scan.h"

#include <string.h>  // memmem

#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace corpus {
namespace {

/// The bytes, in the order of their marks.
constexpr std::string_view kMarked = "\"\\%':=<J@+/. ";
static_assert(kSpace == 1U << (kMarked.size() - 1));

constexpr std::array<std::uint16_t, 256> make_marks() {
  std::array<std::uint16_t, 256> marks{};
  for (std::size_t i = 0; i < kMarked.size(); ++i) {
    marks[static_cast<unsigned char>(kMarked[i])] = static_cast<std::uint16_t>(1U << i);
  }
  return marks;
}

constexpr std::array<std::uint16_t, 256> kMarks = make_marks();

/// From here on looking for one byte after the other takes less time than looking at all of them once.
constexpr std::size_t kLong = 96;

#ifdef __SSE2__
constexpr std::size_t kBlock = 16;

__m128i load(const char* bytes) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
}
#endif

}  // namespace

unsigned marks_in(std::string_view text) {
  unsigned marks = 0;
  if (text.size() < kLong) {
    for (const char byte : text) marks |= kMarks[static_cast<unsigned char>(byte)];
    return marks;
  }
  for (std::size_t i = 0; i < kMarked.size(); ++i) marks |= text.find(kMarked[i]) != text.npos ? 1U << i : 0;
  return marks;
}

std::size_t find_word(std::string_view text, std::string_view word, std::size_t from) {
  assert(word.size() >= 2);
#ifdef __SSE2__
  // Where both the first and the last byte of the word stand is hardly ever for nothing.
  const __m128i first = _mm_set1_epi8(word.front());
  const __m128i last = _mm_set1_epi8(word.back());
  const std::size_t reach = word.size() - 1;
  for (; from + reach + kBlock <= text.size(); from += kBlock) {
    const char* const bytes = text.data() + from;
    const __m128i both = _mm_and_si128(_mm_cmpeq_epi8(load(bytes), first), _mm_cmpeq_epi8(load(bytes + reach), last));
    for (auto places = static_cast<unsigned>(_mm_movemask_epi8(both)); places != 0; places &= places - 1) {
      const auto place = static_cast<std::size_t>(std::countr_zero(places));
      if (std::memcmp(bytes + place, word.data(), word.size()) == 0) return from + place;
    }
  }
#endif
  if (from >= text.size()) return text.npos;
  const void* found = memmem(text.data() + from, text.size() - from, word.data(), word.size());
  return found == nullptr ? text.npos : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace corpus
