#include "corpus/json_text.h"

#include <openssl/evp.h>
#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "corpus/ascii.h"
#include "corpus/json_pass.h"

namespace corpus {
namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080;

std::uint64_t load(const char* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

/// What is looked for beside bytes that must be escaped.
enum class Also { nothing, not_ascii };

template <Also also>
bool is_sought(char byte) {
  const auto value = static_cast<unsigned char>(byte);
  return value < 0x20 || byte == '"' || byte == '\\' || (also == Also::not_ascii && value >= 0x80);
}

#ifdef __SSE2__
/// A bit for each of the sixteen bytes that is sought.
template <Also also>
unsigned sought(__m128i bytes) {
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  __m128i found = _mm_or_si128(control, _mm_or_si128(quote, backslash));
  if (also == Also::not_ascii) found = _mm_or_si128(found, bytes);  // whose highest bit is what counts
  return static_cast<unsigned>(_mm_movemask_epi8(found));
}
#endif

/// The first byte of the text that must be escaped (or is not ASCII), or its end. Names and values of headers are
/// short, so what is no multiple of sixteen is looked at in two pieces that overlap.
template <Also also>
std::size_t find_sought(std::string_view text) {
  std::size_t at = 0;
#ifdef __SSE2__
  const auto first = [](unsigned mask) { return static_cast<std::size_t>(std::countr_zero(mask)); };
  const char* const bytes = text.data();
  if (text.size() >= 16) {
    for (;; at = std::min(at + 16, text.size() - 16)) {
      const unsigned mask = sought<also>(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at)));
      if (mask != 0) return at + first(mask);
      if (at + 16 == text.size()) return text.size();
    }
  }
  if (text.size() >= 8) {
    const std::size_t overlap = 16 - text.size();
    const auto low = static_cast<long long>(load(bytes));
    const auto high = static_cast<long long>(load(bytes + text.size() - 8));
    const unsigned mask = sought<also>(_mm_set_epi64x(high, low));
    if (mask == 0) return text.size();
    return first(mask) < 8 ? first(mask) : first(mask) - overlap;
  }
#endif
  while (at < text.size() && !is_sought<also>(text[at])) ++at;
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
  out.append("\\u00");
  append_hex(out, static_cast<unsigned char>(byte));
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  return is_ascii(bytes) || simdjson::validate_utf8(bytes.data(), bytes.size());
}

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  for (;;) {
    const std::size_t stop = find_sought<Also::nothing>(text);
    out.append(text.substr(0, stop));
    if (stop == text.size()) break;
    append_escape(out, text[stop]);
    text.remove_prefix(stop + 1);
  }
  out.push_back('"');
}

void append_json_bytes(std::string& out, std::string_view bytes) {
  if (find_sought<Also::not_ascii>(bytes) == bytes.size()) {  // nearly always
    const std::size_t before = out.size();
    out.resize(before + bytes.size() + 2, '"');
    std::ranges::copy(bytes, out.begin() + static_cast<std::ptrdiff_t>(before) + 1);
    return;
  }
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
  std::vector<char> strings;

  State() {
    // simdjson refuses what reaches its limit, but does not count empty arrays and objects. Taking our limit for its
    // own is the one setting that never lets too deep a text through. Room for a usual message: parse() makes more.
    constexpr std::size_t kUsual = 4096;
    [[maybe_unused]] const auto error = parser.allocate(kUsual, kMaxEmbeddedDepth);
  }
};

/// Whether the first bytes are JSON as most senders write it, which takes less time to say than whether they are JSON.
bool JsonCheck::is_usual(State& state, std::size_t size) {
  static_assert(simdjson::SIMDJSON_PADDING >= kRunPadding);
  JsonPass pass(std::string_view(state.padded).substr(0, size), state.strings);
  const char* const end = pass.value(pass.begin(), kMaxEmbeddedDepth);
  return end != nullptr && pass.is_end(end);
}

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
  const bool valid = is_usual(*state_, bytes.size()) ||
                     state_->parser.parse(state_->padded.data(), bytes.size(), false).error() == simdjson::SUCCESS;
  // One huge body must not cost its parser's memory (many times the body) until the end of a long recording.
  constexpr std::size_t kKept = 1 << 20;
  if (bytes.size() > kKept) state_ = std::make_unique<State>();
  return valid;
}

}  // namespace corpus
