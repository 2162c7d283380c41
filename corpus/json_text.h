// Bytes as JSON text: what the session file's writer and reader need to carry any bytes through a line of JSON.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace corpus {

/// How deep a body may be nested to be embedded as JSON. Readers in other languages recurse: 256 is below every limit
/// that we know of, and far above what Graph sends (about 10).
inline constexpr std::size_t kMaxEmbeddedDepth = 256;

/// Whether `bytes` are valid UTF-8.
bool is_utf8(std::string_view bytes);

/// Appends `text`, which must be valid UTF-8, as a JSON string with its quotes. Escapes what JSON demands (quote,
/// backslash, control characters) and nothing else.
void append_json_string(std::string& out, std::string_view text);

/// Appends any bytes: a JSON string if they are valid UTF-8, otherwise {"base64":"…"}.
void append_json_bytes(std::string& out, std::string_view bytes);

/// Appends `bytes` in base64 (RFC 4648, section 4, with padding).
void append_base64(std::string& out, std::string_view bytes);

/// The bytes that `text` encodes; nothing unless it is exactly what append_base64 makes of them.
std::optional<std::string> decode_base64(std::string_view text);

/// Decides whether bytes can stand in a line as they are. Owns a parser that is used again and again, so that a check
/// allocates nothing once it has seen messages of that size.
class JsonCheck {
 public:
  JsonCheck();
  ~JsonCheck();
  JsonCheck(JsonCheck&&) noexcept;
  JsonCheck& operator=(JsonCheck&&) noexcept;

  /// True only if `bytes` are one whole JSON text that simdjson accepts, with nothing before or after it, without a raw
  /// CR or LF anywhere, and not deeper than kMaxEmbeddedDepth. (Of texts that are exactly as deep some are refused.)
  bool embeddable(std::string_view bytes);

 private:
  struct State;
  static bool is_usual(State& state, std::size_t size);

  std::unique_ptr<State> state_;
};

}  // namespace corpus
