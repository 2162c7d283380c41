#include "corpus/ids.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <cstring>

#include "corpus/byte_maps.h"

namespace corpus {
namespace {

constexpr std::size_t kBare = 32;
constexpr std::size_t kDashed = 36;

// Tables, because every byte of every message is asked for.
constexpr auto table_of(std::string_view characters) {
  std::array<bool, 256> table{};
  for (const char c : characters) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kHex = table_of("0123456789abcdefABCDEF");
constexpr auto kAlnum = table_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

bool is_hex(char c) {
  return kHex[static_cast<unsigned char>(c)];
}

bool is_alnum(char c) {
  return kAlnum[static_cast<unsigned char>(c)];
}

constexpr char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// The digits of a GUID as they stand, without dashes: four words of eight. Every text of every message is asked whether
// it is one, so eight digits are looked at in one go; byte order does not matter to any of it.
using IdWords = std::array<std::uint64_t, 4>;
constexpr std::uint64_t kEach = 0x0101010101010101u;
constexpr std::uint64_t kHigh = 0x80 * kEach;
constexpr std::uint64_t kLower = 0x20 * kEach;

// The high bit of each byte that is in a range of ASCII, if none of the bytes has its own.
constexpr std::uint64_t in_range(std::uint64_t bytes, unsigned char first, unsigned char last) {
  return (bytes + (0x80u - first) * kEach) & ~(bytes + (0x7fu - last) * kEach);
}

bool all_hex(const IdWords& words) {
  std::uint64_t good = kHigh;
  for (const std::uint64_t word : words) {
    const std::uint64_t ascii = word & ~kHigh;  // so that no sum runs over into the next byte
    good &= (in_range(ascii, '0', '9') | in_range(ascii | kLower, 'a', 'f')) & ~word;
  }
  return good == kHigh;
}

bool read_dashed(std::string_view text, IdWords& words) {
  // Most texts that are as long have no dash there.
  if (text.size() != kDashed || text[8] != '-') return false;
  if (text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
  char digits[kBare];
  std::memcpy(digits, text.data(), 8);
  std::memcpy(digits + 8, text.data() + 9, 4);
  std::memcpy(digits + 12, text.data() + 14, 4);
  std::memcpy(digits + 16, text.data() + 19, 4);
  std::memcpy(digits + 20, text.data() + 24, 12);
  std::memcpy(words.data(), digits, kBare);
  return all_hex(words);
}

bool read_bare(std::string_view text, IdWords& words) {
  if (text.size() != kBare) return false;
  std::memcpy(words.data(), text.data(), kBare);
  return all_hex(words);
}

bool is_dashed(std::string_view text) {
  IdWords words;
  return read_dashed(text, words);
}

bool is_bare(std::string_view text) {
  IdWords words;
  return read_bare(text, words);
}

// Whether letters and digits end at both ends of a piece of text.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t length) {
  const std::size_t end = begin + length;
  return (begin == 0 || !is_alnum(text[begin - 1])) && (end == text.size() || !is_alnum(text[end]));
}

// Goes from dash to dash: few bytes of a message are any.
void find_dashed(std::string_view text, std::vector<Span>& found) {
  constexpr std::size_t kUsual = 8;  // in a message of Graph's
  std::size_t from = 0;
  Places dashes(text, '-');
  for (std::size_t dash = dashes.next(); dash != std::string_view::npos; dash = dashes.next()) {
    if (dash < from + 8) continue;
    const std::size_t begin = dash - 8;
    if (!is_dashed(text.substr(begin, kDashed)) || !stands_alone(text, begin, kDashed)) continue;
    if (found.empty()) found.reserve(kUsual);
    found.push_back({begin, kDashed});
    from = begin + kDashed;
  }
}

// Goes in steps of the length: one of them meets every GUID.
void find_bare(std::string_view text, std::vector<Span>& found) {
  for (std::size_t at = kBare - 1; at < text.size(); at += kBare) {
    if (!is_hex(text[at])) continue;
    std::size_t begin = at;
    while (begin > 0 && is_hex(text[begin - 1]) && at - begin < kBare) --begin;
    if (is_bare(text.substr(begin, kBare)) && stands_alone(text, begin, kBare)) found.push_back({begin, kBare});
  }
}

}  // namespace

bool is_guid(std::string_view text) {
  return is_dashed(text) || is_bare(text);
}

std::optional<std::array<char, kBare>> guid_digits(std::string_view text) {
  IdWords words;
  if (!read_dashed(text, words) && !read_bare(text, words)) return std::nullopt;
  // Of digits and the letters a to f this bit makes lower case, and nothing else of them.
  for (std::uint64_t& word : words) word |= kLower;
  std::array<char, kBare> digits;
  std::memcpy(digits.data(), words.data(), kBare);
  return digits;
}

std::optional<GuidBits> guid_bits(std::string_view text) {
  IdWords words;
  if (!read_dashed(text, words) && !read_bare(text, words)) return std::nullopt;
  for (std::uint64_t& word : words) {
    word = (word & 0x0f * kEach) + 9 * ((word >> 6) & kEach);  // the value of each digit, in a byte
    word = (word | word >> 4) & 0x00ff00ff00ff00ffu;           // of two
    word = (word | word >> 8) & 0x0000ffff0000ffffu;           // of four
    word = (word | word >> 16) & 0x00000000ffffffffu;
  }
  return GuidBits{words[0] << 32 | words[1], words[2] << 32 | words[3]};
}

std::string canonical_id(std::string_view text) {
  const auto digits = guid_digits(text);
  return digits ? std::string(digits->begin(), digits->end()) : std::string(text);
}

bool same_id(std::string_view one, std::string_view other) {
  if (one == other) return true;
  const auto digits = guid_digits(one);
  return digits && digits == guid_digits(other);
}

std::vector<Span> find_guids(std::string_view text) {
  std::vector<Span> found;
  if (text.size() < kBare) return found;
  find_dashed(text, found);
  const auto dashed = static_cast<std::ptrdiff_t>(found.size());
  find_bare(text, found);
  const auto middle = found.begin() + dashed;
  if (middle != found.begin() && middle != found.end()) {
    std::ranges::inplace_merge(found, middle, {}, &Span::begin);
  }
  return found;
}

std::string spelled_like(std::string_view canonical, std::string_view like) {
  assert(canonical.size() == kBare && (like.size() == kBare || like.size() == kDashed));
  // Of digits and dashes none has the bit that all letters have; and of letters the lower ones have another.
  constexpr std::uint64_t kLetter = 0x40 * kEach;
  std::uint64_t lowers = 0;
  std::uint64_t uppers = 0;
  for (std::size_t at = 0; at < like.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t bytes;
    std::memcpy(&bytes, like.data() + std::min(at, like.size() - sizeof bytes), sizeof bytes);
    const std::uint64_t lower = (bytes & kLower) << 1;
    lowers |= bytes & kLetter & lower;
    uppers |= bytes & kLetter & ~lower;
  }
  char digits[kBare];
  std::memcpy(digits, canonical.data(), kBare);
  if (uppers != 0 && lowers == 0) std::ranges::transform(digits, digits, upper);
  if (like.size() == kBare) return {digits, kBare};
  std::string spelled(kDashed, '-');
  std::memcpy(spelled.data(), digits, 8);
  std::memcpy(spelled.data() + 9, digits + 8, 4);
  std::memcpy(spelled.data() + 14, digits + 12, 4);
  std::memcpy(spelled.data() + 19, digits + 16, 4);
  std::memcpy(spelled.data() + 24, digits + 20, 12);
  return spelled;
}

}  // namespace corpus
