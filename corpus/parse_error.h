// Why a payload was refused, what was odd about one that was not, and where the limits are.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace corpus {

/// How much a parser takes. What exceeds a limit is refused like anything else that is wrong, before it costs memory.
struct ParseLimits {
  std::size_t bytes = 16 << 20;       ///< of a body; a roster of 300 people takes half a megabyte
  std::size_t depth = 256;            ///< of arrays and objects in each other; Graph uses about 10
  std::size_t notifications = 10000;  ///< in one delivery; Graph has been seen to send one
  std::size_t values = 200000;        ///< objects and elements of lists that are kept; a roster has 8 a person
  std::size_t warnings = 64;          ///< that are kept; the rest is counted
};

/// Why a body was refused: one thing, the first that is wrong.
struct ParseError {
  std::string what;  ///< "expected string, found array"
  std::string
      pointer;  ///< JSON Pointer (RFC 6901) to the value, or to the innermost one that was begun; "" is the body
  std::size_t offset = 0;  ///< of the byte at which it shows, from 0; the size of the body if it ends too early

  bool operator==(const ParseError&) const = default;
};

/// "value/3/resourceData/status: expected string, found array, byte 412".
std::string to_string(const ParseError& error);

/// Something that a sender would not do on purpose and that did not hinder: see corpus/PAYLOADS.md.
struct Warning {
  std::string what;
  std::string pointer;

  bool operator==(const Warning&) const = default;
};

/// "value/0/resourceData/id: stands twice, the first one counts".
std::string to_string(const Warning& warning);

/// The warnings about one body, in the order of the text.
struct Warnings {
  std::vector<Warning> list;
  std::size_t more = 0;  ///< that were not kept
};

/// A value, or why there is none.
template <typename T>
using Parsed = std::expected<T, ParseError>;

}  // namespace corpus
