#include "fuzz/json_lexer.h"

#include <array>
#include <bit>
#include <cstdint>

#include "fuzz/load.h"

namespace fuzz {
namespace {

/// True for each byte that stands for itself in a string and is ASCII.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}();

constexpr auto kEndsRun = [] {
  std::array<bool, 256> ends{};
  for (const char byte : std::string_view(" \t\r\n{}[],:\"")) ends[static_cast<unsigned char>(byte)] = true;
  return ends;
}();

/// How many of the eight bytes, from the first on, are no quote, backslash, control character or byte beyond ASCII.
/// Eight at once, because most of any payload is the insides of strings.
std::size_t plain_bytes(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  constexpr std::uint64_t kHigh = 0x8080808080808080u;
  const std::uint64_t word = load<8>(bytes);
  // x - 1 borrows into the high bit where x is 0. A borrow can spoil only bytes behind one that was found.
  const std::uint64_t quote = (word ^ (kOnes * '"')) - kOnes;
  const std::uint64_t backslash = (word ^ (kOnes * '\\')) - kOnes;
  const std::uint64_t control = word - kOnes * 0x20;
  return static_cast<std::size_t>(std::countr_zero((quote | backslash | control | word) & kHigh)) / 8;
}

constexpr unsigned char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

bool continues(std::string_view text, std::size_t at) {
  return (byte_at(text, at) & 0xc0) == 0x80;
}

/// The four hex digits at `at` as a number; -1 if they are not all there.
std::int32_t hex4(std::string_view text, std::size_t at) {
  if (at + 4 > text.size()) return -1;
  std::int32_t value = 0;
  for (const char byte : text.substr(at, 4)) {
    const int lower = byte | 0x20;
    if (is_digit(byte)) {
      value = value * 16 + (byte - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + (lower - 'a' + 10);
    } else {
      return -1;
    }
  }
  return value;
}

/// The place behind the digits that begin at `at`.
std::size_t skip_digits(std::string_view token, std::size_t at) {
  while (at < token.size() && is_digit(token[at])) ++at;
  return at;
}

}  // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
  const unsigned char lead = byte_at(text, at);
  const unsigned char second = byte_at(text, at + 1);
  if (at >= text.size()) return 0;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4 || !continues(text, at + 1)) return 0;
  if (lead < 0xe0) return 2;
  if (!continues(text, at + 2)) return 0;
  if (lead < 0xf0) {
    const bool overlong = lead == 0xe0 && second < 0xa0;
    const bool surrogate = lead == 0xed && second >= 0xa0;
    return overlong || surrogate ? 0 : 3;
  }
  const bool overlong = lead == 0xf0 && second < 0x90;
  const bool beyond = lead == 0xf4 && second >= 0x90;
  return overlong || beyond || !continues(text, at + 3) ? 0 : 4;
}

std::size_t escape_length(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return 0;
  if (text[at + 1] != 'u') return std::string_view("\"\\/bfnrt").find(text[at + 1]) != std::string_view::npos ? 2 : 0;
  const std::int32_t unit = hex4(text, at + 2);
  if (unit < 0 || (unit >= 0xdc00 && unit < 0xe000)) return 0;
  if (unit < 0xd800 || unit >= 0xe000) return 6;
  if (byte_at(text, at + 6) != '\\' || byte_at(text, at + 7) != 'u') return 0;
  const std::int32_t low = hex4(text, at + 8);
  return low >= 0xdc00 && low < 0xe000 ? 12 : 0;
}

Lexeme lex_string(std::string_view text, std::size_t begin) {
  bool valid = true;
  for (std::size_t at = begin + 1; at < text.size();) {
    if (at + 8 <= text.size()) {
      const std::size_t plain = plain_bytes(text.data() + at);
      at += plain;
      if (plain == 8) continue;
    }
    const auto byte = static_cast<unsigned char>(text[at]);
    if (kPlain[byte]) {
      ++at;
    } else if (byte == '"') {
      return {at + 1, valid};
    } else {
      const std::size_t length = byte == '\\' ? escape_length(text, at) : byte < 0x20 ? 0 : utf8_length(text, at);
      valid = valid && length != 0;
      // A broken escape still hides the byte behind its backslash, or a quote there would end the string too early.
      at += length != 0 ? length : byte == '\\' ? 2 : 1;
    }
  }
  return {text.size(), false};
}

bool is_number(std::string_view token) {
  std::size_t at = !token.empty() && token[0] == '-' ? 1 : 0;
  const std::size_t whole = skip_digits(token, at);
  if (whole == at || (token[at] == '0' && whole > at + 1)) return false;
  at = whole;
  if (at < token.size() && token[at] == '.') {
    const std::size_t fraction = skip_digits(token, at + 1);
    if (fraction == at + 1) return false;
    at = fraction;
  }
  if (at < token.size() && (token[at] | 0x20) == 'e') {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-')) ++at;
    const std::size_t exponent = skip_digits(token, at);
    if (exponent == at) return false;
    at = exponent;
  }
  return at == token.size();
}

bool is_literal(std::string_view token) {
  return token == "true" || token == "false" || token == "null";
}

bool ends_run(char byte) {
  return kEndsRun[static_cast<unsigned char>(byte)];
}

}  // namespace fuzz
