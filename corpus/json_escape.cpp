#include "corpus/json_escape.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace corpus {
namespace {

/// The code unit of an escape `\u` with four digits at the start of `raw`; nothing if it is none.
std::optional<std::uint32_t> code_unit(std::string_view raw) {
  if (raw.size() < 6 || raw[0] != '\\' || raw[1] != 'u') return std::nullopt;
  std::uint32_t unit = 0;
  const auto [end, error] = std::from_chars(raw.data() + 2, raw.data() + 6, unit, 16);
  if (error != std::errc{} || end != raw.data() + 6) return std::nullopt;
  return unit;
}

void write_utf8(std::uint32_t point, char*& to) {
  const auto put = [&to](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xC0 | point >> 6);
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
  }
  put(0x80 | (point & 0x3F));
}

}  // namespace

std::size_t decode_escape(std::string_view raw, char*& to) {
  constexpr std::string_view kLetters = R"("\/bfnrt)";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (raw.size() < 2 || raw[0] != '\\') return 0;
  if (const std::size_t letter = kLetters.find(raw[1]); letter != kLetters.npos) {
    *to++ = kMeanings[letter];
    return 2;
  }
  const auto unit = code_unit(raw);
  if (!unit) return 0;
  if (*unit < 0xD800 || *unit > 0xDFFF) {
    write_utf8(*unit, to);
    return 6;
  }
  const auto low = code_unit(raw.substr(6));
  if (*unit > 0xDBFF || !low || *low < 0xDC00 || *low > 0xDFFF) return 0;
  write_utf8(0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00), to);
  return 12;
}

}  // namespace corpus
