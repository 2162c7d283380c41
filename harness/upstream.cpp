#include "harness/upstream.h"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>
#include <cassert>
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
  return usual;
}

bool is_address(const std::string& host) {
  error_code ec;
  asio::ip::make_address(host, ec);
  return !ec;
}

}  // namespace

Upstream::Upstream(asio::io_context& io, asio::ssl::context* tls)
    : io_(io), sweep_(Sweep::of(io)), context_(tls), socket_(io) {
  sweep_.add(*this);
}

Task<bool> Upstream::connect(const Url& url, std::chrono::milliseconds limit) {
  deadline_ = sweep_.after(limit);
  error_code ec;
  const auto address = asio::ip::make_address(url.host, ec);
  if (!ec) {
    // Asio's resolver starts a thread, and a program with one thread allocates faster.
    std::tie(ec) = co_await socket_.async_connect(Tcp::endpoint(address, url.port), kAwait);
  } else {
    resolver_.emplace(io_.get_executor());
    auto [error, found] =
        co_await resolver_->async_resolve(url.host, std::to_string(url.port), Tcp::resolver::numeric_service, kAwait);
    if (failed(error, failure::kUnresolved)) co_return false;
    Tcp::endpoint taken;
    std::tie(ec, taken) = co_await asio::async_connect(socket_, found, kAwait);
  }
  if (failed(ec, failure::kUnreachable)) co_return false;
  error_code ignored;
  socket_.set_option(Tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
  if (url.tls) {
    const bool trusted = co_await shake_hands(url);
    if (!trusted) co_return false;
  }
  deadline_ = Clock::time_point::max();
  co_return true;
}

Task<bool> Upstream::shake_hands(const Url& url) {
  assert(context_ != nullptr);
  tls_.emplace(socket_, *context_);
  // RFC 6066: a server name is a name, never an address. OpenSSL looks for either in the certificate, and says so if it
  // is not there.
  SSL* const ssl = tls_->native_handle();
  if (is_address(url.host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), url.host.c_str());
  } else {
    SSL_set_tlsext_host_name(ssl, url.host.c_str());
    SSL_set1_host(ssl, url.host.c_str());
  }
  auto [ec] = co_await tls_->async_handshake(asio::ssl::stream_base::client, kAwait);
  if (!ec) co_return true;
  const bool aborted = !why_.empty();  // somebody has said already what ended it
  failed(ec, failure::kTls);
  if (!aborted && why_ != failure::kTimeout) why_ = failure::kTls;
  const long verdict = SSL_get_verify_result(ssl);
  if (verdict != X509_V_OK) detail_ = fmt::format("{}: {}", url.host, X509_verify_cert_error_string(verdict));
  co_return false;
}

std::size_t Upstream::write_at_once(std::string_view bytes) {
  if (tls_ || !why_.empty()) return 0;
  error_code ec;
  const std::size_t sent = write_now(socket_, bytes, ec);
  if (ec != asio::error::would_block) failed(ec, failure::kReset);
  return sent;
}

Task<bool> Upstream::write(std::string_view bytes, std::chrono::milliseconds limit, std::size_t& sent) {
  if (!why_.empty()) co_return false;
  deadline_ = sweep_.after(limit);
  const auto rest = asio::buffer(bytes.data() + sent, bytes.size() - sent);
  error_code ec;
  std::size_t count = 0;
  if (tls_) {
    std::tie(ec, count) = co_await asio::async_write(*tls_, rest, kAwait);
  } else {
    std::tie(ec, count) = co_await asio::async_write(socket_, rest, kAwait);
  }
  deadline_ = Clock::time_point::max();
  sent += count;
  co_return !failed(ec, failure::kReset);
}

Task<bool> Upstream::read(std::chrono::milliseconds limit) {
  if (!why_.empty()) co_return false;
  deadline_ = sweep_.after(limit);
  error_code ec;
  std::size_t count = 0;
  if (tls_) {
    std::tie(ec, count) = co_await tls_->async_read_some(buffer_.room(), kAwait);
  } else {
    std::tie(ec, count) = co_await socket_.async_read_some(buffer_.room(), kAwait);
  }
  deadline_ = Clock::time_point::max();
  buffer_.filled(count);
  has_received_ = has_received_ || count > 0;
  co_return !failed(ec, failure::kReset);
}

void Upstream::abort(std::string_view failure) {
  if (why_.empty()) why_ = failure;
  error_code ignored;
  socket_.cancel(ignored);
  if (resolver_) resolver_->cancel();
}

bool Upstream::is_stale() {
  has_received_ = false;
  if (!why_.empty() || !buffer_.empty()) return true;
  error_code ec;
  char byte = 0;
  if (tls_) {
    // The farewell may have been read from the socket together with the last answer, where a peek would not see it.
    // A session ticket is taken in silence.
    tls_->read_some(asio::buffer(&byte, 1), ec);
  } else {
    socket_.receive(asio::buffer(&byte, 1), TcpSocket::message_peek, ec);
  }
  return ec != asio::error::would_block;
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
