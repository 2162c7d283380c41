// Cuts the bytes of a session file into lines, a batch at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace corpus {

/// One line without its line end (LF or CRLF).
struct RawLine {
  std::string_view text;
  std::size_t number = 0;  ///< from 1
  bool ended = true;       ///< false: the file ends before the line does
  bool too_long = false;   ///< it is longer than a line may be: `text` is empty
};

/// Some lines and the bytes that they stand in: the views are good as long as the batch, moved or not. Behind each line
/// stand LineParser::kPadding readable bytes.
struct LineBatch {
  std::unique_ptr<char[]> bytes;
  std::vector<RawLine> lines;
};

/// Puts up to `size` bytes at `to` and says how many; 0 at the end.
using ByteSource = std::function<std::size_t(char* to, std::size_t size)>;

/// The longest line that is taken, in bytes: four times what a recorder takes for a body, as JSON may spell it longer.
inline constexpr std::size_t kLongestLine = std::size_t{256} << 20;

/// Reads the batches of a source, one after the other. Holds no more than a part of a line in between, and of no line
/// more than may be: the rest of it is read and forgotten.
class LineSource {
 public:
  /// `piece`: how many bytes a batch has; more only where one line is longer. At least 1. The source must outlive this.
  /// `longest`: for tests.
  LineSource(const ByteSource& source, std::size_t piece, std::size_t longest = kLongestLine);

  /// The next batch, of one line or more; none at the end.
  LineBatch next();

 private:
  RawLine line_of(std::string_view bytes, bool ended);
  RawLine skip_line(std::string& behind);

  const ByteSource& source_;
  std::size_t piece_;
  std::size_t longest_;
  std::string begun_;  // the begin of a line whose end has not been read
  std::size_t number_ = 0;
};

}  // namespace corpus
