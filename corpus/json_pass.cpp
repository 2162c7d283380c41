#include "corpus/json_pass.h"

#include <simdjson.h>

#include <bit>

#include "corpus/ascii.h"
#include "corpus/json_escape.h"

namespace corpus {
namespace {

constexpr std::ptrdiff_t kMostDigits = 18;  // any such number fits an int64, and with a fraction a double

}  // namespace

const char* JsonPass::begin() {
  // What is decoded is no longer than what is not; padding as behind the text.
  const auto size = static_cast<std::size_t>(end_ - text_) + kRunPadding;
  if (strings_.size() < size) strings_.resize(std::bit_ceil(size));
  used_ = 0;
  return next(text_);
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
      const std::size_t length = decode_escape({at, end_}, to);
      if (length == 0) return nullptr;
      at += length;
      copied = at;
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
