#include "corpus/base64.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "corpus/json_text.h"

namespace corpus {
namespace {

constexpr std::int8_t kNone = -1;

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(kNone);
  std::int8_t next = 0;
  for (unsigned char letter : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
    values[letter] = next++;
  values['+'] = values['-'] = 62;
  values['/'] = values['_'] = 63;
  return values;
}

constexpr std::array<std::int8_t, 256> kValues = make_values();

std::int8_t value_of(char letter) {
  return kValues[static_cast<unsigned char>(letter)];
}

std::string_view without_padding(std::string_view text) {
  return text.substr(0, text.find_last_not_of('=') + 1);
}

#ifdef __SSE2__
constexpr std::size_t kBlock = 16;

/// A bit for each of sixteen bytes: set if it is no letter of either alphabet. Inline, so that a loop loads what the
/// bytes are compared with once.
[[gnu::always_inline]] inline unsigned other_bytes(const char* bytes) {
  const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
  const auto within = [](__m128i value, char first, char last) {
    // Signed: bytes from 0x80 on are below every letter.
    return _mm_and_si128(_mm_cmpgt_epi8(value, _mm_set1_epi8(static_cast<char>(first - 1))),
                         _mm_cmplt_epi8(value, _mm_set1_epi8(static_cast<char>(last + 1))));
  };
  const __m128i letters = within(_mm_or_si128(block, _mm_set1_epi8(0x20)), 'a', 'z');
  const __m128i digits = within(block, '/', '9');  // the slash stands before the zero
  const __m128i rest =
      _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('-')),
                   _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('+')), _mm_cmpeq_epi8(block, _mm_set1_epi8('_'))));
  const __m128i all = _mm_or_si128(_mm_or_si128(letters, digits), rest);
  return static_cast<unsigned>(_mm_movemask_epi8(all)) ^ 0xffffU;
}

/// One past the last byte of `bytes`, which has kBlock of them, that is no letter; 0 if all are.
[[gnu::always_inline]] inline std::size_t behind_last_other(const char* bytes) {
  return static_cast<std::size_t>(std::bit_width(other_bytes(bytes)));
}

/// How many of these bytes are letters before the first that is none; kBlock if all are.
[[gnu::always_inline]] inline std::size_t letters_before_other(const char* bytes) {
  return static_cast<std::size_t>(std::countr_zero(other_bytes(bytes) | 1U << kBlock));
}
#else
constexpr std::size_t kBlock = 16;

std::size_t behind_last_other(const char* bytes) {
  std::size_t at = kBlock;
  while (at > 0 && value_of(bytes[at - 1]) != kNone) --at;
  return at;
}

std::size_t letters_before_other(const char* bytes) {
  std::size_t at = 0;
  while (at < kBlock && value_of(bytes[at]) != kNone) ++at;
  return at;
}
#endif

/// One past the last letter of the run that reaches up to `at` at least.
std::size_t end_of_run(std::string_view text, std::size_t at) {
  for (; at + kBlock <= text.size(); at += kBlock) {
    const std::size_t letters = letters_before_other(text.data() + at);
    if (letters < kBlock) return at + letters;
  }
  while (at < text.size() && value_of(text[at]) != kNone) ++at;
  return at;
}

bool is_text(std::uint32_t byte) {
  return (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\n' || byte == '\r';
}

}  // namespace

Base64Run next_base64_run(std::string_view text, std::size_t from) {
  // A run begins behind a byte that is no letter: the last such byte of a block says where the next can.
  while (from + kShortestRun <= text.size()) {
    // The last of the shortest run's bytes first: they let more be skipped.
    constexpr std::size_t kLater = kShortestRun - kBlock;
    const std::size_t later = behind_last_other(text.data() + from + kLater);
    const std::size_t skipped = later > 0 ? kLater + later : behind_last_other(text.data() + from);
    if (skipped > 0) {
      from += skipped;
      continue;
    }
    return {from, end_of_run(text, from + kShortestRun)};
  }
  return {text.size(), text.size()};
}

bool begins_like_text(std::string_view letters) {
  std::uint32_t quads[2] = {};
  for (std::size_t i = 0; i < 8; ++i) {
    quads[i / 4] = quads[i / 4] << 6 | static_cast<std::uint32_t>(value_of(letters[i]) & 63);
  }
  return std::ranges::all_of(
      quads, [](std::uint32_t quad) { return is_text(quad >> 16) && is_text(quad >> 8 & 255) && is_text(quad & 255); });
}

bool is_base64_byte(char byte) {
  return value_of(byte) != kNone;
}

std::optional<Base64Form> base64_form(std::string_view text) {
  const std::string_view letters = without_padding(text);
  const std::size_t padding = text.size() - letters.size();
  if (letters.empty() || letters.size() % 4 == 1 || padding > 2) return std::nullopt;
  if (padding > 0 && text.size() % 4 != 0) return std::nullopt;
  if (!std::ranges::all_of(letters, is_base64_byte)) return std::nullopt;
  const bool url = letters.find_first_of("-_") != letters.npos;
  if (url && letters.find_first_of("+/") != letters.npos) return std::nullopt;
  return Base64Form{url, padding > 0};
}

std::string base64_bytes(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char letter : without_padding(text)) {
    bits = bits << 6 | static_cast<std::uint32_t>(value_of(letter) & 63);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<char>(bits >> count & 255));
  }
  return bytes;
}

std::string to_base64(std::string_view bytes, Base64Form form) {
  std::string text;
  append_base64(text, bytes);
  if (!form.padded) text.resize(without_padding(text).size());
  if (form.url) {
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
  }
  return text;
}

}  // namespace corpus
