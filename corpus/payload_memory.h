// The memory of one parser of payloads: the body, what simdjson makes of it, and the values that are read from that.
//
// For sources only: includes simdjson, which is large.
//
// A body is read in one of two ways. StraightReader reads the text itself, and proves it on the way. Or it is made a
// document, by simdjson's DOM, which proves the whole before anything is read, and from which PayloadReader can look at
// a thing twice and say what is wrong with it.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/arena.h"
#include "corpus/json_tape.h"
#include "corpus/member_guesses.h"
#include "corpus/parse_error.h"

namespace corpus {

/// Owned by the parser; what the other functions and the arena give lives until the next take().
class PayloadMemory {
 public:
  explicit PayloadMemory(ParseLimits limits) : limits_(limits) {}

  /// Forgets the last body and takes this one, which is copied. Why not, if it is too long to be looked at.
  std::optional<ParseError> take(std::string_view body);
  /// The same, without a copy: the body must live as long as what is read from it.
  std::optional<ParseError> take_in_place(const simdjson::padded_string& body);
  /// The root of the body, once all of it has been found valid. Forgets what has been read so far.
  Parsed<JsonValue> document();

  /// Memory for strings that StraightReader decodes.
  std::vector<char>& strings() { return strings_; }

  const ParseLimits& limits() const { return limits_; }
  Arena& arena() { return arena_; }
  MemberGuesses& guesses() { return guesses_; }
  Warnings& warnings() { return warnings_; }

  /// Adds a warning, or counts it.
  void warn(std::string_view what, std::string pointer);

  /// The body without its byte order mark, and how many bytes that has.
  /// Padding follows it, which begins with a 0.
  std::string_view text() const { return text_; }
  std::size_t mark() const { return mark_; }

 private:
  std::optional<ParseError> hold(std::string_view body);
  ParseError fault_of(simdjson::error_code error) const;

  ParseLimits limits_;
  simdjson::dom::parser parser_;
  JsonTape tape_;
  std::string copy_;       ///< of a body that came without the padding behind it that simdjson wants
  std::string_view text_;  ///< the body behind its byte order mark
  std::size_t mark_ = 0;   ///< bytes of the byte order mark
  std::vector<char> strings_;
  Arena arena_;
  MemberGuesses guesses_;
  Warnings warnings_;
};

}  // namespace corpus
