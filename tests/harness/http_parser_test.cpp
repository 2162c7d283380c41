#include "harness/http_parser.h"

#include <gmock/gmock.h>

#include "corpus/exchange.h"

namespace harness {
namespace {

constexpr std::size_t kHeader = 1024;
constexpr std::size_t kBody = 1024;

// Feeds in pieces as a connection does: what is not taken comes again with more behind it.
template <typename Message>
ParseFault feed(MessageParser<Message>& parser, std::string_view bytes, std::size_t piece,
                std::string* rest = nullptr) {
  std::string waiting;
  while (!bytes.empty() && parser.fault() == ParseFault::none && !parser.done()) {
    waiting += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    waiting.erase(0, parser.feed(waiting));
  }
  if (rest) *rest = waiting + std::string(bytes);
  return parser.fault();
}

ParseFault fault_of_request(std::string_view bytes) {
  corpus::Request message;
  RequestParser parser;
  parser.start(message, kHeader, kBody);
  return feed(parser, bytes, bytes.size());
}

ParseFault fault_of_response(std::string_view bytes) {
  corpus::Response message;
  ResponseParser parser;
  parser.start(message, kHeader, kBody);
  return feed(parser, bytes, bytes.size());
}

TEST(HttpParser, RequestInPiecesOfAnySize) {
  const std::string input =
      "POST /a?b HTTP/1.1\r\nHost: h\r\nX-Twice: 1\r\nx-tWICE:   2  \r\nContent-Length: 5\r\n\r\n" +
      std::string("hel\0o", 5);
  for (std::size_t piece = 1; piece <= input.size(); ++piece) {
    corpus::Request message;
    RequestParser parser;
    parser.start(message, kHeader, kBody);
    ASSERT_EQ(feed(parser, input, piece), ParseFault::none) << piece;
    ASSERT_TRUE(parser.done());
    EXPECT_EQ(message.method, "POST");
    EXPECT_EQ(message.target, "/a?b");
    EXPECT_EQ(message.headers,
              (corpus::Headers{{"Host", "h"}, {"X-Twice", "1"}, {"x-tWICE", "2"}, {"Content-Length", "5"}}));
    EXPECT_EQ(message.body, std::string("hel\0o", 5));
  }
}

TEST(HttpParser, ChunkedInPiecesOfAnySizeWithoutTrailers) {
  const std::string input =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
      "Chunked\r\n\r\n3;ext=\"1\"\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Trailer: 1\r\n\r\n";
  for (std::size_t piece = 1; piece <= input.size(); ++piece) {
    corpus::Request message;
    RequestParser parser;
    parser.start(message, kHeader, kBody);
    ASSERT_EQ(feed(parser, input, piece), ParseFault::none) << piece;
    ASSERT_TRUE(parser.done()) << piece;
    EXPECT_EQ(message.body, "abc0123456789");
    EXPECT_EQ(message.headers.size(), 2u);
  }
}

TEST(HttpParser, NextMessageOverwritesTheOneBefore) {
  corpus::Request message;
  RequestParser parser;
  parser.start(message, kHeader, kBody);
  std::string rest;
  feed(parser,
       "PUT /one HTTP/1.1\r\nHost: h\r\nA: 1\r\nB: 2\r\nContent-Length: 3\r\n\r\nabcGET /two HTTP/1.1\r\nHost: "
       "g\r\n\r\n",
       1000, &rest);
  ASSERT_TRUE(parser.done());
  parser.start(message, kHeader, kBody);
  feed(parser, rest, 1000);
  ASSERT_TRUE(parser.done());
  EXPECT_EQ(message.target, "/two");
  EXPECT_EQ(message.headers, (corpus::Headers{{"Host", "g"}}));
  EXPECT_EQ(message.body, "");
}

TEST(HttpParser, RefusesWhatTwoReadersCouldTakeInTwoWays) {
  for (const char* bytes : {
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1, 1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0x1\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551616\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
           "POST / HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
           "GET / HTTP/1.1\r\n\r\n",
           "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
           "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
           "GET / HTTP/1.1\nHost: a\n\n",
           "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
           "\x16\x03\x01\x02\x01\x01\xfc\x03\x03",  // a TLS greeting on a plain port
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
           "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n",
       }) {
    EXPECT_EQ(fault_of_request(bytes), ParseFault::malformed) << bytes;
  }
}

TEST(HttpParser, PassesOverAFewEmptyLinesBeforeARequest) {
  corpus::Request request;
  RequestParser parser;
  parser.start(request, 1000, 1000);
  const std::string bytes = "\r\n\r\nGET /x HTTP/1.1\r\nHost: h\r\n\r\n";
  EXPECT_EQ(parser.feed(bytes), bytes.size());
  EXPECT_TRUE(parser.done());
  EXPECT_EQ(request.target, "/x");
  EXPECT_EQ(fault_of_request("\r\n\r\n\r\n\r\n\r\n" + bytes), ParseFault::malformed);
  parser.start(request, 1000, 1000);
  EXPECT_EQ(parser.feed("\r"), 0u) << "what comes next decides";
  EXPECT_EQ(parser.feed(bytes), bytes.size());
  EXPECT_TRUE(parser.done());
}

TEST(HttpParser, NamesATransferCodingThatItDoesNotKnow) {
  for (const char* coding : {"gzip", "gzip, chunked", "chunked, gzip", "identity"}) {
    EXPECT_EQ(fault_of_request(std::string("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: ") + coding + "\r\n\r\n"),
              ParseFault::unknown_coding)
        << coding;
  }
}

TEST(HttpParser, LimitsTheHeaderAsAWhole) {
  const std::string start = "GET / HTTP/1.1\r\nHost: h\r\n";
  EXPECT_EQ(fault_of_request("GET /" + std::string(kHeader, 'a')), ParseFault::header_too_large);
  EXPECT_EQ(fault_of_request(start + "X: " + std::string(kHeader, 'a') + "\r\n\r\n"), ParseFault::header_too_large);
  std::string many = start;
  for (int field = 0; field < 200; ++field) many += "X-Y: 0123456789\r\n";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{100}, many.size()}) {
    corpus::Request message;
    RequestParser parser;
    parser.start(message, kHeader, kBody);
    EXPECT_EQ(feed(parser, many, piece), ParseFault::header_too_large) << piece;
  }
}

TEST(HttpParser, LimitsLinesOfChunksAndTrailers) {
  const std::string start = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(fault_of_request(start + "1;" + std::string(2 * kHeader, 'x')), ParseFault::header_too_large);
  EXPECT_EQ(fault_of_request(start + "0\r\nX: " + std::string(2 * kHeader, 'x')), ParseFault::header_too_large);
}

TEST(HttpParser, LimitsTheBodyInEitherFraming) {
  EXPECT_EQ(fault_of_request("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1025\r\n\r\n"), ParseFault::body_too_large);
  EXPECT_EQ(fault_of_request("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n401\r\n"),
            ParseFault::body_too_large);
  EXPECT_EQ(fault_of_response("HTTP/1.1 200 OK\r\n\r\n" + std::string(1025, 'x')), ParseFault::body_too_large);
}

TEST(HttpParser, RefusesBadAnswers) {
  for (const char* bytes :
       {"nonsense\r\n\r\n", "HTTP/1.1 OK\r\n\r\n", "HTTP/3.0 200 OK\r\n\r\n", "HTTP/1.1 099 Low\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"}) {
    EXPECT_EQ(fault_of_response(bytes), ParseFault::malformed) << bytes;
  }
}

TEST(HttpParser, AnswerWithoutContentEndsWithItsHeader) {
  for (const char* bytes : {"HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
                            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"}) {
    corpus::Response message;
    ResponseParser parser;
    parser.start(message, kHeader, kBody);
    feed(parser, bytes, 1000);
    EXPECT_TRUE(parser.done()) << bytes;
    EXPECT_TRUE(parser.keep_alive()) << bytes;
  }
}

TEST(HttpParser, AnswerDelimitedByClose) {
  corpus::Response message;
  ResponseParser parser;
  parser.start(message, kHeader, kBody);
  feed(parser, "HTTP/1.0 200 OK\r\n\r\nsome", 7);
  EXPECT_FALSE(parser.done());
  EXPECT_TRUE(parser.feed_end());
  EXPECT_EQ(message.body, "some");
  EXPECT_FALSE(parser.keep_alive());
}

TEST(HttpParser, EndInTheMiddleIsNoAnswer) {
  for (const char* bytes :
       {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nA: b\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"}) {
    corpus::Response message;
    ResponseParser parser;
    parser.start(message, kHeader, kBody);
    feed(parser, bytes, 1000);
    EXPECT_FALSE(parser.feed_end()) << bytes;
  }
}

TEST(HttpParser, KeepAliveByVersionAndConnection) {
  const auto keeps = [](const char* bytes) {
    corpus::Request message;
    RequestParser parser;
    parser.start(message, kHeader, kBody);
    feed(parser, bytes, 1000);
    return parser.done() && parser.keep_alive();
  };
  EXPECT_TRUE(keeps("GET / HTTP/1.1\r\nHost: h\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\nHost: h\r\nConnection: X, Close\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(keeps("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
}

}  // namespace
}  // namespace harness
