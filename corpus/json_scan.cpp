#include "corpus/json_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "corpus/json_escape.h"

namespace corpus {
namespace {

/// What a byte outside strings means to the scanner.
enum class Class : std::uint8_t {
  other,
  space,
  comma_or_colon,
  quote,
  open_brace,
  close_brace,
  open_array,
  close_array
};

constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> classes{};
  for (char space : {' ', '\t', '\n', '\r'}) classes[static_cast<unsigned char>(space)] = Class::space;
  classes[','] = classes[':'] = Class::comma_or_colon;
  classes['"'] = Class::quote;
  classes['{'] = Class::open_brace;
  classes['}'] = Class::close_brace;
  classes['['] = Class::open_array;
  classes[']'] = Class::close_array;
  return classes;
}

constexpr std::array<Class, 256> kClasses = make_classes();

Class class_of(char byte) {
  return kClasses[static_cast<unsigned char>(byte)];
}

/// Passes many bytes at a time that are neither quote nor backslash; stops before, or in front of, the first that is.
std::size_t skip_plain_bytes(std::string_view text, std::size_t at) {
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  const auto zero_bytes = [](std::uint64_t word) { return (word - kOnes) & ~word & kOnes << 7; };
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    const std::uint64_t found = zero_bytes(word ^ kOnes * '"') | zero_bytes(word ^ kOnes * '\\');
    if (found == 0) continue;
    // The lowest mark is exact; which byte it stands for depends on the machine.
    return std::endian::native == std::endian::little ? at + static_cast<std::size_t>(std::countr_zero(found)) / 8 : at;
  }
  return at;
}

/// The closing quote of a string, or the end of the text. `at` stands in the string.
std::size_t end_of_odd_string(std::string_view text, std::size_t at, bool& escaped) {
  for (at = skip_plain_bytes(text, at); at < text.size() && text[at] != '"'; at = skip_plain_bytes(text, at)) {
    const bool escape = text[at] == '\\';
    escaped |= escape;
    at += escape ? 2 : 1;
  }
  return std::min(at, text.size());
}

/// The same for the string whose inside starts at `at`. Most are short, and all plain.
[[gnu::always_inline]] inline std::size_t end_of_string(std::string_view text, std::size_t at, bool& escaped) {
#ifdef __SSE2__
  if (at + 16 <= text.size()) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i found =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    at += mask == 0 ? 16 : static_cast<std::size_t>(std::countr_zero(mask));
    if (mask != 0 && text[at] == '"') return at;
  }
#endif
  return end_of_odd_string(text, at, escaped);
}

std::size_t end_of_scalar(std::string_view text, std::size_t at) {
  while (at < text.size() && class_of(text[at]) == Class::other) ++at;
  return at;
}

}  // namespace

std::size_t skip_json_space(std::string_view text, std::size_t at) {
  while (at < text.size() && class_of(text[at]) == Class::space) ++at;
  return at;
}

void JsonScanner::scan_string(JsonToken& token) {
  token = {};
  token.begin = at_ + 1;
  token.end = end_of_string(text_, token.begin, token.escaped);
  token.closed = token.end < text_.size();
  at_ = token.closed ? token.end + 1 : text_.size();
  std::size_t after = at_;
  while (after < text_.size() && class_of(text_[after]) == Class::space) ++after;
  const bool colon = after < text_.size() && text_[after] == ':';
  token.kind = colon ? JsonToken::Kind::key : JsonToken::Kind::string;
}

bool JsonScanner::next(JsonToken& token) {
  using Kind = JsonToken::Kind;
  const auto bracket = [&](Kind kind) {
    token = {kind, false, true, at_, at_ + 1};
    ++at_;
    return true;
  };
  for (; at_ < text_.size(); ++at_) {
    switch (class_of(text_[at_])) {
      case Class::space:
      case Class::comma_or_colon:
        continue;
      case Class::quote:
        scan_string(token);
        return true;
      case Class::open_brace:
        return bracket(Kind::open_object);
      case Class::close_brace:
        return bracket(Kind::close_object);
      case Class::open_array:
        return bracket(Kind::open_array);
      case Class::close_array:
        return bracket(Kind::close_array);
      case Class::other:
        token = {Kind::scalar, false, true, at_, end_of_scalar(text_, at_)};
        at_ = token.end;
        return true;
    }
  }
  return false;
}

std::size_t end_of_json_value(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  for (std::size_t at = begin; at < text.size(); ++at) {
    bool escaped = false;
    switch (class_of(text[at])) {
      case Class::quote:
        at = end_of_string(text, at + 1, escaped);
        if (depth == 0) return at < text.size() ? at + 1 : at;
        break;
      case Class::open_brace:
      case Class::open_array:
        ++depth;
        break;
      case Class::close_brace:
      case Class::close_array:
        if (depth <= 1) return at + depth;
        --depth;
        break;
      case Class::other:
        if (depth == 0) return end_of_scalar(text, at);
        break;
      default:
        if (depth == 0) return at;
    }
  }
  return text.size();
}

std::size_t append_unescaped_piece(std::string& out, std::string_view raw) {
  if (const std::size_t plain = std::min(raw.find('\\'), raw.size())) {
    out.append(raw.substr(0, plain));
    return plain;
  }
  char decoded[4];
  char* end = decoded;
  if (const std::size_t length = decode_escape(raw, end)) {
    out.append(decoded, end);
    return length;
  }
  out.push_back('\\');
  return 1;
}

void append_unescaped(std::string& out, std::string_view raw) {
  while (!raw.empty()) raw.remove_prefix(append_unescaped_piece(out, raw));
}

}  // namespace corpus
