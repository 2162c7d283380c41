#include "harness/http_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>
#include <type_traits>

namespace harness {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::iequals;
using boost::beast::string_view;

// A length is believed, and its memory taken at once, up to here; beyond, memory is taken as the bytes come.
constexpr std::size_t kTrustedLength = 1024 * 1024;

// One message being parsed: Beast calls the on_… functions, which write straight into the message.
template <typename Message>
class Sink final : public http::basic_parser<std::is_same_v<Message, corpus::Request>> {
 public:
  static constexpr bool kIsRequest = std::is_same_v<Message, corpus::Request>;

  Sink(Message& message, std::size_t header_limit, std::size_t body_limit, bool bodiless)
      : message_(&message), header_limit_(header_limit) {
    this->eager(true);
    this->header_limit(static_cast<std::uint32_t>(header_limit));
    this->body_limit(body_limit);
    if (bodiless) this->skip(true);
    message.body.clear();
    message.extra.clear();
  }

  std::size_t feed(std::string_view bytes) {
    const std::size_t skipped = skip_empty_lines(bytes);
    const std::string_view rest = bytes.substr(skipped);
    // Half a line break may become one of those that are passed over.
    if (rest.empty() || (rest == "\r" && may_skip())) return skipped;
    return skipped + feed_message(rest);
  }

  bool feed_end() {
    error_code ec;
    if (this->got_some()) this->put_eof(ec);
    return this->got_some() && !ec;
  }

  ParseFault fault() const { return fault_; }
  bool http_1_0() const { return version_ < 11; }
  bool expects_continue() const { return expects_continue_ && version_ >= 11; }

 private:
  // RFC 9112, 2.2: a line break before a request is passed over. A few, and no more: they are no request.
  std::size_t skip_empty_lines(std::string_view bytes) {
    std::size_t skipped = 0;
    for (; may_skip() && bytes.substr(skipped).starts_with("\r\n"); ++empty_lines_) skipped += 2;
    return skipped;
  }

  bool may_skip() {
    constexpr int kMost = 4;
    return kIsRequest && !this->got_some() && empty_lines_ < kMost;
  }

  std::size_t feed_message(std::string_view bytes) {
    error_code ec;
    const bool in_header = !this->is_header_done();
    const std::size_t taken = this->put(boost::asio::const_buffer(bytes.data(), bytes.size()), ec);
    // Beast takes fields one by one as they come and limits only what it has before it, not the sum.
    if (in_header && !this->is_header_done()) header_taken_ += taken;
    if (ec && ec != http::error::need_more) {
      note(ec);
    } else if (const std::size_t rest = bytes.size() - taken;
               ec == http::error::need_more && rest + header_taken_ > header_limit_) {
      fault_ = ParseFault::header_too_large;
    }
    return taken;
  }

  void on_request_impl(http::verb, string_view method, string_view target, int version, error_code&) override {
    if constexpr (kIsRequest) {
      message_->method.assign(method.data(), method.size());
      message_->target.assign(target.data(), target.size());
    }
    version_ = version;
  }

  void on_response_impl(int status, string_view, int version, error_code& ec) override {
    if constexpr (!kIsRequest) message_->status = status;
    version_ = version;
    if (status < 100) ec = http::error::bad_status;
  }

  void on_field_impl(http::field known, string_view name, string_view value, error_code& ec) override {
    if (in_trailer_) return;
    auto& fields = message_->headers;
    corpus::Header& field = used_ < fields.size() ? fields[used_] : fields.emplace_back();
    ++used_;
    field.name.assign(name.data(), name.size());
    field.value.assign(value.data(), value.size());
    switch (known) {
      case http::field::host:
        ++hosts_;
        break;
      case http::field::content_length:
        ++lengths_;
        if (kIsRequest && (lengths_ > 1 || value.find(',') != string_view::npos)) ec = http::error::bad_content_length;
        break;
      case http::field::transfer_encoding:
        ++codings_;
        if (!iequals(value, "chunked")) {
          fault_ = ParseFault::unknown_coding;
          ec = http::error::bad_transfer_encoding;
        }
        break;
      case http::field::expect:
        if (iequals(value, "100-continue")) expects_continue_ = true;
        break;
      default:
        break;
    }
  }

  void on_header_impl(error_code& ec) override {
    in_trailer_ = true;
    message_->headers.resize(used_);
    if (codings_ > 0 && (lengths_ > 0 || version_ < 11)) ec = http::error::bad_transfer_encoding;
    if (kIsRequest && (hosts_ > 1 || (hosts_ == 0 && needs_host()))) ec = http::error::bad_field;
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    if (length) message_->body.reserve(std::min<std::size_t>(*length, kTrustedLength));
  }

  std::size_t on_body_impl(string_view body, error_code&) override {
    message_->body.append(body.data(), body.size());
    return body.size();
  }

  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override {
    message_->body.append(body.data(), body.size());
    return body.size();
  }

  void on_finish_impl(error_code&) override {}

  // CONNECT names the host in its target, and mitmproxy sends it without fields.
  bool needs_host() const {
    if constexpr (kIsRequest) return version_ >= 11 && message_->method != "CONNECT";
    return false;
  }

  void note(error_code ec) {
    if (fault_ != ParseFault::none) return;
    fault_ = ec == http::error::header_limit ? ParseFault::header_too_large
             : ec == http::error::body_limit ? ParseFault::body_too_large
                                             : ParseFault::malformed;
  }

  Message* message_;
  std::size_t header_limit_;
  std::size_t header_taken_ = 0;
  int empty_lines_ = 0;
  std::size_t used_ = 0;
  int version_ = 11;
  int hosts_ = 0;
  int lengths_ = 0;
  int codings_ = 0;
  bool in_trailer_ = false;
  bool expects_continue_ = false;
  ParseFault fault_ = ParseFault::none;
};

}  // namespace

// Beast's parsers serve one message each: the next one is made in the same place.
template <typename Message>
struct MessageParser<Message>::Machine {
  std::optional<Sink<Message>> sink;
};

template <typename Message>
MessageParser<Message>::MessageParser() : machine_(std::make_unique<Machine>()) {}
template <typename Message>
MessageParser<Message>::~MessageParser() = default;
template <typename Message>
MessageParser<Message>::MessageParser(MessageParser&&) noexcept = default;
template <typename Message>
MessageParser<Message>& MessageParser<Message>::operator=(MessageParser&&) noexcept = default;

template <typename Message>
void MessageParser<Message>::start(Message& message, std::size_t header_limit, std::size_t body_limit, bool bodiless) {
  machine_->sink.emplace(message, header_limit, body_limit, bodiless);
}

template <typename Message>
std::size_t MessageParser<Message>::feed(std::string_view bytes) {
  return machine_->sink->feed(bytes);
}

template <typename Message>
bool MessageParser<Message>::feed_end() {
  return machine_->sink->feed_end();
}

template <typename Message>
ParseFault MessageParser<Message>::fault() const {
  return machine_->sink->fault();
}

template <typename Message>
bool MessageParser<Message>::header_done() const {
  return machine_->sink->is_header_done();
}

template <typename Message>
bool MessageParser<Message>::done() const {
  return machine_->sink->is_done();
}

template <typename Message>
bool MessageParser<Message>::keep_alive() const {
  return machine_->sink->keep_alive();
}

template <typename Message>
bool MessageParser<Message>::http_1_0() const {
  return machine_->sink->http_1_0();
}

template <typename Message>
bool MessageParser<Message>::expects_continue() const {
  return machine_->sink->expects_continue();
}

template class MessageParser<corpus::Request>;
template class MessageParser<corpus::Response>;

}  // namespace harness
