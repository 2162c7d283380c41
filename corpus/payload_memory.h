// The memory of one parser of payloads: the body, what simdjson makes of it, and the values that are read from that.
//
// For sources only: includes simdjson, which is large.
//
// Why the DOM, and not On-Demand: a body is believed only when the whole of it is known to be JSON. The DOM does that
// while it decodes every string, with the kernel that simdjson picks for the machine; On-Demand leaves what nobody
// reads unread, and would have to come after such a pass. What it costs: the DOM alone takes as long as a walk of
// On-Demand over every value, which neither looks at keys nor validates what it skips; filling our values takes the
// same again. tests/bench/parse_bench.cpp has the figures.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "corpus/arena.h"
#include "corpus/json_tape.h"
#include "corpus/parse_error.h"

namespace corpus {

/// Owned by the parser; what load() and the arena give lives until the next load().
class PayloadMemory {
 public:
  explicit PayloadMemory(ParseLimits limits) : limits_(limits) {}

  /// Forgets the last body and takes this one, which is copied. Its root, once all of it has been found valid.
  Parsed<JsonValue> load(std::string_view body);

  const ParseLimits& limits() const { return limits_; }
  Arena& arena() { return arena_; }
  Warnings& warnings() { return warnings_; }

  /// Adds a warning, or counts it.
  void warn(std::string_view what, std::string pointer);

  /// The body without its byte order mark, and how many bytes that has.
  std::string_view text() const { return std::string_view(padded_).substr(mark_, size_); }
  std::size_t mark() const { return mark_; }

 private:
  ParseError fault_of(simdjson::error_code error) const;

  ParseLimits limits_;
  simdjson::dom::parser parser_;
  JsonTape tape_;
  std::string padded_;    ///< the body, with the padding behind it that simdjson wants
  std::size_t mark_ = 0;  ///< bytes of the byte order mark
  std::size_t size_ = 0;  ///< bytes behind it
  Arena arena_;
  Warnings warnings_;
};

}  // namespace corpus
