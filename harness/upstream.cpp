#include "harness/upstream.h"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <tuple>

namespace harness {
namespace {

using boost::system::error_code;
namespace asio = boost::asio;

std::string_view word_for(error_code ec, std::string_view usual) {
  if (ec == asio::error::connection_refused) return failure::kRefused;
  if (ec == asio::error::connection_reset || ec == asio::error::broken_pipe) return failure::kReset;
  if (ec == asio::error::eof) return failure::kClosed;
  // TLS that ends without its farewell may have been cut by anyone: what came is not known to be whole.
  if (ec == asio::ssl::error::stream_truncated) return failure::kReset;
  if (ec == asio::error::timed_out) return failure::kTimeout;
  // An upstream that wants another certificate of ours says so after the handshake (TLS 1.3).
  if (ec.category() == asio::error::get_ssl_category()) return failure::kTls;
  return usual;
}

}  // namespace

Upstream::Upstream(asio::io_context& io, TlsContext tls)
    : io_(io), sweep_(Sweep::of(io)), context_(std::move(tls)), stream_(io) {
  sweep_.add(*this);
}

Task<bool> Upstream::connect(const Url& url, std::chrono::milliseconds limit) {
  deadline_ = sweep_.after(limit);
  error_code ec;
  const auto address = asio::ip::make_address(url.host, ec);
  if (!ec) {
    // Asio's resolver starts a thread, and a program with one thread allocates faster.
    std::tie(ec) = co_await stream_.socket().async_connect(Tcp::endpoint(address, url.port), kAwait);
  } else {
    resolver_.emplace(io_.get_executor());
    auto [error, found] =
        co_await resolver_->async_resolve(url.host, std::to_string(url.port), Tcp::resolver::numeric_service, kAwait);
    if (failed(error, failure::kUnresolved)) co_return false;
    Tcp::endpoint taken;
    std::tie(ec, taken) = co_await asio::async_connect(stream_.socket(), found, kAwait);
  }
  if (failed(ec, failure::kUnreachable)) co_return false;
  stream_.prepare();
  if (url.tls) {
    const bool trusted = co_await shake_hands(url);
    if (!trusted) co_return false;
  }
  deadline_ = Clock::time_point::max();
  co_return true;
}

Task<bool> Upstream::shake_hands(const Url& url) {
  if (!context_) {
    why_ = failure::kTls;
    detail_ = "OpenSSL cannot be used";
    co_return false;
  }
  const error_code ec = co_await stream_.connect_tls(context_, url.host);
  if (!ec) co_return true;
  const bool aborted = !why_.empty();  // somebody has said already what ended it
  failed(ec, failure::kTls);
  if (!aborted && why_ != failure::kTimeout) why_ = failure::kTls;
  const std::string fault = stream_.certificate_fault();
  if (!fault.empty()) detail_ = fmt::format("{}: {}", url.host, fault);
  co_return false;
}

std::size_t Upstream::write_at_once(std::string_view bytes) {
  if (!why_.empty()) return 0;
  error_code ec;
  const std::size_t sent = stream_.write_now(bytes, ec);
  if (ec != asio::error::would_block) failed(ec, failure::kReset);
  return sent;
}

Task<bool> Upstream::write(std::string_view bytes, std::chrono::milliseconds limit, std::size_t& sent) {
  if (!why_.empty()) co_return false;
  deadline_ = sweep_.after(limit);
  const auto rest = asio::buffer(bytes.data() + sent, bytes.size() - sent);
  const auto [ec, count] = co_await stream_.write(rest);
  deadline_ = Clock::time_point::max();
  sent += count;
  co_return !failed(ec, failure::kReset);
}

Task<bool> Upstream::read(std::chrono::milliseconds limit) {
  if (!why_.empty()) co_return false;
  deadline_ = sweep_.after(limit);
  const auto [ec, count] = co_await stream_.read_some(buffer_.room());
  deadline_ = Clock::time_point::max();
  buffer_.filled(count);
  has_received_ = has_received_ || count > 0;
  co_return !failed(ec, failure::kReset);
}

void Upstream::abort(std::string_view failure) {
  if (why_.empty()) why_ = failure;
  stream_.cancel();
  if (resolver_) resolver_->cancel();
}

void Upstream::reset() {
  if (why_.empty()) why_ = failure::kReset;
  error_code ignored;
  stream_.socket().set_option(asio::socket_base::linger(true, 0), ignored);
  stream_.socket().close(ignored);
}

void Upstream::end_sending() {
  stream_.end_sending();
}

bool Upstream::is_stale() {
  has_received_ = false;
  if (!why_.empty() || !buffer_.empty()) return true;
  // Of a farewell that was read from the socket together with the last answer, only TLS itself knows.
  return stream_.peek() != asio::error::would_block;
}

void Upstream::sweep(Clock::time_point now) {
  if (now >= deadline_) abort(failure::kTimeout);
}

// Keeps the first failure: an operation that abort() has cancelled ends with an error of its own.
bool Upstream::failed(error_code ec, std::string_view usual) {
  if (ec && why_.empty()) {
    why_ = word_for(ec, usual);
    detail_ = ec.message();
  }
  return !why_.empty();
}

}  // namespace harness
