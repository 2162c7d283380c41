// Upstreams behind TLS: whom the client trusts, and what the end of a connection means.
#include <gmock/gmock.h>

#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include "harness/http_client.h"
#include "harness/upstream.h"
#include "loopback.h"
#include "test_certificates.h"

namespace harness {
namespace {

namespace asio = boost::asio;

class HttpClientTlsTest : public testing::Test {
 protected:
  // One connection of an upstream with that certificate, which answers once for each of `answers`.
  void serve(const TestCertificate& certificate, std::vector<std::string> answers, bool farewell = true) {
    loop_.beside([this, certificate, answers, farewell]() -> Task<void> {
      auto raw = co_await listener_.accept();
      asio::ssl::context context(asio::ssl::context::tls_server);
      context.use_certificate_chain(asio::buffer(certificate.certificate));
      context.use_private_key(asio::buffer(certificate.key), asio::ssl::context::pem);
      asio::ssl::stream<TcpSocket&> tls(raw->socket, context);
      SSL_CTX_set_tlsext_servername_callback(context.native_handle(), &HttpClientTlsTest::note_name);
      SSL_CTX_set_tlsext_servername_arg(context.native_handle(), this);
      auto [ec] = co_await tls.async_handshake(asio::ssl::stream_base::server, kAwait);
      if (ec) co_return;
      std::string received;
      for (const std::string& answer : answers) {
        auto [read_error, count] =
            co_await asio::async_read_until(tls, asio::dynamic_buffer(received), "\r\n\r\n", kAwait);
        if (read_error) co_return;
        received.clear();
        ++requests_;
        co_await asio::async_write(tls, asio::buffer(answer), kAwait);
      }
      if (farewell) co_await tls.async_shutdown(kAwait);
    });
  }

  static int note_name(SSL* ssl, int*, void* self) {
    const char* name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    static_cast<HttpClientTlsTest*>(self)->server_name_ = name ? name : "";
    return SSL_TLSEXT_ERR_OK;
  }

  HttpClient client(const std::string& host, const std::string& trusted, const HttpLimits& limits = {}) {
    const Url url = *parse_url("https://" + host + listener_.address().substr(std::string("127.0.0.1").size()));
    return HttpClient(loop_.io, url, limits,
                      trusted.empty() ? nullptr : client_context(write_file("pem", trusted), {}).value());
  }

  std::string outcome_of(HttpClient& client, const corpus::Request& request) {
    return loop_.run([&]() -> Task<std::string> {
      corpus::Request copy = request;
      const corpus::Outcome outcome = co_await client.send(std::move(copy));
      if (const auto* answered = std::get_if<corpus::Response>(&outcome)) co_return answered->body;
      co_return std::get<corpus::Failure>(outcome).reason;
    });
  }

  Loop loop_;
  RawListener listener_{loop_.io};
  std::string server_name_;
  int requests_ = 0;
};

constexpr const char* kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

TEST_F(HttpClientTlsTest, TrustedRootAndRightNameOnOneConnection) {
  const auto certificate = make_certificate("DNS:localhost");
  serve(certificate, {kOk, kOk});
  HttpClient subject = client("localhost", certificate.certificate);
  EXPECT_EQ(outcome_of(subject, request("POST", "/1")), "ok");
  EXPECT_EQ(outcome_of(subject, request("POST", "/2")), "ok");
  EXPECT_EQ(requests_, 2);
  EXPECT_EQ(server_name_, "localhost");
}

TEST_F(HttpClientTlsTest, AddressIsCheckedAndNotSentAsAName) {
  const auto certificate = make_certificate("IP:127.0.0.1");
  serve(certificate, {kOk});
  HttpClient subject = client("127.0.0.1", certificate.certificate);
  EXPECT_EQ(outcome_of(subject, request("GET", "/")), "ok");
  EXPECT_EQ(server_name_, "");
}

TEST_F(HttpClientTlsTest, UntrustedRootIsRefused) {
  serve(make_certificate("DNS:localhost"), {kOk});
  HttpClient subject = client("localhost", "");
  EXPECT_EQ(outcome_of(subject, request("GET", "/")), failure::kTls);
  EXPECT_THAT(subject.detail(), testing::HasSubstr("self-signed certificate"));
  EXPECT_EQ(requests_, 0);
}

TEST_F(HttpClientTlsTest, WrongNameIsRefused) {
  const auto certificate = make_certificate("DNS:other.example");
  serve(certificate, {kOk});
  HttpClient subject = client("localhost", certificate.certificate);
  EXPECT_EQ(outcome_of(subject, request("GET", "/")), failure::kTls);
  EXPECT_EQ(requests_, 0);
}

TEST_F(HttpClientTlsTest, ExpiredCertificateIsRefused) {
  const auto certificate = make_certificate("DNS:localhost", true);
  serve(certificate, {kOk});
  HttpClient subject = client("localhost", certificate.certificate);
  EXPECT_EQ(outcome_of(subject, request("GET", "/")), failure::kTls);
  EXPECT_THAT(subject.detail(), testing::HasSubstr("expired"));
}

TEST_F(HttpClientTlsTest, PlainUpstreamIsATlsFailure) {
  loop_.beside([&]() -> Task<void> {
    auto raw = co_await listener_.accept();
    co_await raw->send("HTTP/1.1 400 Bad Request\r\n\r\n");
    co_await raw->receive_all();
  });
  HttpClient subject = client("localhost", "");
  EXPECT_EQ(outcome_of(subject, request("GET", "/")), failure::kTls);
}

TEST_F(HttpClientTlsTest, HandshakeHasItsTime) {
  loop_.beside([&]() -> Task<void> {
    auto raw = co_await listener_.accept();
    co_await raw->receive_all();
  });
  HttpClient subject = client("localhost", "", short_limits());
  EXPECT_EQ(outcome_of(subject, request("GET", "/")), failure::kTimeout);
}

TEST_F(HttpClientTlsTest, FarewellOnAKeptConnectionIsNoticedBeforeItIsUsed) {
  const auto certificate = make_certificate("DNS:localhost");
  serve(certificate, {kOk});
  HttpClient subject = client("localhost", certificate.certificate);
  EXPECT_EQ(outcome_of(subject, request("POST", "/1")), "ok");
  loop_.io.restart();
  loop_.io.poll();  // the upstream says farewell behind its answer
  serve(certificate, {kOk});
  EXPECT_EQ(outcome_of(subject, request("POST", "/2")), "ok");
  EXPECT_EQ(requests_, 2);
}

TEST_F(HttpClientTlsTest, AnswerDelimitedByAFarewellIsWhole) {
  const auto certificate = make_certificate("DNS:localhost");
  serve(certificate, {"HTTP/1.1 200 OK\r\n\r\nall of it"});
  HttpClient subject = client("localhost", certificate.certificate);
  EXPECT_EQ(outcome_of(subject, request("GET", "/")), "all of it");
}

TEST_F(HttpClientTlsTest, AnswerDelimitedByACutIsNotWhole) {
  const auto certificate = make_certificate("DNS:localhost");
  serve(certificate, {"HTTP/1.1 200 OK\r\n\r\nall of it?"}, false);
  HttpClient subject = client("localhost", certificate.certificate);
  EXPECT_EQ(outcome_of(subject, request("GET", "/")), failure::kReset);
}

TEST_F(HttpClientTlsTest, FileOfRootsIsChecked) {
  EXPECT_TRUE(check_ca_file(write_file("good.pem", make_certificate("DNS:h").certificate)));
  const std::string bad = write_file("bad.pem", "no certificate");
  EXPECT_THAT(corpus::to_string(check_ca_file(bad).error()), testing::StartsWith(bad + ": no PEM certificates"));
  EXPECT_FALSE(check_ca_file("/no/such/file.pem"));
}

}  // namespace
}  // namespace harness
