// JSON strings: what they say and how it is spelled.
#pragma once

#include <cstdint>
#include <string_view>

#include "fuzz/scratch.h"

namespace fuzz {

/// The inside of a string with its quotes; of one that is cut off, what there is.
std::string_view inside(std::string_view string);

/// Adds what the inside of a JSON string says. A broken escape is taken letter by letter.
void unescape(std::string_view inside, Scratch& out);

/// Adds `text` as the inside of a JSON string: always valid, whatever the bytes. Bytes that are no UTF-8 become the
/// escapes of the characters with their numbers, so that they are not lost.
void escape(std::string_view text, Scratch& out);

/// Adds the escape \u with the four digits of the code unit.
void add_escape(std::uint32_t unit, Scratch& out);

/// Adds a character in UTF-8.
void add_utf8(std::uint32_t character, Scratch& out);

/// The character at `at`, which must be valid UTF-8 of that length.
std::uint32_t character_at(std::string_view text, std::size_t at, std::size_t length);

/// The value, rewritten so that it is one valid string, if it was not: what repair does with strings.
void add_repaired_string(std::string_view string, Scratch& out);

}  // namespace fuzz
