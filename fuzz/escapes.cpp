#include "fuzz/escapes.h"

#include "fuzz/json_lexer.h"

namespace fuzz {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

std::uint32_t hex_value(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char digit : digits) {
    const auto byte = static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    value = value * 16 + byte;
  }
  return value;
}

/// Adds what a whole escape stands for.
void add_unescaped(std::string_view escape, Scratch& out) {
  if (escape.size() == 12) {
    const std::uint32_t high = hex_value(escape.substr(2, 4)) - 0xd800;
    add_utf8(0x10000 + (high << 10) + hex_value(escape.substr(8, 4)) - 0xdc00, out);
  } else if (escape.size() == 6) {
    add_utf8(hex_value(escape.substr(2, 4)), out);
  } else {
    constexpr std::string_view kLetters = "bfnrt";
    constexpr std::string_view kMeanings = "\b\f\n\r\t";
    const std::size_t letter = kLetters.find(escape[1]);
    out.add(letter == std::string_view::npos ? escape[1] : kMeanings[letter]);
  }
}

}  // namespace

std::string_view inside(std::string_view string) {
  if (!string.empty() && string.front() == '"') string.remove_prefix(1);
  if (!string.empty() && string.back() == '"') string.remove_suffix(1);
  return string;
}

void add_escape(std::uint32_t unit, Scratch& out) {
  const char letters[] = {'\\',           'u', kHex[(unit >> 12) & 15], kHex[(unit >> 8) & 15], kHex[(unit >> 4) & 15],
                          kHex[unit & 15]};
  out.add({letters, sizeof letters});
}

void add_utf8(std::uint32_t character, Scratch& out) {
  const auto continued = [&](int shift) { out.add(static_cast<char>(0x80 | ((character >> shift) & 0x3f))); };
  if (character < 0x80) {
    out.add(static_cast<char>(character));
  } else if (character < 0x800) {
    out.add(static_cast<char>(0xc0 | (character >> 6)));
    continued(0);
  } else if (character < 0x10000) {
    out.add(static_cast<char>(0xe0 | (character >> 12)));
    continued(6);
    continued(0);
  } else {
    out.add(static_cast<char>(0xf0 | (character >> 18)));
    continued(12);
    continued(6);
    continued(0);
  }
}

std::uint32_t character_at(std::string_view text, std::size_t at, std::size_t length) {
  const auto byte = [&](std::size_t offset) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + offset]));
  };
  if (length == 1) return byte(0);
  std::uint32_t character = byte(0) & (0x7fu >> length);
  for (std::size_t offset = 1; offset < length; ++offset) character = (character << 6) | (byte(offset) & 0x3f);
  return character;
}

void unescape(std::string_view inside, Scratch& out) {
  for (std::size_t at = 0; at < inside.size();) {
    const std::size_t length = inside[at] == '\\' ? escape_length(inside, at) : 0;
    if (length != 0) {
      add_unescaped(inside.substr(at, length), out);
    } else {
      out.add(inside[at]);
    }
    at += length != 0 ? length : 1;
  }
}

void escape(std::string_view text, Scratch& out) {
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const std::size_t length = utf8_length(text, at);
    if (length == 0 || byte < 0x20) {
      add_escape(byte, out);
    } else {
      if (byte == '"' || byte == '\\') out.add('\\');
      out.add(text.substr(at, length));
    }
    at += length != 0 ? length : 1;
  }
}

void add_repaired_string(std::string_view string, Scratch& out) {
  out.add('"');
  const std::string_view text = inside(string);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t escaped = text[at] == '\\' ? escape_length(text, at) : 0;
    const std::size_t length = escaped != 0 ? escaped : 1;
    // A whole escape stays as it is spelled; all else is written anew where it has to be.
    if (escaped != 0) {
      out.add(text.substr(at, length));
      at += length;
      continue;
    }
    const std::size_t character = text[at] == '\\' ? 1 : utf8_length(text, at);
    escape(text.substr(at, character != 0 ? character : 1), out);
    at += character != 0 ? character : 1;
  }
  out.add('"');
}

}  // namespace fuzz
