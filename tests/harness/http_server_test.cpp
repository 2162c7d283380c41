#include "harness/http_server.h"

#include <gmock/gmock.h>

#include <set>

#include "loopback.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A server that tells what it was asked, and a caller who writes the bytes of a connection.
class HttpServerTest : public testing::Test {
 protected:
  HttpServer& serve(HttpServer::Handler handler, const HttpLimits& limits = {}) {
    server_.emplace(loop_.io, limits, std::move(handler));
    address_ = server_->listen("127.0.0.1", 0).value();
    return *server_;
  }

  HttpServer& serve_echo(const HttpLimits& limits = {}) {
    return serve(
        [](corpus::Request asked) -> Task<std::optional<corpus::Response>> {
          co_return response(200, {}, asked.method + " " + asked.target + " " + asked.body);
        },
        limits);
  }

  // What comes back until the server closes the connection.
  std::string talk(std::string bytes) {
    return loop_.run([&]() -> Task<std::string> {
      Raw caller(loop_.io);
      co_await caller.connect(address_);
      co_await caller.send(bytes);
      co_return co_await caller.receive_all();
    });
  }

  Loop loop_;
  std::optional<HttpServer> server_;
  std::string address_;
};

TEST_F(HttpServerTest, ListensOnARealPort) {
  serve_echo();
  EXPECT_THAT(address_, StartsWith("127.0.0.1:"));
  EXPECT_NE(address_, "127.0.0.1:0");
}

TEST_F(HttpServerTest, PortInUseIsAFault) {
  serve_echo();
  HttpServer second(loop_.io, {}, HttpServer::Handler());
  const auto heard = second.listen("127.0.0.1", parse_host_port(address_)->port);
  ASSERT_FALSE(heard);
  EXPECT_EQ(corpus::to_string(heard.error()), address_ + ": cannot listen: Address already in use");
}

TEST_F(HttpServerTest, ForeignHostIsAFault) {
  HttpServer server(loop_.io, {}, HttpServer::Handler());
  EXPECT_FALSE(server.listen("192.0.2.1", 0));
}

TEST_F(HttpServerTest, AnswersPipelinedRequestsInOrder) {
  serve_echo();
  EXPECT_EQ(talk("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\noneGET /b HTTP/1.1\r\nHost: h\r\n\r\n"
                 "PUT /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: "
                 "close\r\n\r\n2\r\nth\r\n3\r\nree\r\n0\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nPOST /a one"
            "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nGET /b "
            "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\nPUT /c three");
}

TEST_F(HttpServerTest, KeepsTheConnectionForRequestsOneByOne) {
  serve_echo();
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(address_);
    for (const char* target : {"/1", "/2", "/3"}) {
      const std::string bytes = std::string("GET ") + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
      co_await caller.send(bytes);
      const std::string header = co_await caller.receive_through("\r\n\r\n");
      EXPECT_THAT(header, HasSubstr("Content-Length: 7\r\n"));
      const std::string body = co_await caller.receive_bytes(7);
      EXPECT_EQ(body, std::string("GET ") + target + " ");
    }
  });
}

TEST_F(HttpServerTest, OldCallerIsAnsweredAndLeft) {
  serve_echo();
  EXPECT_EQ(talk("GET / HTTP/1.0\r\n\r\n"), "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nGET / ");
}

TEST_F(HttpServerTest, OldCallerThatAsksIsKept) {
  serve_echo();
  EXPECT_EQ(talk("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: keep-alive\r\n\r\nGET /1 "
            "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nConnection: close\r\n\r\nGET /2 ");
}

TEST_F(HttpServerTest, ExpectedContinueIsSentBeforeTheBody) {
  serve_echo();
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(address_);
    co_await caller.send(
        "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\nConnection: close\r\n\r\n");
    const std::string go = co_await caller.receive_through("\r\n\r\n");
    EXPECT_EQ(go, "HTTP/1.1 100 Continue\r\n\r\n");
    co_await caller.send("body");
    const std::string answer = co_await caller.receive_all();
    EXPECT_THAT(answer, testing::EndsWith("POST / body"));
  });
}

TEST_F(HttpServerTest, NoContinueForABodyThatIsThere) {
  serve_echo();
  EXPECT_THAT(
      talk("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody"),
      StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(HttpServerTest, HeadIsAnsweredWithoutContent) {
  serve([](corpus::Request) -> Task<std::optional<corpus::Response>> {
    co_return response(200, {{"Content-Length", "5"}}, "hello");
  });
  EXPECT_EQ(talk("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n");
}

TEST_F(HttpServerTest, NoAnswerClosesTheConnection) {
  serve([](corpus::Request) -> Task<std::optional<corpus::Response>> { co_return std::nullopt; });
  EXPECT_EQ(talk("GET / HTTP/1.1\r\nHost: h\r\n\r\n"), "");
}

TEST_F(HttpServerTest, ServesManyConnectionsAtOnce) {
  constexpr std::size_t kCallers = 200;
  std::size_t waiting = 0;
  Timer all_there(loop_.io, Clock::time_point::max());
  serve([&](corpus::Request asked) -> Task<std::optional<corpus::Response>> {
    if (++waiting == kCallers) all_there.cancel();
    if (waiting < kCallers) co_await all_there.async_wait(kAwait);
    co_return response(200, {}, asked.target);
  });
  std::multiset<std::string> answers;
  for (std::size_t caller = 0; caller < kCallers; ++caller) {
    loop_.beside([&, caller]() -> Task<void> {
      Raw raw(loop_.io);
      co_await raw.connect(address_);
      const std::string bytes = "GET /" + std::to_string(caller) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
      co_await raw.send(bytes);
      const std::string answer = co_await raw.receive_all();
      answers.insert(answer.substr(answer.rfind('/')));
      if (answers.size() == kCallers) loop_.io.stop();
    });
  }
  loop_.io.run_for(std::chrono::seconds(30));
  EXPECT_EQ(answers.size(), kCallers);
  EXPECT_EQ(answers.count("/0"), 1u);
  EXPECT_EQ(answers.count("/199"), 1u);
}

TEST_F(HttpServerTest, QuietConnectionIsClosedWithoutAWord) {
  HttpLimits limits;
  limits.idle = std::chrono::milliseconds(1);
  serve_echo(limits);
  EXPECT_EQ(talk(""), "");
  EXPECT_EQ(server_->refused(), 0u);
}

TEST_F(HttpServerTest, CallerThatDoesNotReadIsCut) {
  HttpLimits limits;
  limits.write = std::chrono::milliseconds(1);
  HttpServer& server = serve(
      [](corpus::Request) -> Task<std::optional<corpus::Response>> {
        co_return response(200, {}, std::string(32 * 1024 * 1024, 'x'));
      },
      limits);
  Raw caller(loop_.io);
  loop_.run([&]() -> Task<void> {
    co_await caller.connect(address_);
    co_await caller.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    // The connection is busy with its answer until it is given up: drain() tells when.
    const std::string some = co_await caller.receive_bytes(1);
    EXPECT_EQ(some, "H");
    EXPECT_TRUE(co_await server.drain(std::chrono::seconds(20)));
    const std::string rest = co_await caller.receive_all();
    EXPECT_LT(rest.size(), 32u * 1024 * 1024);
  });
}

TEST_F(HttpServerTest, DrainLetsARequestEndAndClosesQuietConnections) {
  Timer release(loop_.io, Clock::time_point::max());
  Timer entered(loop_.io, Clock::time_point::max());
  HttpServer& server = serve([&](corpus::Request asked) -> Task<std::optional<corpus::Response>> {
    entered.cancel();
    co_await release.async_wait(kAwait);
    co_return response(200, {}, asked.target);
  });
  loop_.run([&]() -> Task<void> {
    Raw quiet(loop_.io);
    Raw busy(loop_.io);
    co_await quiet.connect(address_);
    co_await busy.connect(address_);
    co_await busy.send("GET /busy HTTP/1.1\r\nHost: h\r\n\r\n");
    co_await entered.async_wait(kAwait);
    bool drained = false;
    loop_.beside([&]() -> Task<void> { drained = co_await server.drain(std::chrono::seconds(20)); });
    const std::string nothing = co_await quiet.receive_all();
    EXPECT_EQ(nothing, "");
    EXPECT_FALSE(drained);
    release.cancel();
    const std::string answer = co_await busy.receive_all();
    EXPECT_THAT(answer, testing::EndsWith("/busy"));
  });
}

TEST_F(HttpServerTest, TrimClosesQuietConnectionsButTheLast) {
  HttpServer& server = serve_echo();
  loop_.run([&]() -> Task<bool> {
    Raw first(loop_.io);
    Raw second(loop_.io);
    for (Raw* caller : {&first, &second}) {
      co_await caller->connect(address_);
      co_await caller->send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n");
      co_await caller->receive_through("GET /1 ");
    }
    server.trim(1);
    const std::string left = co_await first.receive_all();
    EXPECT_EQ(left, "");
    co_await second.send("GET /2 HTTP/1.0\r\n\r\n");
    const std::string answer = co_await second.receive_all();
    EXPECT_THAT(answer, HasSubstr("GET /2 "));
    co_return true;
  });
}

TEST_F(HttpServerTest, DrainGivesUpAfterItsGrace) {
  Timer never(loop_.io, Clock::time_point::max());
  Timer entered(loop_.io, Clock::time_point::max());
  HttpServer& server = serve([&](corpus::Request) -> Task<std::optional<corpus::Response>> {
    entered.cancel();
    co_await never.async_wait(kAwait);
    co_return std::nullopt;
  });
  loop_.run([&]() -> Task<void> {
    Raw busy(loop_.io);
    co_await busy.connect(address_);
    co_await busy.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    co_await entered.async_wait(kAwait);
    EXPECT_FALSE(co_await server.drain(std::chrono::milliseconds(1)));
  });
}

TEST_F(HttpServerTest, MayBeDestroyedWhileAHandlerRuns) {
  Timer release(loop_.io, Clock::time_point::max());
  Timer entered(loop_.io, Clock::time_point::max());
  bool ended = false;
  serve([&](corpus::Request) -> Task<std::optional<corpus::Response>> {
    entered.cancel();
    co_await release.async_wait(kAwait);
    ended = true;
    co_return response(200, {}, "too late");
  });
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(address_);
    co_await caller.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    co_await entered.async_wait(kAwait);
    server_.reset();
    release.cancel();
    const std::string nothing = co_await caller.receive_all();
    EXPECT_EQ(nothing, "");
    EXPECT_TRUE(ended);
  });
}

TEST_F(HttpServerTest, TellsWhenTheCallerLeaves) {
  Timer left(loop_.io, Clock::time_point::max());
  Timer entered(loop_.io, Clock::time_point::max());
  bool told = false;
  HttpServer server(loop_.io, {}, HttpServer::CallHandler([&](Call& call) -> Task<void> {
                      call.when_caller_leaves([&] {
                        told = true;
                        left.cancel();
                      });
                      entered.cancel();
                      co_await left.async_wait(kAwait);
                    }));
  address_ = server.listen("127.0.0.1", 0).value();
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(address_);
    co_await caller.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    co_await entered.async_wait(kAwait);
    caller.socket.close();
    EXPECT_TRUE(co_await server.drain(std::chrono::seconds(20)));
  });
  EXPECT_TRUE(told);
}

}  // namespace
}  // namespace harness
