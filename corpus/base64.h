// Base64 as others write it: either alphabet, with or without padding. What session files hold is stricter and stands
// in corpus/json_text.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/byte_maps.h"

namespace corpus {

/// How a text is written in base64: it can be written again in the same way.
struct Base64Form {
  bool url = false;     ///< `-` and `_` in the place of `+` and `/`
  bool padded = false;  ///< ends in `=` where it can
};

/// Whether the byte belongs to one of the two alphabets; padding does not.
bool is_base64_byte(char byte);

/// Letters, of both alphabets together, between bytes that are none.
struct Base64Run {
  std::size_t begin = 0;
  std::size_t end = 0;
};
inline constexpr std::size_t kShortestRun = 24;

/// The runs of a text that have at least 24 letters, from the first to the last. Takes a fraction of a nanosecond for
/// each byte. The text must outlive it.
class Base64Runs {
 public:
  explicit Base64Runs(std::string_view text) : walk_(text, &map_base64), text_size_(text.size()) {}

  /// Moves on to the next one; false if there is none.
  bool next(Base64Run& run);

 private:
  std::size_t end_of_run(std::size_t end);

  MapWalk<void (*)(std::string_view, std::uint64_t*)> walk_;
  std::uint64_t letters_ = 0;  // of the word where the walk is, those that have not been passed
  std::size_t text_size_;
};

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
