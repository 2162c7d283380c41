// The terminal and the person at it. What of this only POSIX has is in terminal.cpp.
#pragma once

#include <boost/asio/io_context.hpp>
#include <optional>
#include <string>

#include "corpus/error.h"
#include "harness/net.h"

namespace harness {

/// Whether standard output and standard error are terminals.
bool output_is_terminal();
bool errors_are_terminal();

/// How many characters a line of the terminal at standard error has; 80 if nobody says.
std::size_t terminal_width();

/// Standard input, line by line, without keeping anything else on the io_context from going on. One at a time: it reads
/// ahead.
class InputLines {
 public:
  explicit InputLines(boost::asio::io_context& io) : io_(io) {}

  /// The next line without its end; nothing at the end of the input. The last one may lack its line break.
  Task<std::optional<std::string>> next();

 private:
  Task<bool> readable();

  boost::asio::io_context& io_;
  std::string pending_;
  bool at_end_ = false;
};

/// Opens a text in the person's editor ($VISUAL, else $EDITOR, else vi) and returns what it has become, as the editor
/// left it. It stands meanwhile in a file of its own that nobody else can read, whose name ends in `suffix`. A fault if
/// the editor cannot be run or fails, and if the file cannot be written or read.
Task<corpus::Result<std::string>> edit_text(boost::asio::io_context& io, std::string text, std::string suffix);

}  // namespace harness
