// A value in a document that simdjson has parsed, read straight from its tape.
//
// simdjson's own element asks again and again what is known already; that costs as much as parsing does. Its tape is a
// documented format (doc/tape.md there), the same since its first version: one 64-bit word for each value, the type in
// the highest byte, a second word behind a number; the word of an array or object holds the place behind its end.
//
// For sources only: includes simdjson, which is large.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace corpus {

/// The document that `parser` has parsed without an error: its tape, and its strings. `parser` must outlive it.
struct JsonTape {
  const std::uint64_t* words = nullptr;
  const std::uint8_t* strings = nullptr;

  JsonTape() = default;
  explicit JsonTape(const simdjson::dom::parser& parser)
      : words(parser.doc.tape.get()), strings(parser.doc.string_buf.get()) {}
};

/// One value. Valid as long as its parser has parsed nothing else; two words, so that it is passed in registers. The
/// functions that give a content hold only for a value of that type.
class JsonValue {
 public:
  JsonValue() = default;
  /// The root of the document. `tape` must outlive it.
  explicit JsonValue(const JsonTape& tape) : JsonValue(&tape, tape.words + 1) {}

  bool is_object() const { return type() == '{'; }
  bool is_array() const { return type() == '['; }
  bool is_string() const { return type() == '"'; }
  bool is_null() const { return type() == 'n'; }
  bool is_bool() const { return type() == 't' || type() == 'f'; }
  bool is_int64() const { return type() == 'l'; }
  bool is_uint64() const { return type() == 'u'; }  ///< only those that no int64 can hold
  bool is_double() const { return type() == 'd'; }
  bool is_number() const { return is_int64() || is_uint64() || is_double(); }

  bool boolean() const { return type() == 't'; }
  std::int64_t int64() const { return number<std::int64_t>(); }
  std::uint64_t uint64() const { return number<std::uint64_t>(); }
  double float64() const { return number<double>(); }

  /// The text with its escapes decoded; lives as long as the value.
  std::string_view string() const {
    const std::uint8_t* const stored = tape_->strings + (*at_ & kPayload);
    std::uint32_t size;
    std::memcpy(&size, stored, sizeof size);
    return {reinterpret_cast<const char*>(stored + sizeof size), size};
  }

  /// How many members or elements there are, counted no further than kMostCounted.
  std::size_t count() const { return *at_ >> 32 & kMostCounted; }
  static constexpr std::size_t kMostCounted = 0xFFFFFF;

  /// The first element of an array, or the key of the first member; its end() if it is empty.
  JsonValue first() const { return {tape_, at_ + 1}; }
  /// What ends an array or object.
  JsonValue end() const { return {tape_, behind() - 1}; }
  /// What follows this value; for a key, its member's value.
  JsonValue next() const {
    if (is_object() || is_array()) return {tape_, behind()};
    return {tape_, at_ + (is_number() ? 2 : 1)};
  }

  bool operator==(const JsonValue& other) const { return at_ == other.at_; }

  /// The type as the tape has it: { [ " l u d t f n.
  char type() const { return static_cast<char>(*at_ >> 56); }

 private:
  static constexpr std::uint64_t kPayload = 0x00FFFFFFFFFFFFFF;

  JsonValue(const JsonTape* tape, const std::uint64_t* at) : tape_(tape), at_(at) {}

  const std::uint64_t* behind() const { return tape_->words + static_cast<std::uint32_t>(*at_); }

  template <typename T>
  T number() const {
    T value;
    std::memcpy(&value, at_ + 1, sizeof value);
    return value;
  }

  const JsonTape* tape_ = nullptr;
  const std::uint64_t* at_ = nullptr;
};

}  // namespace corpus
