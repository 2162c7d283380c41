// What the escapes in JSON strings stand for (RFC 8259, section 7).
#pragma once

#include <cstddef>
#include <string_view>

namespace corpus {

/// Writes the character that the escape at the start of `raw` stands for, as UTF-8, and moves `to` behind it: at most
/// four bytes. Gives how many bytes the escape has, both halves of a surrogate pair counted; 0, and nothing is written,
/// if it stands for nothing: another letter, bad digits, half of a pair.
std::size_t decode_escape(std::string_view raw, char*& to);

}  // namespace corpus
