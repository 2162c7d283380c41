#include "corpus/json_text.h"

#include <openssl/evp.h>
#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace corpus {
namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

constexpr std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - kOnes) & ~word & kHighBits;
}

/// Nonzero if one of the eight bytes must be escaped. Bit tricks instead of SSE: as fast on header values, and
/// portable.
constexpr std::uint64_t bytes_to_escape(std::uint64_t word) {
  const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighBits;
  return control | zero_bytes(word ^ kOnes * '"') | zero_bytes(word ^ kOnes * '\\');
}

std::uint64_t load(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

bool must_escape(char byte) {
  return static_cast<unsigned char>(byte) < 0x20 || byte == '"' || byte == '\\';
}

/// The first place at or after `at` that must be escaped, or the end.
std::size_t find_to_escape(std::string_view text, std::size_t at) {
#ifdef __SSE2__
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash))));
    if (mask != 0) return at + static_cast<std::size_t>(std::countr_zero(mask));
  }
#endif
  while (at + 8 <= text.size() && bytes_to_escape(load(text.data() + at)) == 0) at += 8;
  // What is left, together with some bytes before it, at once.
  if (at + 8 > text.size() && text.size() >= 8 && bytes_to_escape(load(text.data() + text.size() - 8)) == 0) {
    return text.size();
  }
  while (at < text.size() && !must_escape(text[at])) ++at;
  return at;
}

bool is_ascii(std::string_view bytes) {
  std::uint64_t seen = 0;
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) seen |= load(bytes.data() + at);
  for (; at < bytes.size(); ++at) seen |= static_cast<unsigned char>(bytes[at]);
  return (seen & kHighBits) == 0;
}

void append_escape(std::string& out, char byte) {
  static constexpr std::string_view kShort = "\"\"\\\\\bb\ff\nn\rr\tt";
  for (std::size_t at = 0; at < kShort.size(); at += 2) {
    if (kShort[at] == byte) {
      out.push_back('\\');
      out.push_back(kShort[at + 1]);
      return;
    }
  }
  static constexpr std::string_view kHex = "0123456789abcdef";
  out.append("\\u00");
  out.push_back(kHex[static_cast<unsigned char>(byte) >> 4]);
  out.push_back(kHex[static_cast<unsigned char>(byte) & 15]);
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  return is_ascii(bytes) || simdjson::validate_utf8(bytes.data(), bytes.size());
}

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  for (std::size_t at = 0;;) {
    const std::size_t stop = find_to_escape(text, at);
    out.append(text.data() + at, stop - at);
    if (stop == text.size()) break;
    append_escape(out, text[stop]);
    at = stop + 1;
  }
  out.push_back('"');
}

void append_json_bytes(std::string& out, std::string_view bytes) {
  if (is_utf8(bytes)) return append_json_string(out, bytes);
  out.append(R"({"base64":")");
  append_base64(out, bytes);
  out.append(R"("})");
}

void append_base64(std::string& out, std::string_view bytes) {
  // OpenSSL counts in int: pieces of whole groups of three bytes, so that padding stands at the very end only.
  constexpr std::size_t kPiece = 3 << 20;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
    const std::string_view piece = bytes.substr(0, kPiece);
    const std::size_t before = out.size();
    const std::size_t length = (piece.size() + 2) / 3 * 4;
    out.resize(before + length + 1);  // EVP_EncodeBlock ends what it writes with a NUL
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data() + before),
                    reinterpret_cast<const unsigned char*>(piece.data()), static_cast<int>(piece.size()));
    out.resize(before + length);
  }
}

std::optional<std::string> decode_base64(std::string_view text) {
  constexpr std::size_t kPiece = 4 << 20;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min(kPiece, rest.size()))) {
    const std::string_view piece = rest.substr(0, kPiece);
    const std::size_t before = bytes.size();
    bytes.resize(before + (piece.size() + 3) / 4 * 3);
    if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data() + before),
                        reinterpret_cast<const unsigned char*>(piece.data()), static_cast<int>(piece.size())) < 0) {
      return std::nullopt;
    }
  }
  const std::size_t padding = text.size() - std::min(text.find_last_not_of('=') + 1, text.size());
  if (padding > 2 || padding > bytes.size()) return std::nullopt;
  bytes.resize(bytes.size() - padding);
  // OpenSSL forgives white space, and bits that the padding leaves over; one text for each body, so that files compare.
  std::string again;
  again.reserve(text.size() + 1);
  append_base64(again, bytes);
  if (again != text) return std::nullopt;
  return bytes;
}

/// The parser, and room for a copy of the bytes with the padding behind it that simdjson wants.
struct JsonCheck::State {
  simdjson::dom::parser parser;
  std::string padded;

  State() {
    // simdjson refuses what reaches its limit, but does not count empty arrays and objects. Taking our limit for its
    // own is the one setting that never lets too deep a text through. Room for a usual message: parse() makes more.
    constexpr std::size_t kUsual = 4096;
    [[maybe_unused]] const auto error = parser.allocate(kUsual, kMaxEmbeddedDepth);
  }
};

JsonCheck::JsonCheck() : state_(std::make_unique<State>()) {}
JsonCheck::~JsonCheck() = default;
JsonCheck::JsonCheck(JsonCheck&&) noexcept = default;
JsonCheck& JsonCheck::operator=(JsonCheck&&) noexcept = default;

bool JsonCheck::embeddable(std::string_view bytes) {
  // simdjson passes over white space around a text, and its later versions over a byte order mark; here neither may be.
  constexpr std::string_view kFirst = "{[\"-0123456789tfn";
  if (bytes.empty() || kFirst.find(bytes.front()) == kFirst.npos) return false;
  if (bytes.back() == ' ' || bytes.back() == '\t') return false;
  if (bytes.find('\n') != bytes.npos || bytes.find('\r') != bytes.npos) return false;
  state_->padded.assign(bytes);
  state_->padded.append(simdjson::SIMDJSON_PADDING, '\0');
  const auto parsed = state_->parser.parse(state_->padded.data(), bytes.size(), false);
  const bool valid = parsed.error() == simdjson::SUCCESS;
  // One huge body must not cost its parser's memory (many times the body) until the end of a long recording.
  constexpr std::size_t kKept = 1 << 20;
  if (bytes.size() > kKept) state_ = std::make_unique<State>();
  return valid;
}

}  // namespace corpus
