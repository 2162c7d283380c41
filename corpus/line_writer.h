// Writes the lines of a session file: the grammar of the page corpus/FORMAT.md. Its counterpart is
// corpus/line_parser.h.
#pragma once

#include <string>
#include <string_view>

#include "corpus/exchange.h"
#include "corpus/json_text.h"

namespace corpus {

/// Appends lines to a buffer, each with its line feed. Owns a parser, used again and again, that decides the form of
/// bodies.
///
/// In every object the long members stand last, so that a person sees the short ones, and a reader that knows where the
/// object ends need not search for the end of a body.
class LineWriter {
 public:
  /// The first line of a file.
  void info(std::string& out, const SessionInfo& info);
  /// The request of `exchange`, whose number and times must not be negative.
  void request(std::string& out, const Exchange& exchange);
  /// The outcome of `exchange`, which must have one.
  void outcome(std::string& out, const Exchange& exchange);
  /// The last line of a file.
  void end(std::string& out, const SessionEnd& end);

 private:
  void body(std::string& out, std::string_view body);

  JsonCheck check_;
};

}  // namespace corpus
