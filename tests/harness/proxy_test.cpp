// A recorder as a forward proxy: what is intercepted is recorded, all else passes, and nonsense is refused.
#include "harness/proxy.h"

#include <openssl/bio.h>

#include "harness/http_client.h"
#include "proxy_fixture.h"

namespace harness {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST_F(ProxyTest, GraphIsRecordedAsIfItHadBeenCalledDirectly) {
  start();
  EXPECT_THAT(ask(kGraphHost, kLastGet), EndsWith("graph GET /v1.0/me "));
  const corpus::Session session = finish();
  ASSERT_EQ(session.exchanges.size(), 1);
  EXPECT_EQ(session.exchanges[0].leg, corpus::Leg::graph);
  EXPECT_EQ(session.exchanges[0].request.target, "/v1.0/me");
  EXPECT_EQ(session.exchanges[0].response()->body, "graph GET /v1.0/me ");
  EXPECT_EQ(recorder_->count().graph, 1);
}

TEST_F(ProxyTest, OtherInterceptedHostKeepsItsNameInTheTarget) {
  start();
  EXPECT_THAT(ask(kLoginHost,
                  "POST /t/oauth2/v2.0/token HTTP/1.1\r\nHost: login.microsoftonline.com\r\n"
                  "Content-Length: 3\r\nConnection: close\r\n\r\na=b"),
              EndsWith("login POST /t/oauth2/v2.0/token a=b"));
  const corpus::Session session = finish();
  ASSERT_EQ(session.exchanges.size(), 1);
  EXPECT_EQ(session.exchanges[0].leg, corpus::Leg::graph);
  EXPECT_EQ(session.exchanges[0].request.target, "https://login.microsoftonline.com/t/oauth2/v2.0/token");
}

TEST_F(ProxyTest, ManyRequestsOnOneConnection) {
  start();
  const std::string answers =
      ask(kGraphHost, std::string("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n") +
                          "POST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx" + kLastGet);
  EXPECT_THAT(answers, HasSubstr("graph GET /1 "));
  EXPECT_THAT(answers, HasSubstr("graph POST /2 x"));
  EXPECT_EQ(finish().exchanges.size(), 3);
}

TEST_F(ProxyTest, OfferOfH2IsAnsweredWithHttp11) {
  start();
  loop_.run([&]() -> Task<void> {
    TlsCaller caller(loop_.io, root_);
    caller.offer("\x02h2\x08http/1.1");
    co_await connect(caller.raw, "graph.microsoft.com:443");
    EXPECT_TRUE(co_await caller.shake_hands(kGraphHost));
    EXPECT_EQ(caller.chosen(), "http/1.1");
  });
}

// HTTP/1.0 has no Host; in HTTP/1.1 mitmproxy sends none to another proxy.
TEST_F(ProxyTest, ConnectNeedsNoHost) {
  start();
  for (const std::string version : {"HTTP/1.0", "HTTP/1.1"}) {
    loop_.run([&]() -> Task<void> {
      TlsCaller caller(loop_.io, root_);
      const std::string asked = "CONNECT graph.microsoft.com:443 " + version + "\r\n\r\n";
      co_await caller.raw.connect(recorder_->proxy_address());
      co_await caller.raw.send(asked);
      EXPECT_THAT(co_await caller.raw.receive_through("\r\n\r\n"), StartsWith("HTTP/1.1 200 ")) << version;
      EXPECT_TRUE(co_await caller.shake_hands(kGraphHost)) << caller.error.message();
      co_await caller.send(kLastGet);
      EXPECT_THAT(co_await caller.receive_all(), EndsWith("graph GET /v1.0/me "));
    });
  }
}

// A client may begin with TLS before it has been told that it may.
TEST_F(ProxyTest, HandshakeThatCameWithTheConnectIsTaken) {
  start();
  boost::asio::ssl::context context(boost::asio::ssl::context::tls_client);
  const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.native_handle()), SSL_free);
  BIO* const in = BIO_new(BIO_s_mem());
  BIO* const out = BIO_new(BIO_s_mem());
  SSL_set_bio(ssl.get(), in, out);
  SSL_set_tlsext_host_name(ssl.get(), kGraphHost);
  SSL_set_connect_state(ssl.get());
  const auto take = [&] {
    std::string bytes(BIO_ctrl_pending(out), '\0');
    BIO_read(out, bytes.data(), static_cast<int>(bytes.size()));
    return bytes;
  };
  SSL_do_handshake(ssl.get());
  std::string first = "CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: h\r\n\r\n" + take();
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(recorder_->proxy_address());
    co_await caller.send(first);
    co_await caller.receive_through("\r\n\r\n");
    while (SSL_do_handshake(ssl.get()) != 1) {
      const std::string byte = co_await caller.receive_bytes(1);
      if (byte.empty()) break;
      BIO_write(in, byte.data(), 1);
    }
    EXPECT_TRUE(SSL_is_init_finished(ssl.get()));
    SSL_write(ssl.get(), kLastGet, static_cast<int>(std::string_view(kLastGet).size()));
    std::string rest = take();
    co_await caller.send(rest);
    co_await caller.receive_all();
  });
  EXPECT_EQ(finish().exchanges.size(), 1);
}

TEST_F(ProxyTest, GarbageBehindAConnectHarmsNobodyElse) {
  start();
  EXPECT_THAT(say("CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: h\r\n\r\nSSH-2.0-x\r\n"),
              StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("no TLS handshake: ")));
  EXPECT_THAT(ask(kGraphHost, kLastGet), EndsWith("graph GET /v1.0/me "));
  EXPECT_EQ(recorder_->count().refused, 1);
}

TEST_F(ProxyTest, OtherHostIsReachedUntouchedAndUnrecorded) {
  const TestCertificate own = make_certificate("DNS:other.example");
  HttpServer other(loop_.io, {}, [this](corpus::Request request) { return answer("other", std::move(request)); });
  other.use_tls(server_context({write_file("o.pem", own.certificate), write_file("o.key", own.key)}).value());
  detours_.push_back({"other.example", *parse_url("https://" + other.listen("127.0.0.1", 0).value())});
  start();
  root_ = own.certificate;  // the certificate that arrives is its own, not one of ours
  EXPECT_THAT(ask("other.example", kLastGet), EndsWith("other GET /v1.0/me "));
  EXPECT_THAT(finish().exchanges, IsEmpty());
  EXPECT_THAT(notes_, IsEmpty());
}

TEST_F(ProxyTest, TunnelPassesAnEndOnInOneDirection) {
  RawListener other(loop_.io);
  start();
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await other.accept();
    const std::string all = co_await connection->receive_all();
    co_await connection->send("heard: " + all);
  });
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    EXPECT_THAT(co_await connect(caller, other.address()), StartsWith("HTTP/1.1 200 "));
    co_await caller.send("all I have to say");
    caller.socket.shutdown(TcpSocket::shutdown_send);
    EXPECT_EQ(co_await caller.receive_all(), "heard: all I have to say");
  });
}

TEST_F(ProxyTest, TunnelThroughWhichNothingPassesEnds) {
  RawListener other(loop_.io);
  HttpLimits limits;
  limits.tunnel = std::chrono::milliseconds(1);
  start(false, limits);
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await other.accept();
    co_await connection->receive_all();
  });
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await connect(caller, other.address());
    EXPECT_EQ(co_await caller.receive_all(), "");
  });
}

TEST_F(ProxyTest, OpenTunnelDoesNotHoldUpTheEnd) {
  RawListener other(loop_.io);
  start();
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await other.accept();
    co_await connection->receive_all();
  });
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await connect(caller, other.address());
    co_await recorder_->drain(std::chrono::hours(1));
    EXPECT_EQ(co_await caller.receive_all(), "");
  });
  EXPECT_TRUE(finish().end);
}

TEST_F(ProxyTest, OtherHostThatIsNotThereIsABadGateway) {
  start();
  std::string address;
  {
    RawListener gone(loop_.io);
    address = gone.address();
  }
  EXPECT_THAT(say("CONNECT " + address + " HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 502 Bad Gateway\r\n"));
  EXPECT_THAT(say("GET http://" + address + "/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 502 Bad Gateway\r\n"));
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("no way to " + address), HasSubstr("no answer from http://" + address)));
}

TEST_F(ProxyTest, OfflineRefusesOthersAndServesItsOwn) {
  start(true);
  EXPECT_THAT(say("CONNECT other.example:443 HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 403 Forbidden\r\n"));
  EXPECT_THAT(say("GET http://other.example/ HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 403 Forbidden\r\n"));
  EXPECT_THAT(notes_, ElementsAre(HasSubstr("403 CONNECT other.example:443: Rollcall is offline"),
                                  HasSubstr("403 GET http://other.example/: Rollcall is offline")));
  EXPECT_THAT(ask(kGraphHost, kLastGet), EndsWith("graph GET /v1.0/me "));
}

TEST_F(ProxyTest, PlainRequestToAnInterceptedHostIsRecorded) {
  start();
  const std::string rest = " HTTP/1.1\r\nHost: any\r\nConnection: close\r\n\r\n";
  EXPECT_THAT(say("GET http://graph.microsoft.com/v1.0/me" + rest), EndsWith("graph GET /v1.0/me "));
  EXPECT_THAT(say("GET http://login.microsoftonline.com/x?y" + rest), EndsWith("login GET /x?y "));
  const corpus::Session session = finish();
  ASSERT_EQ(session.exchanges.size(), 2);
  EXPECT_EQ(session.exchanges[0].request.target, "/v1.0/me");
  EXPECT_EQ(session.exchanges[1].request.target, "http://login.microsoftonline.com/x?y");
}

TEST_F(ProxyTest, PlainRequestToAnotherHostPassesUnrecorded) {
  detours_.push_back({"other.example", *parse_url(graph_url_)});
  start();
  EXPECT_THAT(say("GET http://other.example/a HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n"),
              EndsWith("graph GET /a "));
  EXPECT_THAT(finish().exchanges, IsEmpty());
}

TEST_F(ProxyTest, OddTargetsAreRefused) {
  start();
  const auto status = [&](const std::string& line) { return say(line + " HTTP/1.1\r\nHost: h\r\n\r\n").substr(0, 12); };
  for (const char* target : {"h", "h:0", "h:99999", "u@h:443", "[::1", "h%00:443", "h%0d:443", "https://h:443", "/"}) {
    EXPECT_EQ(status(std::string("CONNECT ") + target), "HTTP/1.1 400") << target;
  }
  EXPECT_EQ(status(std::string("CONNECT h\0:443", 14)), "HTTP/1.1 400");
  EXPECT_EQ(status("CONNECT h\r:443"), "HTTP/1.1 400");
  EXPECT_EQ(status("GET /v1.0/me"), "HTTP/1.1 400");
  EXPECT_EQ(status("GET http://u@graph.microsoft.com/"), "HTTP/1.1 400");
  EXPECT_EQ(notes_.size(), 13);
  EXPECT_EQ(recorder_->count().refused, 13);
  for (const std::string& note : notes_) EXPECT_EQ(note.find_first_of(std::string("\r\n\0", 3)), std::string::npos);
  EXPECT_THAT(ask(kGraphHost, kLastGet), EndsWith("graph GET /v1.0/me "));
  EXPECT_EQ(finish().exchanges.size(), 1);
}

TEST_F(ProxyTest, ItsOwnAddressIsNoTarget) {
  start();
  const std::string own = recorder_->proxy_address();
  const std::string by_name = "localhost" + own.substr(own.find(':'));
  const std::string forbidden = "HTTP/1.1 403 Forbidden\r\n";
  EXPECT_THAT(say("CONNECT " + own + " HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith(forbidden));
  EXPECT_THAT(say("CONNECT " + by_name + " HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith(forbidden));
  EXPECT_THAT(say("GET http://" + own + "/ HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith(forbidden));
  EXPECT_THAT(say("GET http://" + by_name + "/ HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
              StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_THAT(notes_, Contains(HasSubstr("403 CONNECT " + own)));
  EXPECT_THAT(notes_, Contains(HasSubstr("403 CONNECT " + by_name)));
}

TEST_F(ProxyTest, ConnectInsideAnInterceptedConnectionIsRefused) {
  start();
  EXPECT_THAT(ask(kGraphHost, "CONNECT other.example:443 HTTP/1.1\r\nHost: h\r\n\r\n"), StartsWith("HTTP/1.1 405 "));
}

// --- other protocols

constexpr const char* kUpgrade =
    "GET /socket HTTP/1.1\r\nHost: graph.microsoft.com\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Key: k\r\n\r\n";

TEST_F(ProxyTest, WebSocketPassesUnrecorded) {
  RawListener socket(loop_.io);
  graph_url_ = "http://" + socket.address();
  start();
  std::string asked;
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await socket.accept();
    asked = co_await connection->receive_request();
    co_await connection->send(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nfirst");
    const std::string frame = co_await connection->receive_bytes(4);
    co_await connection->send("echo " + frame);
  });
  const std::string answer = loop_.run([&]() -> Task<std::string> {
    TlsCaller caller(loop_.io, root_);
    co_await connect(caller.raw, "graph.microsoft.com:443");
    EXPECT_TRUE(co_await caller.shake_hands(kGraphHost));
    co_await caller.send(kUpgrade);
    std::string received = co_await caller.receive_through("first");
    co_await caller.send("ping");
    received += co_await caller.receive_through("echo ping");
    co_return received;
  });
  EXPECT_THAT(asked, HasSubstr("Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"));
  EXPECT_THAT(asked, HasSubstr("Sec-WebSocket-Key: k\r\n"));
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 101 Switching Protocols\r\n"));
  EXPECT_THAT(answer, EndsWith("firstecho ping"));
  EXPECT_THAT(notes_,
              ElementsAre(HasSubstr("https://graph.microsoft.com is asked for websocket, which is passed on and")));
  EXPECT_THAT(finish().exchanges, IsEmpty());
}

TEST_F(ProxyTest, UpgradeThatIsNotGrantedEndsWithTheAnswer) {
  start();
  EXPECT_THAT(ask(kGraphHost, std::string(kUpgrade) + kLastGet), EndsWith("graph GET /socket "));
}

TEST_F(ProxyTest, UpgradeOfAnUpstreamThatBreaksOffIsABadGateway) {
  RawListener socket(loop_.io);
  graph_url_ = "http://" + socket.address();
  start();
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await socket.accept();
    co_await connection->receive_request();
    co_await connection->send("HTTP/1.1 1");
  });
  EXPECT_THAT(ask(kGraphHost, kUpgrade), StartsWith("HTTP/1.1 502 Bad Gateway\r\n"));
}

}  // namespace
}  // namespace harness
