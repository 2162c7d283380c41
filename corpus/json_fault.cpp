// The strict scanner behind first_json_fault().
#include <charconv>
#include <cstdint>
#include <vector>

#include "corpus/ascii.h"
#include "corpus/json_place.h"
#include "corpus/json_scan.h"

namespace corpus {
namespace {

/// How many bytes the well-formed sequence of UTF-8 at the start of `text` has; 0 if there is none. (Table 3-7 of the
/// Unicode standard: no overlong forms, no surrogates, nothing above U+10FFFF.)
std::size_t utf8_sequence(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u; };
  const auto is_tail = [](unsigned value) { return (value & 0xC0) == 0x80; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return is_tail(byte(1)) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const bool second = is_tail(byte(1)) && !(lead == 0xE0 && byte(1) < 0xA0) && !(lead == 0xED && byte(1) > 0x9F);
    return second && is_tail(byte(2)) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const bool second = is_tail(byte(1)) && !(lead == 0xF0 && byte(1) < 0x90) && !(lead == 0xF4 && byte(1) > 0x8F);
    return second && is_tail(byte(2)) && is_tail(byte(3)) ? 4 : 0;
  }
  return 0;
}

/// Whether a number of valid grammar that no double can hold is too large, not too small. Decided by the place of its
/// first digit that counts.
bool overflows(std::string_view number) {
  const std::size_t exponent_at = number.find_first_of("eE");
  const std::string_view digits = number.substr(0, exponent_at);
  const std::size_t first = digits.find_first_of("123456789");
  if (first == digits.npos) return false;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const auto magnitude = static_cast<std::int64_t>(point) - static_cast<std::int64_t>(first);
  if (exponent_at == number.npos) return magnitude > 0;
  std::string_view exponent = number.substr(exponent_at + 1);
  if (exponent.front() == '-') {
    std::int64_t value = 0;
    const auto parsed = std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
    return parsed.ec == std::errc{} && magnitude + value > 0;
  }
  if (exponent.front() == '+') exponent.remove_prefix(1);
  std::int64_t value = 0;
  const auto parsed = std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
  return parsed.ec != std::errc{} || value > -magnitude;
}

/// Whether simdjson has a type for the number: int64, uint64, or a finite double where it has a fraction or exponent.
bool fits(std::string_view number) {
  const char* const end = number.data() + number.size();
  if (number.find_first_of(".eE") == number.npos) {
    std::int64_t negative = 0;
    std::uint64_t positive = 0;
    return number.front() == '-' ? std::from_chars(number.data(), end, negative).ec == std::errc{}
                                 : std::from_chars(number.data(), end, positive).ec == std::errc{};
  }
  double value = 0;
  return std::from_chars(number.data(), end, value).ec == std::errc{} || !overflows(number);
}

/// One walk over a text up to the first fault.
class StrictScanner {
 public:
  StrictScanner(std::string_view text, std::size_t depth) : text_(text), depth_(depth) {}

  std::optional<JsonFault> run() {
    if (!document()) return std::move(fault_);
    return std::nullopt;
  }

 private:
  /// An array or object that has been opened, and where in it the scan stands.
  struct Open {
    bool object = false;
    std::size_t index = 0;
    std::string_view key = {};  ///< with its escapes
  };

  bool document();
  bool value();
  bool after_value();
  bool open(bool object);
  bool key();
  bool string();
  bool escape();
  bool code_unit(std::size_t at, unsigned& unit);
  bool number();
  bool digits();
  bool literal(std::string_view word);

  void skip_space() { at_ = skip_json_space(text_, at_); }
  bool at_end() const { return at_ >= text_.size(); }
  bool at(char letter) const { return !at_end() && text_[at_] == letter; }

  std::string found(std::size_t at) const;
  bool refuse(std::string what, std::size_t at);
  bool expected(std::string_view what) {
    return refuse("expected " + std::string(what) + ", found " + found(at_), at_);
  }

  std::string_view text_;
  std::size_t depth_;
  std::size_t at_ = 0;
  bool complete_ = false;  ///< the value at hand has ended, with all that it stands in
  std::vector<Open> open_;
  std::optional<JsonFault> fault_;
};

std::string StrictScanner::found(std::size_t at) const {
  if (at >= text_.size()) return "the end";
  const auto byte = static_cast<unsigned char>(text_[at]);
  if (byte > 0x20 && byte < 0x7F) return std::string("'").append(1, text_[at]).append("'");
  std::string text = "byte 0x";
  append_hex(text, byte);
  return text;
}

bool StrictScanner::refuse(std::string what, std::size_t at) {
  fault_.emplace();
  fault_->what = std::move(what);
  fault_->offset = at;
  for (const Open& open : open_) {
    if (!open.object) {
      append_pointer_step(fault_->pointer, open.index);
    } else if (!open.key.empty() || open.index > 0) {
      std::string key;
      append_unescaped(key, open.key);
      append_pointer_step(fault_->pointer, key);
    }
  }
  return false;
}

bool StrictScanner::document() {
  skip_space();
  if (at_end()) return expected("JSON");
  while (!complete_) {
    if (!value()) return false;
  }
  skip_space();
  return at_end() || expected("the end");
}

/// Reads a scalar, or opens an array or object up to its first value.
bool StrictScanner::value() {
  skip_space();
  if (at('{')) return open(true);
  if (at('[')) return open(false);
  if (at('"')) return string() && after_value();
  if (at('-') || (!at_end() && is_digit(text_[at_]))) return number() && after_value();
  for (const std::string_view word : {"true", "false", "null"}) {
    if (at(word.front())) return literal(word) && after_value();
  }
  return expected("a value");
}

bool StrictScanner::open(bool object) {
  const std::size_t bracket = at_++;
  skip_space();
  const bool empty = at(object ? '}' : ']');
  // Empty ones are not counted: simdjson does not either.
  if (!empty && open_.size() == depth_) {
    return refuse("nested deeper than " + std::to_string(depth_) + " arrays and objects", bracket);
  }
  if (empty) {
    ++at_;
    return after_value();
  }
  open_.push_back({object});
  if (!object) return true;
  return at('"') ? key() : expected("a key or '}'");
}

bool StrictScanner::key() {
  if (!at('"')) return expected("a key");
  const std::size_t begin = at_ + 1;
  if (!string()) return false;
  open_.back().key = text_.substr(begin, at_ - 1 - begin);
  ++open_.back().index;
  skip_space();
  if (!at(':')) return expected("':'");
  ++at_;
  return true;
}

/// Closes what ends behind a value, and goes to the next value.
bool StrictScanner::after_value() {
  for (;;) {
    if (open_.empty()) {
      complete_ = true;
      return true;
    }
    skip_space();
    Open& open = open_.back();
    const char close = open.object ? '}' : ']';
    if (at(close)) {
      ++at_;
      open_.pop_back();
      continue;
    }
    if (!at(',')) return expected(open.object ? "',' or '}'" : "',' or ']'");
    ++at_;
    skip_space();
    if (open.object) return key();
    ++open.index;
    return true;
  }
}

bool StrictScanner::string() {
  for (++at_; !at_end();) {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (byte == '"') {
      ++at_;
      return true;
    }
    if (byte < 0x20) return refuse("expected an escape, found " + found(at_) + " in a string", at_);
    if (byte == '\\') {
      if (!escape()) return false;
      continue;
    }
    const std::size_t length = utf8_sequence(text_.substr(at_));
    if (length == 0) return refuse("expected UTF-8, found " + found(at_), at_);
    at_ += length;
  }
  return expected("the end of the string");
}

bool StrictScanner::escape() {
  const std::size_t begin = at_++;
  if (at_end()) return expected("the end of an escape");
  if (text_[at_] != 'u') {
    if (std::string_view(R"("\/bfnrt)").find(text_[at_]) == std::string_view::npos) return expected("an escape");
    ++at_;
    return true;
  }
  unsigned unit = 0;
  if (!code_unit(++at_, unit)) return false;
  at_ += 4;
  if (unit < 0xD800 || unit > 0xDFFF) return true;
  if (unit < 0xDC00 && text_.substr(at_, 2) == "\\u") {
    unsigned low = 0;
    if (!code_unit(at_ + 2, low)) return false;
    if (low >= 0xDC00 && low <= 0xDFFF) {
      at_ += 6;
      return true;
    }
  }
  return refuse("expected a pair of surrogates, found half of one", begin);
}

bool StrictScanner::code_unit(std::size_t at, unsigned& unit) {
  for (std::size_t digit = 0; digit < 4; ++digit, ++at) {
    const std::string_view letter = text_.substr(std::min(at, text_.size()), 1);
    unsigned value = 0;
    const bool hex = !letter.empty() && std::from_chars(letter.data(), letter.data() + 1, value, 16).ec == std::errc{};
    if (!hex) return refuse("expected a hexadecimal digit, found " + found(at), at);
    unit = unit << 4 | value;
  }
  return true;
}

bool StrictScanner::digits() {
  if (at_end() || !is_digit(text_[at_])) return expected("a digit");
  while (!at_end() && is_digit(text_[at_])) ++at_;
  return true;
}

bool StrictScanner::number() {
  const std::size_t begin = at_;
  if (at('-')) ++at_;
  if (at('0')) {
    ++at_;
  } else if (!digits()) {
    return false;
  }
  if (at('.')) {
    ++at_;
    if (!digits()) return false;
  }
  if (at('e') || at('E')) {
    ++at_;
    if (at('+') || at('-')) ++at_;
    if (!digits()) return false;
  }
  return fits(text_.substr(begin, at_ - begin)) ||
         refuse("expected a number that 64 bits hold, found a larger one", begin);
}

bool StrictScanner::literal(std::string_view word) {
  for (const char letter : word) {
    if (!at(letter)) return expected(word);
    ++at_;
  }
  return true;
}

}  // namespace

std::optional<JsonFault> first_json_fault(std::string_view text, std::size_t depth) {
  return StrictScanner(text, depth).run();
}

}  // namespace corpus
