// A caller that speaks TLS by Asio's own stream, so that ours is tested against another.
#pragma once

#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <string_view>

#include "loopback.h"

namespace harness {

class TlsCaller {
 public:
  /// `trusted`: PEM of whom to trust; empty: everybody.
  TlsCaller(boost::asio::io_context& io, const std::string& trusted)
      : raw(io), context(boost::asio::ssl::context::tls_client), tls(raw.socket, context) {
    if (trusted.empty()) return;
    context.add_certificate_authority(boost::asio::buffer(trusted));
    SSL_set_verify(tls.native_handle(), SSL_VERIFY_PEER, nullptr);
  }

  /// What a client offers by ALPN, each with its length in front.
  void offer(std::string_view protocols) {
    SSL_set_alpn_protos(tls.native_handle(), reinterpret_cast<const unsigned char*>(protocols.data()),
                        static_cast<unsigned>(protocols.size()));
  }
  /// What the server has chosen of it.
  std::string chosen() {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(tls.native_handle(), &name, &size);
    return {reinterpret_cast<const char*>(name), size};
  }

  /// Shakes hands for `host` on a connection that is there. True if it came about.
  Task<bool> shake_hands(std::string host) {
    boost::system::error_code ec;
    boost::asio::ip::make_address(host, ec);
    if (ec) {
      SSL_set_tlsext_host_name(tls.native_handle(), host.c_str());
      SSL_set1_host(tls.native_handle(), host.c_str());
    } else {
      X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls.native_handle()), host.c_str());
    }
    auto [failed] = co_await tls.async_handshake(boost::asio::ssl::stream_base::client, kAwait);
    error = failed;
    co_return !failed;
  }

  Task<bool> send(std::string bytes) {
    auto [ec, count] = co_await boost::asio::async_write(tls, boost::asio::buffer(bytes), kAwait);
    co_return !ec;
  }

  /// What came up to and including `marker`, or up to the end if it does not come.
  Task<std::string> receive_through(std::string marker) {
    std::string text;
    char byte = 0;
    while (!text.ends_with(marker)) {
      auto [ec, count] = co_await tls.async_read_some(boost::asio::buffer(&byte, 1), kAwait);
      error = ec;
      if (ec) break;
      text += byte;
    }
    co_return text;
  }

  /// Everything up to the end; `error` says which kind of end it was.
  Task<std::string> receive_all() {
    std::string text;
    auto [ec, count] = co_await boost::asio::async_read(tls, boost::asio::dynamic_buffer(text), kAwait);
    error = ec;
    co_return text;
  }

  Raw raw;
  boost::asio::ssl::context context;
  boost::asio::ssl::stream<TcpSocket&> tls;
  boost::system::error_code error;
};

}  // namespace harness
