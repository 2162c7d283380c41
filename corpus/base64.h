// Base64 as others write it: either alphabet, with or without padding. What session files hold is stricter and stands
// in corpus/json_text.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace corpus {

/// How a text is written in base64: it can be written again in the same way.
struct Base64Form {
  bool url = false;     ///< `-` and `_` in the place of `+` and `/`
  bool padded = false;  ///< ends in `=` where it can
};

/// Whether the byte belongs to one of the two alphabets; padding does not.
bool is_base64_byte(char byte);

/// Where the next run of at least 24 letters (of both alphabets together) stands, at or behind `from`, and where it
/// ends; both the end of the text if there is none. `from` must not be within a run. Takes a fraction of a nanosecond
/// for each byte.
struct Base64Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};
inline constexpr std::size_t kShortestRun = 24;
Base64Run next_base64_run(std::string_view text, std::size_t from);

/// Whether these letters, eight at least, begin as text in ASCII does. Of random bytes one in three hundred do.
bool begins_like_text(std::string_view letters);

/// The form of a text that is base64 as a whole: one alphabet, a length that can be, padding whole or missing. Nothing
/// for other texts and for the empty one.
std::optional<Base64Form> base64_form(std::string_view text);

/// The bytes of such a text. Bits that are left over in the last letter are passed over.
std::string base64_bytes(std::string_view text);

/// The bytes in base64 of that form.
std::string to_base64(std::string_view bytes, Base64Form form);

}  // namespace corpus
