// Finds the tokens of a JSON text by their place in it, also where the text is broken.
//
// A parser refuses a body that is not JSON, and forgets where a value stood. Redaction and the rewriting of ids need
// the opposite: every string with its place, from whatever arrived, so that all other bytes stay as they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace corpus {

/// One token: what it is and which bytes of the text it covers.
struct JsonToken {
  /// A key is a string that a colon follows. A scalar is a number, true, false, null, or a run of stray bytes.
  enum class Kind { key, string, scalar, open_object, close_object, open_array, close_array };

  Kind kind = Kind::scalar;
  bool escaped = false;   ///< keys and strings: holds at least one backslash
  bool closed = true;     ///< keys and strings: false if the text ends before the closing quote
  std::size_t begin = 0;  ///< first byte; for keys and strings the one after the opening quote
  std::size_t end = 0;    ///< one past the last byte; for keys and strings the closing quote, or the end of the text

  bool operator==(const JsonToken&) const = default;
};

/// Walks the tokens of a text from first to last. Never fails, never recurses, allocates nothing and takes linear time;
/// of broken JSON it gives the tokens that are still to be seen. White space, commas and colons are passed over.
///
///     JsonScanner scanner(body);
///     for (JsonToken token; scanner.next(token);) …
class JsonScanner {
 public:
  /// `text` must outlive the scanner.
  explicit JsonScanner(std::string_view text) : text_(text) {}

  /// Moves on to the next token. False at the end of the text; `token` is unchanged then.
  bool next(JsonToken& token);

  /// The bytes that a token of this text covers: raw, escapes not decoded.
  std::string_view bytes_of(const JsonToken& token) const { return text_.substr(token.begin, token.end - token.begin); }

 private:
  void scan_string(JsonToken& token);

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Where the value that starts at `begin` ends (one past its last byte); the end of the text if it is not whole.
/// For text that a parser has found valid: brackets are counted, not matched.
std::size_t end_of_json_value(std::string_view text, std::size_t begin);

/// The first place at or after `at` that is not white space in JSON's sense; the end of the text if there is none.
std::size_t skip_json_space(std::string_view text, std::size_t at);

/// Appends the bytes that the inside of a JSON string stands for. What is no valid escape is kept as it is, so that
/// nothing of a broken text is lost.
void append_unescaped(std::string& out, std::string_view raw);

/// The same for the first piece of `raw`, which must not be empty: one escape, or all that stands before the next one.
/// Returns the length of the piece.
std::size_t append_unescaped_piece(std::string& out, std::string_view raw);

}  // namespace corpus
