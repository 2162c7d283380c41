// ASCII letters and digits, whatever the locale.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace corpus {

/// ASCII letters in lower case, all other bytes as they are.
constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

/// Whether two words are one, whatever the casing of their ASCII letters.
constexpr bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char one, char other) { return lower(one) == lower(other); });
}

constexpr bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

constexpr bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

constexpr bool is_letter(char byte) {
  return lower(byte) >= 'a' && lower(byte) <= 'z';
}

constexpr bool is_alphanumeric(char byte) {
  return is_digit(byte) || is_letter(byte);
}

inline constexpr std::string_view kHexDigits = "0123456789abcdef";

/// Whether all are lower-case hex digits, which is what append_hex() writes.
constexpr bool is_lower_hex(std::string_view text) {
  return text.find_first_not_of(kHexDigits) == text.npos;
}

/// Appends the two lower-case hex digits of a byte.
inline void append_hex(std::string& out, unsigned char byte) {
  out.push_back(kHexDigits[byte >> 4]);
  out.push_back(kHexDigits[byte & 15]);
}

}  // namespace corpus
