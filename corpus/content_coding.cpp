#include "corpus/content_coding.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <ranges>
#include <vector>

#include "corpus/ascii.h"

namespace corpus {
namespace {

bool is_coding(const Header& header) {
  return same_word(header.name, "content-encoding");
}

/// The codings in the order in which they were applied, in lower case.
std::vector<std::string> codings_of(const Headers& headers) {
  std::vector<std::string> codings;
  for (const Header& header : headers) {
    if (!is_coding(header)) continue;
    for (const auto part : std::views::split(header.value, ',')) {
      std::string word;
      for (const char letter : part) {
        if (letter != ' ' && letter != '\t') word += lower(letter);
      }
      if (!word.empty() && word != "identity") codings.push_back(std::move(word));
    }
  }
  return codings;
}

// How zlib is told what to expect (inflateInit2): its own header or gzip's, either; none.
constexpr int kAnyHeader = 15 + 32;
constexpr int kRawDeflate = -15;

bool is_padding(std::string_view bytes) {
  return std::ranges::all_of(
      bytes, [](char byte) { return byte == '\0' || byte == '\r' || byte == '\n' || byte == ' ' || byte == '\t'; });
}

/// The end of a stream that zlib has been given work on, whatever way out is taken.
class Stream {
 public:
  explicit Stream(int window_bits) : good_(inflateInit2(&stream_, window_bits) == Z_OK) {}
  ~Stream() {
    if (good_) inflateEnd(&stream_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  std::optional<std::string> inflate_all(std::string_view body) {
    if (!good_ || body.size() > std::numeric_limits<uInt>::max()) return std::nullopt;
    // zlib promises not to write to its input, and asks for a pointer that could be written through all the same.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
    stream_.avail_in = static_cast<uInt>(body.size());
    std::string content;
    std::array<char, 16384> piece;
    for (int result = Z_OK; result != Z_STREAM_END;) {
      stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
      stream_.avail_out = static_cast<uInt>(piece.size());
      result = inflate(&stream_, Z_NO_FLUSH);
      content.append(piece.data(), piece.size() - stream_.avail_out);
      if (result != Z_OK && result != Z_STREAM_END) return std::nullopt;
      if (content.size() > kLongestDecoded) return std::nullopt;
      // Line ends and padding, which some senders leave there. Anything else might be a secret, and is not passed over.
      if (result == Z_STREAM_END && is_padding(rest())) break;
      // RFC 1952, 2.2: a gzip file may have several members, one after the other.
      if (result == Z_STREAM_END && stream_.avail_in != 0 && inflateReset(&stream_) == Z_OK) result = Z_OK;
    }
    return content;
  }

 private:
  std::string_view rest() const { return {reinterpret_cast<const char*>(stream_.next_in), stream_.avail_in}; }

  z_stream stream_{};
  bool good_;
};

std::optional<std::string> without(const std::string& coding, std::string_view body) {
  if (coding == "gzip" || coding == "x-gzip") return Stream(kAnyHeader).inflate_all(body);
  if (coding != "deflate") return std::nullopt;
  // RFC 9110, 8.4.1.2: some senders leave zlib's header out, against the standard.
  auto content = Stream(kAnyHeader).inflate_all(body);
  return content ? content : Stream(kRawDeflate).inflate_all(body);
}

template <typename Message>
void put(Message& message, std::string content) {
  message.body = std::move(content);
  std::erase_if(message.headers, is_coding);
  for (Header& header : message.headers) {
    if (same_word(header.name, "content-length")) header.value = std::to_string(message.body.size());
  }
}

template <typename Message>
bool decode(Message& message) {
  auto content = decoded_body(message.headers, message.body);
  if (content) put(message, std::move(*content));
  return content.has_value();
}

}  // namespace

std::optional<std::string> decoded_body(const Headers& headers, std::string_view body) {
  const std::vector<std::string> codings = codings_of(headers);
  if (codings.empty() || body.empty()) return std::nullopt;
  std::string content(body);
  for (const std::string& coding : std::views::reverse(codings)) {
    auto inner = without(coding, content);
    if (!inner) return std::nullopt;
    content = std::move(*inner);
  }
  return content;
}

bool names_coding(const Headers& headers) {
  return !codings_of(headers).empty();
}

bool decode_body(Request& request) {
  return decode(request);
}
bool decode_body(Response& response) {
  return decode(response);
}

bool has_media_type(const Headers& headers, std::string_view type) {
  return std::ranges::any_of(headers, [type](const Header& header) {
    const std::string_view value(header.value);
    return same_word(header.name, "content-type") && same_word(value.substr(0, type.size()), type);
  });
}

void replace_body(Request& request, std::string content) {
  put(request, std::move(content));
}
void replace_body(Response& response, std::string content) {
  put(response, std::move(content));
}

void decode_bodies(Session& session) {
  for (Exchange& exchange : session.exchanges) {
    decode_body(exchange.request);
    if (auto* response = std::get_if<Response>(&exchange.outcome)) decode_body(*response);
  }
}

bool has_coded_body(const Session& session) {
  return std::ranges::any_of(session.exchanges, [](const Exchange& exchange) {
    const Response* response = exchange.response();
    return std::ranges::any_of(exchange.request.headers, is_coding) ||
           (response != nullptr && std::ranges::any_of(response->headers, is_coding));
  });
}

}  // namespace corpus
