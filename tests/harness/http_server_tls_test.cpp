// A listener that speaks TLS: who gets in, who does not, and that the others do not notice.
#include <gmock/gmock.h>

#include "harness/http_client.h"
#include "harness/http_server.h"
#include "loopback.h"
#include "test_certificates.h"
#include "tls_caller.h"

namespace harness {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view kH2AndHttp11 = "\x02h2\x08http/1.1";
constexpr std::string_view kH2 = "\x02h2";
constexpr const char* kGet = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
constexpr const char* kLastGet = "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

class HttpServerTlsTest : public testing::Test {
 protected:
  void start(const HttpLimits& limits = {}) {
    auto made = CertificateAuthority::make();
    ASSERT_TRUE(made);
    root_ = made->certificate().value();
    authority_ = std::make_shared<const CertificateAuthority>(std::move(*made));
    server_.emplace(loop_.io, limits, [this](corpus::Request request) { return echo(std::move(request)); });
    server_->use_tls(server_context(authority_).value());
    server_->on_note([this](const std::string& note) { notes_.push_back(note); });
    const auto address = server_->listen("127.0.0.1", 0);
    ASSERT_TRUE(address);
    address_ = *address;
  }

  Task<std::optional<corpus::Response>> echo(corpus::Request request) {
    ++requests_;
    co_return response(200, {{"Content-Length", ""}}, request.body.empty() ? request.target : request.body);
  }

  HttpClient client(const std::string& host) {
    const Url url = *parse_url("https://" + host + address_.substr(std::string("127.0.0.1").size()));
    return HttpClient(loop_.io, url, {}, client_context(write_file("ca.pem", root_), {}).value());
  }

  std::string ask(HttpClient& client, const corpus::Request& request) {
    return loop_.run([&]() -> Task<std::string> {
      const corpus::Outcome outcome = co_await client.send(request);
      if (const auto* answered = std::get_if<corpus::Response>(&outcome)) co_return answered->body;
      co_return std::get<corpus::Failure>(outcome).reason + ": " + client.detail();
    });
  }

  void expect_others_served() {
    HttpClient other = client("localhost");
    EXPECT_EQ(ask(other, request("GET", "/others")), "/others");
  }

  // Sends these bytes where a handshake should be; what comes back.
  std::string garble(std::string bytes, bool leave = false) {
    return loop_.run([&]() -> Task<std::string> {
      Raw caller(loop_.io);
      co_await caller.connect(address_);
      co_await caller.send(bytes);
      if (leave) caller.socket.shutdown(TcpSocket::shutdown_send);
      std::string answer = co_await caller.receive_all();
      co_return answer;
    });
  }

  Loop loop_;
  std::shared_ptr<const CertificateAuthority> authority_;
  std::string root_;
  std::optional<HttpServer> server_;
  std::string address_;
  std::vector<std::string> notes_;
  int requests_ = 0;
};

TEST_F(HttpServerTlsTest, CertificateIsMadeForTheNameThatIsAskedFor) {
  start();
  HttpClient by_name = client("localhost");
  EXPECT_EQ(ask(by_name, request("GET", "/1")), "/1");
  EXPECT_EQ(ask(by_name, request("GET", "/2")), "/2");
  HttpClient by_address = client("127.0.0.1");
  EXPECT_EQ(ask(by_address, request("GET", "/3")), "/3");
  EXPECT_TRUE(notes_.empty()) << notes_.front();
}

TEST_F(HttpServerTlsTest, BodiesLargerThanAnyBufferPassBothWays) {
  start();
  HttpClient subject = client("localhost");
  std::string body(5'000'000, '\0');
  for (std::size_t at = 0; at < body.size(); ++at) body[at] = static_cast<char>(at * 7919 >> 3);
  EXPECT_TRUE(ask(subject, request("POST", "/", body)) == body);
  EXPECT_EQ(ask(subject, request("GET", "/then")), "/then");
}

TEST_F(HttpServerTlsTest, CertificateFromFiles) {
  const TestCertificate own = make_certificate("DNS:localhost");
  root_ = own.certificate;
  HttpServer server(loop_.io, {}, [this](corpus::Request request) { return echo(std::move(request)); });
  const CertificateFiles files{write_file("own.pem", own.certificate), write_file("own.key", own.key)};
  server.use_tls(server_context(files).value());
  address_ = server.listen("127.0.0.1", 0).value();
  HttpClient subject = client("localhost");
  EXPECT_EQ(ask(subject, request("GET", "/1")), "/1");
}

TEST_F(HttpServerTlsTest, FilesThatDoNotFitAreNamed) {
  const TestCertificate one = make_certificate("DNS:a"), other = make_certificate("DNS:a");
  const std::string certificate = write_file("a.pem", one.certificate), key = write_file("b.key", other.key);
  EXPECT_THAT(corpus::to_string(server_context({certificate, key}).error()),
              StartsWith(key + ": no key in PEM that fits the certificate in " + certificate));
  EXPECT_THAT(corpus::to_string(server_context({"/no/such.pem", key}).error()),
              StartsWith("/no/such.pem: no certificate in PEM"));
}

TEST_F(HttpServerTlsTest, OfferOfH2IsAnsweredWithHttp11) {
  start();
  const std::string answer = loop_.run([&]() -> Task<std::string> {
    TlsCaller caller(loop_.io, root_);
    caller.offer(kH2AndHttp11);
    co_await caller.raw.connect(address_);
    EXPECT_TRUE(co_await caller.shake_hands("localhost")) << caller.error.message();
    EXPECT_EQ(caller.chosen(), "http/1.1");
    co_await caller.send(kLastGet);
    std::string received = co_await caller.receive_all();
    EXPECT_EQ(caller.error, boost::asio::error::eof);  // the farewell was said
    co_return received;
  });
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
}

TEST_F(HttpServerTlsTest, OfferOfH2AloneIsRefused) {
  start();
  loop_.run([&]() -> Task<void> {
    TlsCaller caller(loop_.io, root_);
    caller.offer(kH2);
    co_await caller.raw.connect(address_);
    EXPECT_FALSE(co_await caller.shake_hands("localhost"));
    EXPECT_THAT(caller.error.message(), HasSubstr("no application protocol"));
  });
  expect_others_served();
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("no TLS handshake: no application protocol")));
}

TEST_F(HttpServerTlsTest, OldVersionsAreRefused) {
  start();
  loop_.run([&]() -> Task<void> {
    TlsCaller caller(loop_.io, "");
    SSL_set_security_level(caller.tls.native_handle(), 0);
    SSL_set_min_proto_version(caller.tls.native_handle(), TLS1_VERSION);
    SSL_set_max_proto_version(caller.tls.native_handle(), TLS1_1_VERSION);
    co_await caller.raw.connect(address_);
    EXPECT_FALSE(co_await caller.shake_hands("localhost"));
  });
  expect_others_served();
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("no TLS handshake: unsupported protocol")));
}

TEST_F(HttpServerTlsTest, GarbageInsteadOfAHandshakeIsLetGo) {
  start();
  garble(std::string("\x16\x03\x01\xff\xff garbage", 14) + std::string(70'000, '\xee'));
  garble("SSH-2.0-OpenSSH_9.2\r\n");
  expect_others_served();
  EXPECT_EQ(server_->refused(), 2);
  EXPECT_THAT(notes_, testing::Each(HasSubstr("no TLS handshake: ")));
}

TEST_F(HttpServerTlsTest, CallerThatLeavesEarlyIsLetGo) {
  start();
  garble("", true);
  garble("\x16\x03\x01", true);
  expect_others_served();
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("stream truncated"), HasSubstr("stream truncated")));
}

TEST_F(HttpServerTlsTest, SlowHandshakeIsLetGo) {
  start(short_limits());
  garble("\x16\x03\x01");
  expect_others_served();
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("no TLS handshake: it took too long")));
}

TEST_F(HttpServerTlsTest, PlainHttpIsToldThatThisIsTls) {
  start();
  const std::string answer = garble(kGet);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_THAT(answer, HasSubstr("rollcallTlsOnly"));
  expect_others_served();
  EXPECT_EQ(server_->refused(), 1);
  EXPECT_EQ(requests_, 1);
}

TEST_F(HttpServerTlsTest, CallerThatHasSaidAllStillGetsItsAnswer) {
  start();
  const std::string answer = loop_.run([&]() -> Task<std::string> {
    TlsCaller caller(loop_.io, root_);
    co_await caller.raw.connect(address_);
    EXPECT_TRUE(co_await caller.shake_hands("127.0.0.1")) << caller.error.message();
    co_await caller.send(kGet);
    caller.raw.socket.shutdown(TcpSocket::shutdown_send);
    std::string received = co_await caller.receive_all();
    co_return received;
  });
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  expect_others_served();
}

TEST_F(HttpServerTlsTest, BrokenRequestIsRefusedInsideTls) {
  start();
  const std::string answer = loop_.run([&]() -> Task<std::string> {
    TlsCaller caller(loop_.io, root_);
    co_await caller.raw.connect(address_);
    EXPECT_TRUE(co_await caller.shake_hands("localhost"));
    co_await caller.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    std::string received = co_await caller.receive_all();
    co_return received;
  });
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("400 ")));
}

TEST_F(HttpServerTlsTest, CallerThatLeavesBeforeItsAnswerIsNoticed) {
  start();
  Timer left(loop_.io, Clock::time_point::max());
  bool told = false;
  HttpServer server(loop_.io, {}, HttpServer::CallHandler([&](Call& call) -> Task<void> {
                      call.when_caller_leaves([&] {
                        told = true;
                        left.cancel();
                      });
                      co_await left.async_wait(kAwait);
                    }));
  server.use_tls(server_context(authority_).value());
  const std::string address = server.listen("127.0.0.1", 0).value();
  loop_.run([&]() -> Task<void> {
    TlsCaller caller(loop_.io, root_);
    co_await caller.raw.connect(address);
    EXPECT_TRUE(co_await caller.shake_hands("localhost"));
    co_await caller.send(kGet);
    loop_.beside([&]() -> Task<void> { co_await caller.tls.async_shutdown(kAwait); });
    co_await left.async_wait(kAwait);
  });
  EXPECT_TRUE(told);
}

TEST_F(HttpServerTlsTest, FloodOfBadCallersDoesNotFillTheLog) {
  start();
  for (int caller = 0; caller < 120; ++caller) garble("\x16\x03\x01", true);
  EXPECT_EQ(server_->refused(), 120);
  EXPECT_EQ(notes_.size(), 101);
  EXPECT_THAT(notes_.back(), HasSubstr("counted, and not told of"));
}

// The upstream asks for a certificate, as a bot may that takes nobody but its gateway.
TEST_F(HttpServerTlsTest, ClientCertificateIsShownToWhoAsksForOne) {
  const TestCertificate own = make_certificate("DNS:client");
  start();
  TlsContext asking = server_context(authority_).value();
  SSL_CTX_set_verify(asking.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_load_verify_file(asking.get(), write_file("client.pem", own.certificate).c_str());
  HttpServer bot(loop_.io, {}, [this](corpus::Request request) { return echo(std::move(request)); });
  bot.use_tls(asking);
  const Url url = *parse_url("https://" + bot.listen("127.0.0.1", 0).value());
  const std::string ca = write_file("ca.pem", root_);
  const CertificateFiles files{write_file("client.pem", own.certificate), write_file("client.key", own.key)};
  HttpClient with(loop_.io, url, {}, client_context(ca, files).value());
  EXPECT_EQ(ask(with, request("GET", "/in")), "/in");
  HttpClient without(loop_.io, url, {}, client_context(ca, {}).value());
  EXPECT_THAT(ask(without, request("GET", "/in")), StartsWith("tls: "));
}

}  // namespace
}  // namespace harness
