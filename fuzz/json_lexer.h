// The bytes of single JSON tokens: where a string or a number ends, and whether it is one.
#pragma once

#include <cstddef>
#include <string_view>

namespace fuzz {

/// The end of a token, and whether RFC 8259 and UTF-8 allow it.
struct Lexeme {
  std::size_t end = 0;
  bool valid = true;
};

/// The string whose opening quote stands at `begin`; without a closing quote it ends with the text, and is not valid.
Lexeme lex_string(std::string_view text, std::size_t begin);

/// The length of the UTF-8 character at `at`, 1 to 4; 0 if what stands there is none.
std::size_t utf8_length(std::string_view text, std::size_t at);

/// The length of the escape whose backslash stands at `at`, both halves of a surrogate pair counting as one; 0 if what
/// stands there is no escape, or one half of a pair.
std::size_t escape_length(std::string_view text, std::size_t at);

/// True for a number as JSON spells them.
bool is_number(std::string_view token);

/// True for true, false and null.
bool is_literal(std::string_view token);

/// True for the four bytes that JSON takes for white space.
constexpr bool is_space(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/// True for a byte that ends a run of other bytes: white space, a bracket, a comma, a colon, a quote.
bool ends_run(char byte);

}  // namespace fuzz
