// Where the plain bytes of a JSON string end: the one loop that looks at every byte of a text.
//
// For sources only.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace corpus {

/// How many bytes behind the end of a run may be read.
constexpr std::size_t kRunPadding = 16;

/// The first byte from there that is a quote, a backslash, a control character or no ASCII; there has to be one.
inline const char* end_of_run_in_words(const char* at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHighs = 0x8080808080808080;
  for (;; at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
    const std::uint64_t quotes = word ^ kOnes * '"';
    const std::uint64_t backslashes = word ^ kOnes * '\\';
    // The lowest high bit that is set is right, others may be too many: a borrow goes upwards.
    const std::uint64_t found = (((quotes - kOnes) & ~quotes) | ((backslashes - kOnes) & ~backslashes) |
                                 ((word - kOnes * ' ') & ~word) | word) &
                                kHighs;
    if (found != 0) return at + std::countr_zero(found) / 8;
  }
}

/// The same, as fast as the machine does it.
[[gnu::always_inline]] inline const char* end_of_run(const char* at) {
#ifdef __SSE2__
  for (;; at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i marks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    // As signed numbers, what is no ASCII is below a blank too.
    const __m128i others = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(marks, others)));
    if (found != 0) return at + std::countr_zero(found);
  }
#else
  return end_of_run_in_words(at);
#endif
}

}  // namespace corpus
