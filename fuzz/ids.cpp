#include "fuzz/ids.h"

#include <array>

namespace fuzz {
namespace {

/// The digit's value; 16 for a dash, 17 for anything else. Letters of both cases count the same.
constexpr auto kDigit = [] {
  std::array<std::uint8_t, 256> digit{};
  digit.fill(17);
  for (std::uint8_t value = 0; value < 10; ++value) digit[std::size_t{'0'} + value] = value;
  for (std::uint8_t value = 10; value < 16; ++value) {
    digit[std::size_t{'a'} + value - 10u] = value;
    digit[std::size_t{'A'} + value - 10u] = value;
  }
  digit['-'] = 16;
  return digit;
}();

std::uint8_t digit_at(std::string_view text, std::size_t at) {
  return kDigit[static_cast<unsigned char>(text[at])];
}

constexpr std::size_t kPlain = 32;
constexpr std::size_t kDashed = 36;

bool dash_belongs(std::size_t at) {
  return at == 8 || at == 13 || at == 18 || at == 23;
}

/// Whether the run is an id; if so, with a hash of its digits.
bool is_id(std::string_view run, std::uint32_t& hash) {
  if (run.size() != kPlain && run.size() != kDashed) return false;
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < run.size(); ++at) {
    const std::uint8_t digit = digit_at(run, at);
    const bool dash = run.size() == kDashed && dash_belongs(at);
    if ((digit == 16) != dash) return false;
    if (!dash) sum = (sum ^ digit) * 0x9e3779b97f4a7c15u;
  }
  hash = static_cast<std::uint32_t>(sum >> 32);
  return true;
}

char lower(char byte) {
  return byte >= 'A' && byte <= 'F' ? static_cast<char>(byte | 0x20) : byte;
}
char upper(char byte) {
  return byte >= 'a' && byte <= 'f' ? static_cast<char>(byte & ~0x20) : byte;
}

}  // namespace

std::size_t find_ids(std::string_view text, std::span<IdPlace> places) {
  std::size_t count = 0;
  // A run that covers a place of every 32nd byte is found by looking at that byte alone: most text is not hex.
  for (std::size_t probe = kPlain - 1; probe < text.size() && count < places.size();) {
    if (digit_at(text, probe) > 16) {
      probe += kPlain;
      continue;
    }
    std::size_t begin = probe;
    while (begin > 0 && digit_at(text, begin - 1) <= 16) --begin;
    std::size_t end = probe + 1;
    while (end < text.size() && digit_at(text, end) <= 16) ++end;
    std::uint32_t hash = 0;
    // Behind \u the first digits belong to an escape, and are no part of an id.
    const bool escape = begin >= 2 && text.substr(begin - 2, 2) == "\\u";
    if (!escape && is_id(text.substr(begin, end - begin), hash)) {
      places[count++] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), hash};
    }
    probe = end + kPlain;
  }
  return count;
}

void add_id(std::string_view id, IdSpelling spelling, Scratch& out) {
  if (spelling == IdSpelling::braced) out.add('{');
  std::size_t position = 0;
  for (const char byte : id) {
    if (byte == '-') continue;
    const bool plain = spelling == IdSpelling::plain_lower || spelling == IdSpelling::plain_upper;
    if (!plain && (position == 8 || position == 12 || position == 16 || position == 20)) out.add('-');
    const bool up = spelling == IdSpelling::dashed_upper || spelling == IdSpelling::plain_upper ||
                    (spelling == IdSpelling::mixed_case && position % 2 == 0);
    out.add(up ? upper(byte) : lower(byte));
    ++position;
  }
  if (spelling == IdSpelling::braced) out.add('}');
}

void add_id_like(std::string_view from, std::string_view style, Scratch& out) {
  bool uppercase = false;
  for (const char byte : style) uppercase = uppercase || (byte >= 'A' && byte <= 'F');
  const bool dashed = style.size() == kDashed;
  add_id(from,
         dashed ? (uppercase ? IdSpelling::dashed_upper : IdSpelling::dashed_lower)
                : (uppercase ? IdSpelling::plain_upper : IdSpelling::plain_lower),
         out);
}

}  // namespace fuzz
