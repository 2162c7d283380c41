#include "corpus/json_pass.h"

#include <simdjson.h>

#include <bit>

#include "corpus/ascii.h"

namespace corpus {
namespace {

constexpr std::ptrdiff_t kMostDigits = 18;  // any such number fits an int64, and with a fraction a double

/// Writes a character of the basic plane, none of a surrogate pair, as UTF-8.
char* write_utf8(unsigned character, char* to) {
  const auto tail = [character](int shift) { return static_cast<char>(0x80 | (character >> shift & 0x3F)); };
  if (character < 0x80) {
    *to++ = static_cast<char>(character);
  } else if (character < 0x800) {
    *to++ = static_cast<char>(0xC0 | character >> 6);
    *to++ = tail(0);
  } else {
    *to++ = static_cast<char>(0xE0 | character >> 12);
    *to++ = tail(6);
    *to++ = tail(0);
  }
  return to;
}

}  // namespace

const char* JsonPass::begin() {
  // What is decoded is no longer than what is not; padding as behind the text.
  const auto size = static_cast<std::size_t>(end_ - text_) + kRunPadding;
  if (strings_.size() < size) strings_.resize(std::bit_ceil(size));
  used_ = 0;
  return next(text_);
}

/// Decodes one escape: the place behind it.
const char* JsonPass::escape(const char* at, char*& to) const {
  constexpr std::string_view kLetters = R"("\/bfnrt)";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const char letter = *++at;
  if (letter != 'u') {
    const std::size_t index = kLetters.find(letter);
    if (index == kLetters.npos) return nullptr;
    *to++ = kMeanings[index];
    return at + 1;
  }
  unsigned unit = 0;
  for (int digit = 0; digit < 4; ++digit) {
    const char hex = lower(*++at);
    if (!is_digit(hex) && (hex < 'a' || hex > 'f')) return nullptr;
    unit = unit << 4 | static_cast<unsigned>(is_digit(hex) ? hex - '0' : hex - 'a' + 10);
  }
  if (unit >= 0xD800 && unit <= 0xDFFF) return nullptr;
  to = write_utf8(unit, to);
  return at + 1;
}

/// A string that is not all plain. `out` is the plain start of it, and becomes the whole.
const char* JsonPass::odd_string(const char* begin, std::string_view& out) {
  char* const decoded = strings_.data() + used_;
  char* to = decoded;
  const char* copied = begin;  // up to here all has been copied
  bool ascii = true;
  const char* at = begin + out.size();
  while (*at != '"') {
    if (*at == '\\') {
      std::memcpy(to, copied, static_cast<std::size_t>(at - copied));
      to += at - copied;
      copied = escape(at, to);
      if (copied == nullptr) return nullptr;
      at = copied;
    } else if (static_cast<unsigned char>(*at) >= 0x80) {
      ascii = false;
      ++at;
    } else {
      return nullptr;  // a control character, or the end
    }
    at = end_of_run(at);
  }
  if (!ascii && !simdjson::validate_utf8(begin, static_cast<std::size_t>(at - begin))) return nullptr;
  if (copied == begin) {
    out = {begin, at};
  } else {
    std::memcpy(to, copied, static_cast<std::size_t>(at - copied));
    to += at - copied;
    out = {decoded, to};
    used_ += out.size();
  }
  return next(at + 1);
}

const char* JsonPass::integer(const char* at, std::int64_t& out) {
  const bool negative = *at == '-';
  if (negative) ++at;
  const char* const digits = at;
  std::int64_t value = 0;
  for (; is_digit(*at) && at < digits + kMostDigits; ++at) value = value * 10 + (*at - '0');
  if (at == digits || (*digits == '0' && at > digits + 1)) return nullptr;
  out = negative ? -value : value;
  return next(at);
}

const char* JsonPass::number(const char* at) {
  if (*at == '-') ++at;
  const char* const digits = at;
  while (is_digit(*at)) ++at;
  const char* const point = at;
  if (point == digits || (*digits == '0' && point > digits + 1)) return nullptr;
  if (*at == '.') {
    while (is_digit(*++at)) {
    }
    if (at == point + 1) return nullptr;
  }
  return at - digits <= kMostDigits ? next(at) : nullptr;
}

const char* JsonPass::scalar(const char* at) {
  switch (*at) {
    case '"': {
      const std::size_t used = used_;
      std::string_view text;
      at = string(at, text);
      used_ = used;
      return at;
    }
    case 't':
      return word(at, "true");
    case 'f':
      return word(at, "false");
    case 'n':
      return word(at, "null");
    default:
      return number(at);
  }
}

const char* JsonPass::value(const char* at, std::size_t depth) {
  constexpr std::size_t kMost = 64;
  std::uint64_t objects = 0;  // a bit for each array (0) or object (1) that is open, the innermost one lowest
  std::size_t open = 0;
  std::string_view name;
  for (;;) {
    if (*at == '{' || *at == '[') {
      const bool object = *at == '{';
      if (open == depth || open == kMost) return nullptr;
      at = next(at + 1);
      if (*at != (object ? '}' : ']')) {
        objects = objects << 1 | (object ? 1u : 0u);
        ++open;
        if (object && (at = key(at, name)) == nullptr) return nullptr;
        continue;
      }
      at = next(at + 1);
    } else if ((at = scalar(at)) == nullptr) {
      return nullptr;
    }
    for (;; at = next(at + 1)) {  // what ends behind the value
      if (open == 0) return at;
      const bool object = (objects & 1) != 0;
      if (*at == ',') {
        at = next(at + 1);
        if (object && (at = key(at, name)) == nullptr) return nullptr;
        break;
      }
      if (*at != (object ? '}' : ']')) return nullptr;
      objects >>= 1;
      --open;
    }
  }
}

}  // namespace corpus
