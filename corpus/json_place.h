// Where in the text of a JSON document a value stands, and where a broken one breaks.
//
// simdjson says what is in a document, and whether it is one, but not where. Both questions are asked only when
// something is wrong, so they cost nothing as long as nothing is.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace corpus {

/// The place of the first byte of the n-th value (from 0) in the array or object that begins at `container`. The text
/// must be valid JSON and the value must be there.
std::size_t nth_child(std::string_view text, std::size_t container, std::size_t n);

/// The place of the element that comes `n` elements after the one at `element`, in the same array. As above.
std::size_t nth_sibling(std::string_view text, std::size_t element, std::size_t n);

/// Appends one step of a JSON Pointer (RFC 6901) with its slash.
void append_pointer_step(std::string& pointer, std::string_view key);
void append_pointer_step(std::string& pointer, std::size_t index);

/// The first thing that is wrong with a text.
struct JsonFault {
  std::string what;        ///< "expected ',' or '}', found ']'"
  std::string pointer;     ///< to the innermost value that had been begun
  std::size_t offset = 0;  ///< the first byte that cannot be, or the first of the token that cannot be as a whole: a
                           ///< number out of range, an escape or a sequence of UTF-8 that stands for no character
};

/// What is wrong with the text, for all that RFC 8259 demands, and for what simdjson demands beyond it: numbers that
/// fit, pairs of surrogates, no more than `depth` arrays and objects in each other. Nothing if it is one whole
/// document. Linear time, no recursion.
std::optional<JsonFault> first_json_fault(std::string_view text, std::size_t depth);

}  // namespace corpus
