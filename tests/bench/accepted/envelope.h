// What counts as a well-formed envelope.
#pragma once

#include <simdjson.h>

#include <string_view>

namespace bench {

/// Looks for envelopes. Keeps its memory from text to text.
class EnvelopeFinder {
 public:
  /// Whether a text is a JSON object with an array "value" that has at least one object with a changeType and a
  /// resource or a resourceUrl, all of them strings. What the data of the notifications are does not matter;
  /// {"value":[]}, a notification without an envelope, and JSON that is something else do not count.
  [[gnu::visibility("default")]] bool is_envelope(std::string_view text);

 private:
  simdjson::dom::parser parser_;
};

}  // namespace bench
