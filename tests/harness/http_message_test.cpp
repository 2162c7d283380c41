#include "harness/http_message.h"

#include <gmock/gmock.h>

#include "loopback.h"

namespace harness {
namespace {

std::string wire(const corpus::Request& request, const char* upstream = "http://bot:3978") {
  std::string bytes;
  append_request(bytes, request, *parse_url(upstream));
  return bytes;
}

std::string wire(const corpus::Response& response, const Framing& framing = {}) {
  std::string bytes;
  append_response(bytes, response, framing);
  return bytes;
}

TEST(HttpMessage, RequestKeepsFieldsInOrderAndSpelling) {
  corpus::Request message = request("POST", "/api/calls?a=%20b", "{}");
  message.headers = {
      {"x-First", "1"}, {"Host", "recorder:1"}, {"X-TWICE", "a"}, {"content-length", "2"}, {"x-twice", "b"}};
  EXPECT_EQ(wire(message),
            "POST /api/calls?a=%20b HTTP/1.1\r\nx-First: 1\r\nHost: bot:3978\r\nX-TWICE: a\r\ncontent-length: 2\r\n"
            "x-twice: b\r\n\r\n{}");
}

TEST(HttpMessage, RequestLeavesConnectionFieldsBehind) {
  corpus::Request message = request("GET", "/");
  for (const char* name : {"Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Upgrade",
                           "Proxy-Authorization", "Proxy-Authenticate", "Expect"}) {
    message.headers.push_back({name, "x"});
  }
  EXPECT_EQ(wire(message), "GET / HTTP/1.1\r\nHost: bot:3978\r\n\r\n");
}

TEST(HttpMessage, RequestLeavesBehindWhatConnectionNames) {
  corpus::Request message = request("GET", "/");
  message.headers = {
      {"X-Mine", "1"}, {"Host", "h"}, {"Connection", "close, x-mine ,X-Other"}, {"x-other", "2"}, {"X-Stays", "3"}};
  EXPECT_EQ(wire(message), "GET / HTTP/1.1\r\nHost: bot:3978\r\nX-Stays: 3\r\n\r\n");
}

TEST(HttpMessage, RequestChunkedStaysChunked) {
  const auto message = with(request("POST", "/", "0123456789abcdef!"), "Transfer-Encoding", "chunked");
  EXPECT_EQ(
      wire(message),
      "POST / HTTP/1.1\r\nHost: bot:3978\r\nTransfer-Encoding: chunked\r\n\r\n11\r\n0123456789abcdef!\r\n0\r\n\r\n");
}

TEST(HttpMessage, RequestEmptyChunkedHasOnlyTheLastChunk) {
  const auto message = with(request("POST", "/"), "Transfer-Encoding", "chunked");
  EXPECT_THAT(wire(message), testing::EndsWith("chunked\r\n\r\n0\r\n\r\n"));
}

TEST(HttpMessage, RequestLengthIsThatOfTheBody) {
  EXPECT_THAT(wire(with(request("POST", "/", "four"), "Content-Length", "99")),
              testing::HasSubstr("\r\nContent-Length: 4\r\n"));
  EXPECT_THAT(wire(request("POST", "/", "four")), testing::HasSubstr("\r\nContent-Length: 4\r\n"));
  EXPECT_THAT(wire(request("POST", "/")), testing::Not(testing::HasSubstr("Content-Length")));
  EXPECT_THAT(wire(with(request("POST", "/"), "Content-Length", "0")), testing::HasSubstr("Content-Length: 0\r\n"));
}

TEST(HttpMessage, RequestTargetGoesBelowThePathOfTheBase) {
  EXPECT_THAT(wire(request("GET", "/a?b"), "http://h/base"), testing::StartsWith("GET /base/a?b HTTP/1.1\r\n"));
  EXPECT_THAT(wire(request("GET", "http://any/a?b")), testing::StartsWith("GET /a?b HTTP/1.1\r\n"));
  EXPECT_THAT(wire(request("GET", "HTTP://any")), testing::StartsWith("GET / HTTP/1.1\r\n"));
  EXPECT_THAT(wire(request("GET", "http://any?b")), testing::StartsWith("GET /?b HTTP/1.1\r\n"));
  EXPECT_THAT(wire(request("OPTIONS", "*"), "http://h/base"), testing::StartsWith("OPTIONS * HTTP/1.1\r\n"));
}

TEST(HttpMessage, RequestWithoutHostGetsOne) {
  corpus::Request message = request("GET", "/");
  message.headers.clear();
  EXPECT_EQ(wire(message), "GET / HTTP/1.1\r\nHost: bot:3978\r\n\r\n");
}

TEST(HttpMessage, ResponseKeepsFieldsAndFraming) {
  EXPECT_EQ(wire(response(200, {{"x-A", "1"}, {"content-length", "7"}, {"X-a", "2"}}, "{\"a\":1}")),
            "HTTP/1.1 200 OK\r\nx-A: 1\r\ncontent-length: 7\r\nX-a: 2\r\n\r\n{\"a\":1}");
  EXPECT_EQ(wire(response(200, {{"Transfer-Encoding", "chunked"}, {"X", "1"}}, "abc")),
            "HTTP/1.1 200 OK\r\nX: 1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
}

TEST(HttpMessage, ResponseToAnOldCallerIsNotChunked) {
  EXPECT_EQ(wire(response(200, {{"Transfer-Encoding", "chunked"}}, "abc"), {.http_1_0 = true, .keep_alive = false}),
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc");
  EXPECT_THAT(wire(response(200, {}, "abc"), {.http_1_0 = true}), testing::HasSubstr("Connection: keep-alive\r\n"));
}

TEST(HttpMessage, ResponseThatWasDelimitedByCloseGetsALength) {
  EXPECT_EQ(wire(response(200, {{"Connection", "close"}}, "abc")), "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(wire(response(202, {})), "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
}

TEST(HttpMessage, ResponseWithoutContentSendsNone) {
  EXPECT_EQ(wire(response(204, {{"Content-Length", "0"}})), "HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(wire(response(304, {{"Content-Length", "9"}})), "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n");
  EXPECT_EQ(wire(response(200, {{"Content-Length", "9"}}), {.head = true}),
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
  EXPECT_EQ(wire(response(200, {}), {.head = true}), "HTTP/1.1 200 OK\r\n\r\n");
}

TEST(HttpMessage, ErrorHasTheShapeOfGraph) {
  const auto error = error_response(502, "someCode", "a \"quoted\" reason");
  EXPECT_EQ(error.status, 502);
  EXPECT_EQ(error.body, R"({"error":{"code":"someCode","message":"a \"quoted\" reason"}})");
  EXPECT_EQ(find_header(error.headers, "content-type"), "application/json");
}

TEST(HttpMessage, FindsFieldsWithoutRegardToCase) {
  const corpus::Headers headers{{"X-One", "1"}, {"x-one", "2"}};
  EXPECT_EQ(find_header(headers, "X-ONE"), "1");
  EXPECT_EQ(find_header(headers, "X-On"), std::nullopt);
}

}  // namespace
}  // namespace harness
