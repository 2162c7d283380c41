// One forward pass over a JSON text, which proves it while it gives its values.
//
// What is read here is what senders of JSON usually write. The rest is left to a parser of all JSON: numbers with an
// exponent or of more than 18 digits, keys with escapes. So null says "not read", not "broken"; but what is read is
// JSON, and has been proved byte by byte. Most texts are short strings between punctuation, so that to look at them
// once costs less than to index them first, as simdjson does.
//
// For sources only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "corpus/json_run.h"

namespace corpus {

/// The pass over one text. A place is the first byte of a value or of the punctuation behind one, or the text's end.
/// What reads something is given its place, and gives the place of what comes next, or null.
class JsonPass {
 public:
  /// Behind the text stand kRunPadding bytes that may be read, the first of which is 0. Both must outlive what is
  /// read; `strings` gets the strings that have to be decoded. From the start of each string kRunPadding bytes can be
  /// read.
  JsonPass(std::string_view text, std::vector<char>& strings)
      : text_(text.data()), end_(text.data() + text.size()), strings_(strings) {}

  /// The place of the first value. Decoded strings of an earlier pass are gone.
  const char* begin();
  bool is_end(const char* at) const { return at == end_; }

  [[gnu::always_inline]] const char* string(const char* at, std::string_view& out) {
    const char* const end = end_of_run(at + 1);
    out = {at + 1, end};
    return *end == '"' ? next(end + 1) : odd_string(at + 1, out);
  }
  /// The same for a string without escapes, all of it ASCII. It is not passed.
  static bool plain_string(const char* at, std::string_view& out) {
    const char* const end = end_of_run(at + 1);
    out = {at + 1, end};
    return *end == '"';
  }
  /// A key: the place of its value.
  [[gnu::always_inline]] static const char* key(const char* at, std::string_view& out) {
    if (*at != '"') return nullptr;
    const char* const end = end_of_run(at + 1);
    out = {at + 1, end};
    if (*end != '"') return nullptr;
    const char* const colon = next(end + 1);
    return *colon == ':' ? next(colon + 1) : nullptr;
  }
  static const char* null(const char* at) { return word(at, "null"); }
  static const char* boolean(const char* at, bool& out) {
    out = *at == 't';
    return out ? word(at, "true") : word(at, "false");
  }
  static const char* integer(const char* at, std::int64_t& out);
  /// Any value with no more than `depth` arrays and objects in each other. Nothing of it is kept.
  const char* value(const char* at, std::size_t depth);

  /// Passes white space.
  static const char* next(const char* at) {
    if (static_cast<unsigned char>(*at) > ' ') [[likely]]
      return at;
    while (is_space(*at)) ++at;
    return at;
  }
  /// The text from one place to another, without the white space before that.
  static std::string_view between(const char* at, const char* end) {
    while (is_space(end[-1])) --end;
    return {at, end};
  }

 private:
  static bool is_space(char letter) { return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t'; }
  static const char* word(const char* at, std::string_view letters) {
    return std::memcmp(at, letters.data(), letters.size()) == 0 ? next(at + letters.size()) : nullptr;
  }
  static const char* number(const char* at);
  const char* scalar(const char* at);
  const char* odd_string(const char* begin, std::string_view& out);

  const char* text_;
  const char* end_;
  std::vector<char>& strings_;
  std::size_t used_ = 0;  ///< of strings_
};

}  // namespace corpus
