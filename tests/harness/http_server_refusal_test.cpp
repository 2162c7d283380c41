// What the server answers by itself: each refusal has its status, says why in Graph's shape, and ends the connection.
#include <gmock/gmock.h>

#include "harness/http_server.h"
#include "loopback.h"

namespace harness {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class HttpServerRefusalTest : public testing::Test {
 protected:
  HttpServerRefusalTest()
      : server_(loop_.io, short_limits(),
                HttpServer::Handler([this](corpus::Request) -> Task<std::optional<corpus::Response>> {
                  ++handled_;
                  co_return response(200, {});
                })),
        address_(server_.listen("127.0.0.1", 0).value()) {}

  std::string talk(std::string bytes) {
    return loop_.run([&]() -> Task<std::string> {
      Raw caller(loop_.io);
      co_await caller.connect(address_);
      co_await caller.send(bytes);
      std::string answer = co_await caller.receive_all();
      co_return answer;
    });
  }

  void expect_refused(const std::string& answer, const std::string& status_line, const std::string& code) {
    EXPECT_THAT(answer, StartsWith(status_line + "\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\n\r\n{\"error\":{\"code\":\"" + code + "\",\"message\":\"Rollcall"));
    EXPECT_EQ(handled_, 0);
    EXPECT_EQ(server_.refused(), 1u);
  }

  Loop loop_;
  int handled_ = 0;
  HttpServer server_;
  std::string address_;
};

TEST_F(HttpServerRefusalTest, Malformed) {
  expect_refused(talk("nonsense\r\n\r\n"), "HTTP/1.1 400 Bad Request", "rollcallBadRequest");
}

TEST_F(HttpServerRefusalTest, LengthAndChunkedAtOnce) {
  expect_refused(talk("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                 "HTTP/1.1 400 Bad Request", "rollcallBadRequest");
}

TEST_F(HttpServerRefusalTest, TwoLengths) {
  expect_refused(talk("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nbody"),
                 "HTTP/1.1 400 Bad Request", "rollcallBadRequest");
}

TEST_F(HttpServerRefusalTest, UnknownTransferCoding) {
  expect_refused(talk("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
                 "HTTP/1.1 501 Not Implemented", "rollcallUnknownCoding");
}

TEST_F(HttpServerRefusalTest, HeaderTooLarge) {
  expect_refused(talk("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(5000, 'x') + "\r\n\r\n"),
                 "HTTP/1.1 431 Request Header Fields Too Large", "rollcallHeaderTooLarge");
}

TEST_F(HttpServerRefusalTest, BodyTooLargeIsHeardByACallerThatIsStillSending) {
  constexpr std::size_t kSize = 4 * 1024 * 1024;  // more than the sockets' buffers hold
  expect_refused(talk("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(kSize) + "\r\n\r\n" +
                      std::string(kSize, 'x')),
                 "HTTP/1.1 413 Content Too Large", "rollcallBodyTooLarge");
}

TEST_F(HttpServerRefusalTest, ChunkedBodyTooLarge) {
  std::string bytes = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int chunk = 0; chunk < 9; ++chunk) bytes += "2000\r\n" + std::string(0x2000, 'x') + "\r\n";
  expect_refused(talk(bytes), "HTTP/1.1 413 Content Too Large", "rollcallBodyTooLarge");
}

TEST_F(HttpServerRefusalTest, HeaderThatNeverEnds) {
  expect_refused(talk("GET / HTTP/1.1\r\nHost: h\r\n"), "HTTP/1.1 408 Request Timeout", "rollcallSlowRequest");
}

TEST_F(HttpServerRefusalTest, BodyThatNeverEnds) {
  expect_refused(talk("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbod"), "HTTP/1.1 408 Request Timeout",
                 "rollcallSlowRequest");
}

TEST_F(HttpServerRefusalTest, Tunnel) {
  expect_refused(talk("CONNECT graph.microsoft.com:443 HTTP/1.1\r\nHost: graph.microsoft.com:443\r\n\r\n"),
                 "HTTP/1.1 405 Method Not Allowed", "rollcallNoTunnel");
}

TEST_F(HttpServerRefusalTest, RequestBeforeABadOneIsAnswered) {
  const std::string answers = talk("GET / HTTP/1.1\r\nHost: h\r\n\r\nnonsense\r\n\r\n");
  EXPECT_THAT(answers, StartsWith("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 400 Bad Request\r\n"));
  EXPECT_EQ(handled_, 1);
}

}  // namespace
}  // namespace harness
