#include "harness/stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>
#include <cstring>

namespace harness {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

bool is_address(const std::string& host) {
  error_code ec;
  asio::ip::make_address(host, ec);
  return !ec;
}

bool must_wait(error_code ec) {
  return ec == asio::error::would_block || ec == asio::error::try_again;
}

// What has gone wrong before would be taken for the outcome of the next operation.
void forget_errors() {
  if (ERR_peek_error() != 0) ERR_clear_error();
}

}  // namespace

// How OpenSSL reads and writes: through Asio's socket, so that it works wherever Asio does, and without the signal that
// writing to a closed connection would raise.
struct SocketBio {
  // Gives what has been received: to receive more is the stream's business, which can wait for it.
  static int read(BIO* bio, char* data, int size) {
    Stream& stream = *static_cast<Stream*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    const std::size_t count = std::min(stream.received_.size(), static_cast<std::size_t>(size));
    if (count > 0) {
      std::memcpy(data, stream.received_.view().data(), count);
      stream.received_.consume(count);
      return static_cast<int>(count);
    }
    if (stream.at_end_) return 0;
    BIO_set_retry_read(bio);
    return -1;
  }

  static int write(BIO* bio, const char* data, int size) {
    Stream& stream = *static_cast<Stream*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    error_code ec;
    const std::size_t count = stream.socket_.send(asio::buffer(data, static_cast<std::size_t>(size)), 0, ec);
    if (!ec) return static_cast<int>(count);
    if (must_wait(ec)) {
      BIO_set_retry_write(bio);
    } else {
      stream.socket_error_ = ec;
    }
    return -1;
  }

  static long control(BIO* bio, int what, long, void*) {
    if (what == BIO_CTRL_FLUSH) return 1;  // nothing is kept back
    if (what == BIO_CTRL_EOF) return static_cast<Stream*>(BIO_get_data(bio))->at_end_ ? 1 : 0;
    return 0;
  }

  static BIO* make(Stream& stream) {
    static const std::unique_ptr<BIO_METHOD, decltype(&BIO_meth_free)> method(make_method(), BIO_meth_free);
    BIO* const bio = BIO_new(method.get());
    BIO_set_data(bio, &stream);
    BIO_set_init(bio, 1);
    return bio;
  }

  static BIO_METHOD* make_method() {
    BIO_METHOD* const method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "rollcall socket");
    BIO_meth_set_read(method, read);
    BIO_meth_set_write(method, write);
    BIO_meth_set_ctrl(method, control);
    return method;
  }
};

Stream::Stream(asio::io_context& io) : socket_(io), ssl_(nullptr, SSL_free) {}
Stream::~Stream() = default;

void Stream::prepare() {
  error_code ignored;
  socket_.set_option(Tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
}

Stream& Stream::of(const SSL* ssl) {
  return *static_cast<Stream*>(SSL_get_app_data(ssl));
}

std::string Stream::local_host() const {
  error_code ec;
  const auto local = socket_.local_endpoint(ec);
  if (ec) return "";
  const asio::ip::address address = local.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  }
  return address.to_string();
}

void Stream::begin_tls(TlsContext context, std::string_view ahead) {
  context_ = std::move(context);
  received_.clear();
  for (std::string_view rest = ahead; !rest.empty();) {
    const std::size_t count = asio::buffer_copy(received_.room(), asio::buffer(rest));
    received_.filled(count);
    rest.remove_prefix(count);
  }
  at_end_ = broken_ = false;
  socket_error_ = {};
  ssl_.reset(SSL_new(context_.get()));
  BIO* const bio = SocketBio::make(*this);
  SSL_set_bio(ssl_.get(), bio, bio);
  SSL_set_app_data(ssl_.get(), this);
}

void Stream::leave_tls() {
  ssl_.reset();
  received_.clear();
}

Task<error_code> Stream::accept_tls(TlsContext context, std::string_view ahead) {
  begin_tls(std::move(context), ahead);
  SSL_set_accept_state(ssl_.get());
  return shake_hands();
}

Task<error_code> Stream::connect_tls(TlsContext context, std::string host) {
  begin_tls(std::move(context), "");
  SSL* const ssl = ssl_.get();
  SSL_set_connect_state(ssl);
  // RFC 6066: a server name is a name, never an address. OpenSSL looks for either in the certificate, and says so if it
  // is not there.
  if (is_address(host)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
  } else {
    SSL_set_tlsext_host_name(ssl, host.c_str());
    SSL_set1_host(ssl, host.c_str());
  }
  return shake_hands();
}

Task<error_code> Stream::shake_hands() {
  for (;;) {
    forget_errors();
    const int result = SSL_do_handshake(ssl_.get());
    if (result == 1) co_return error_code();
    error_code ec = why(result);
    if (must_wait(ec)) ec = co_await wait();
    if (ec) co_return ec;
  }
}

std::string Stream::certificate_fault() const {
  const long verdict = ssl_ ? SSL_get_verify_result(ssl_.get()) : X509_V_OK;
  return verdict == X509_V_OK ? "" : X509_verify_cert_error_string(verdict);
}

bool Stream::is_plain_http(error_code ec) {
  return ec.category() == asio::error::get_ssl_category() &&
         ERR_GET_REASON(static_cast<unsigned long>(ec.value())) == SSL_R_HTTP_REQUEST;
}

// would_block if the operation has to be tried again after wait().
error_code Stream::why(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      wants_to_write_ = false;
      return asio::error::would_block;
    case SSL_ERROR_WANT_WRITE:
      wants_to_write_ = true;
      return asio::error::would_block;
    case SSL_ERROR_ZERO_RETURN:
      return asio::error::eof;
    default:
      break;
  }
  broken_ = true;
  const unsigned long code = ERR_get_error();
  if (socket_error_ && socket_error_ != asio::error::eof) return socket_error_;
  if (code == 0 || ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING) {
    return asio::ssl::error::stream_truncated;
  }
  return {static_cast<int>(code), asio::error::get_ssl_category()};
}

// Waits for what OpenSSL wanted last. An end is no error here: OpenSSL knows whether it was announced.
Task<error_code> Stream::wait() {
  if (wants_to_write_) {
    auto [ec] = co_await socket_.async_wait(TcpSocket::wait_write, kAwait);
    co_return ec;
  }
  auto [ec, count] = co_await socket_.async_read_some(received_.room(), kAwait);
  received_.filled(count);
  at_end_ = ec == asio::error::eof;
  co_return at_end_ ? error_code() : ec;
}

Task<Stream::Moved> Stream::read_some(asio::mutable_buffer buffer) {
  if (ssl_) return read_secure(buffer);
  return socket_.async_read_some(buffer, kAwait);
}

Task<Stream::Moved> Stream::read_secure(asio::mutable_buffer buffer) {
  for (;;) {
    error_code ec = asio::error::would_block;
    wants_to_write_ = false;
    // OpenSSL takes its time to find out that there is nothing: mostly that is known.
    if (!received_.empty() || at_end_ || SSL_has_pending(ssl_.get()) == 1) {
      std::size_t count = 0;
      forget_errors();
      const int result = SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &count);
      if (result == 1) co_return Moved(error_code(), count);
      ec = why(result);
    }
    if (must_wait(ec)) ec = co_await wait();
    if (ec) co_return Moved(ec, 0);
  }
}

Task<Stream::Moved> Stream::write(asio::const_buffer bytes) {
  if (ssl_) return write_secure(bytes);
  return asio::async_write(socket_, bytes, kAwait);
}

Task<Stream::Moved> Stream::write_secure(asio::const_buffer bytes) {
  const std::string_view all(static_cast<const char*>(bytes.data()), bytes.size());
  std::size_t sent = 0;
  for (;;) {
    error_code ec;
    sent += write_now_secure(all.substr(sent), ec);
    if (must_wait(ec)) ec = co_await wait();
    if (ec || sent == all.size()) co_return Moved(ec, sent);
  }
}

std::size_t Stream::write_now(std::string_view bytes, error_code& ec) {
  return ssl_ ? write_now_secure(bytes, ec) : harness::write_now(socket_, bytes, ec);
}

std::size_t Stream::write_now_secure(std::string_view bytes, error_code& ec) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    std::size_t count = 0;
    forget_errors();
    const int result = SSL_write_ex(ssl_.get(), bytes.data() + sent, bytes.size() - sent, &count);
    sent += count;
    if (result == 1) continue;
    ec = why(result);
    break;
  }
  return sent;
}

error_code Stream::peek() {
  error_code ec;
  char byte = 0;
  if (!ssl_) {
    socket_.receive(asio::buffer(&byte, 1), TcpSocket::message_peek, ec);
    return ec;
  }
  std::size_t count = 0;
  if (received_.empty()) {
    received_.filled(socket_.receive(received_.room(), 0, ec));
    at_end_ = ec == asio::error::eof;
    if (ec && !must_wait(ec) && !at_end_) return ec;
  }
  forget_errors();
  const int result = SSL_peek_ex(ssl_.get(), &byte, 1, &count);
  return result == 1 ? error_code() : why(result);
}

void Stream::end_sending() {
  error_code ignored;
  if (ssl_ && !broken_ && SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
  socket_.shutdown(TcpSocket::shutdown_send, ignored);
}

void Stream::cancel() {
  error_code ignored;
  socket_.cancel(ignored);
}

// Without a farewell, an answer that ends with its connection would not be known to be whole.
void Stream::close() {
  error_code ignored;
  if (ssl_ && socket_.is_open() && !broken_ && SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
  socket_.close(ignored);
}

}  // namespace harness
