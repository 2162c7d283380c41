// Reads the lines of a session file: the grammar of the page corpus/FORMAT.md. Its counterpart is corpus/line_writer.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "corpus/exchange.h"

namespace corpus {

/// What the line of an answer or a failure says.
struct OutcomeLine {
  std::int64_t number = 0;
  Micros time = 0;
  Outcome outcome;
  std::string extra;  ///< unknown members, raw
};

/// What a line says, the first one apart. A request comes as an exchange without an outcome.
using Line = std::variant<Exchange, OutcomeLine, SessionEnd>;

/// Reads lines. Owns a parser, used again and again: reading a line allocates what its values need and little else.
class LineParser {
 public:
  /// How many bytes behind a line must be readable; what they hold does not matter.
  static const std::size_t kPadding;

  LineParser();
  ~LineParser();

  /// The first line of a file. A fault's `where` is empty: the caller knows the file.
  Result<SessionInfo> info(std::string_view line);

  /// Any other line; otherwise the reason why it cannot be taken, for a person.
  std::expected<Line, std::string> line(std::string_view line);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace corpus
