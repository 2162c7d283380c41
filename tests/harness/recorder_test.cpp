#include "harness/recorder.h"

#include <gmock/gmock.h>

#include "recorder_fixture.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(RecorderTest, PassesARequestOnAndWritesItDown) {
  start();
  play(bot_, "HTTP/1.1 200 OK\r\nX-Bot: 1\r\nContent-Length: 11\r\n\r\n{\"ok\": true");
  const std::string answer = call(recorder_->webhook_address(),
                                  "POST /api/calls?a=1 HTTP/1.1\r\nhost: callbacks.example\r\nX-a: 1\r\nx-A: 2\r\n"
                                  "Connection: close, X-Hop\r\nX-Hop: 1\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
  EXPECT_EQ(answer, "HTTP/1.1 200 OK\r\nX-Bot: 1\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"ok\": true");
  EXPECT_EQ(seen_[0], "POST /api/calls?a=1 HTTP/1.1\r\nhost: " + bot_.address() +
                          "\r\nX-a: 1\r\nx-A: 2\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
  const corpus::Session session = finish();
  ASSERT_EQ(session.exchanges.size(), 1u);
  const corpus::Exchange& exchange = session.exchanges[0];
  EXPECT_EQ(exchange.number, 1);
  EXPECT_EQ(exchange.leg, corpus::Leg::webhook);
  EXPECT_EQ(exchange.request.target, "/api/calls?a=1");
  EXPECT_EQ(exchange.request.headers, (corpus::Headers{{"host", "callbacks.example"},
                                                       {"X-a", "1"},
                                                       {"x-A", "2"},
                                                       {"Connection", "close, X-Hop"},
                                                       {"X-Hop", "1"},
                                                       {"Content-Length", "7"}}));
  EXPECT_EQ(exchange.request.body, "{\"a\":1}");
  ASSERT_NE(exchange.response(), nullptr);
  EXPECT_EQ(exchange.response()->headers, (corpus::Headers{{"X-Bot", "1"}, {"Content-Length", "11"}}));
  EXPECT_EQ(exchange.response()->body, "{\"ok\": true");
  EXPECT_GE(exchange.ended, exchange.sent);
  EXPECT_EQ(session.info.name, "test");
  EXPECT_EQ(session.info.bot, "http://" + bot_.address());
  EXPECT_EQ(session.info.graph, "http://" + graph_.address());
}

TEST_F(RecorderTest, BothLegsShareOneClockAndOneCount) {
  start();
  play(graph_, kAccepted);
  play(bot_, kAccepted);
  call(recorder_->graph_address(), "POST /v1.0/communications/calls HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  call(recorder_->webhook_address(), "POST /api/calls HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const corpus::Session session = finish();
  ASSERT_EQ(session.exchanges.size(), 2u);
  EXPECT_EQ(session.exchanges[0].leg, corpus::Leg::graph);
  EXPECT_EQ(session.exchanges[1].leg, corpus::Leg::webhook);
  EXPECT_EQ(session.exchanges[1].number, 2);
  EXPECT_GE(session.exchanges[1].sent, session.exchanges[0].ended);
  EXPECT_EQ(recorder_->count().webhook, 1);
  EXPECT_EQ(recorder_->count().graph, 1);
}

TEST_F(RecorderTest, ExchangeIsInTheFileBeforeItsCallerIsAnswered) {
  start();
  play(bot_, kAccepted);
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(recorder_->webhook_address());
    co_await caller.send("POST /now HTTP/1.1\r\nHost: h\r\n\r\n");
    const std::string answer = co_await caller.receive_through("\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("202"));
    EXPECT_THAT(file(), HasSubstr("\"target\":\"/now\""));
    EXPECT_THAT(file(), HasSubstr("\"status\":202"));
  });
}

TEST_F(RecorderTest, RequestWithoutAnAnswerYetReachesTheFile) {
  start();
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(recorder_->webhook_address());
    co_await caller.send("POST /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    auto connection = co_await bot_.accept();
    co_await connection->receive_request();
    while (file().find("/slow") == std::string::npos) {
      Timer next_look(loop_.io, std::chrono::milliseconds(1));
      co_await next_look.async_wait(kAwait);
    }
  });
}

// Bodies as they come on real and on bad days.
std::vector<std::pair<std::string, std::string>> odd_bodies() {
  using std::string_literals::operator""s;
  std::string large(10 * 1024 * 1024, 'x');
  for (std::size_t at = 0; at < large.size(); ++at) large[at] = static_cast<char>(at * 2654435761u >> 13);
  return {
      {"pretty", "{\n  \"a\": [ 1,\t2 ]\n}\n"},
      {"crlf", "{\r\n\"a\":1\r\n}\r\n"},
      {"bom", "\xEF\xBB\xBF{\"a\":1}"},
      {"invalid utf-8", "{\"a\":\"\xC3\x28\xFF\"}"},
      {"trailing comma", "{\"a\":1,}"},
      {"nul", "a\0b\0"s},
      {"empty", ""},
      {"gzip", "\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03\x4B\x04\x00\x43\xBE\xB7\xE8\x01\x00\x00\x00"s},
      {"10 MB", large},
  };
}

TEST_F(RecorderTest, BodiesPassByteForByteInBothDirections) {
  start();
  const auto bodies = odd_bodies();
  for (const auto& [name, body] : bodies) {
    const std::string length = "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    play(bot_, "HTTP/1.1 200 OK\r\n" + length + body);
    const std::string answer =
        call(recorder_->webhook_address(), "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + length + body);
    EXPECT_TRUE(answer.ends_with("\r\n\r\n" + body)) << name;
    EXPECT_TRUE(seen_.back().ends_with("\r\n\r\n" + body)) << name;
  }
  const corpus::Session session = finish();
  ASSERT_EQ(session.exchanges.size(), bodies.size());
  for (std::size_t at = 0; at < bodies.size(); ++at) {
    EXPECT_TRUE(session.exchanges[at].request.body == bodies[at].second) << bodies[at].first;
    EXPECT_TRUE(session.exchanges[at].response()->body == bodies[at].second) << bodies[at].first;
  }
}

TEST_F(RecorderTest, ChunkedStaysChunked) {
  start();
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await bot_.accept();
    const std::string asked = co_await connection->receive_through("0\r\n\r\n");
    EXPECT_THAT(asked, HasSubstr("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
    co_await connection->send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nby\r\n1\r\ne\r\n0\r\n\r\n");
  });
  const std::string answer =
      call(recorder_->webhook_address(),
           "POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
           "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(answer, testing::EndsWith("\r\n\r\n3\r\nbye\r\n0\r\n\r\n"));
  const corpus::Session session = finish();
  EXPECT_EQ(session.exchanges[0].request.body, "hello");
  EXPECT_EQ(session.exchanges[0].response()->body, "bye");
}

TEST_F(RecorderTest, HeadPassesWithTheLengthOfWhatIsNotSent) {
  start();
  play(graph_, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
  EXPECT_EQ(call(recorder_->graph_address(), "HEAD /v1.0/me HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(finish().exchanges[0].response()->body, "");
}

TEST_F(RecorderTest, ExpectationIsMetHereAndRecorded) {
  start();
  play(bot_, kAccepted);
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(recorder_->webhook_address());
    co_await caller.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    const std::string go = co_await caller.receive_through("\r\n\r\n");
    EXPECT_EQ(go, "HTTP/1.1 100 Continue\r\n\r\n");
    co_await caller.send("{}");
    const std::string answer = co_await caller.receive_through("\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("202"));
  });
  EXPECT_THAT(seen_[0], Not(HasSubstr("Expect")));
  EXPECT_EQ(find_header(finish().exchanges[0].request.headers, "Expect"), "100-continue");
}

TEST_F(RecorderTest, OldCallerGetsALengthForAChunkedAnswer) {
  start();
  play(bot_, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n");
  EXPECT_EQ(call(recorder_->webhook_address(), "GET / HTTP/1.0\r\nHost: h\r\n\r\n"),
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
}

TEST_F(RecorderTest, NoSecretReachesTheFile) {
  start();
  const std::string jwt = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJib3QifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
  const std::string token = "client_id=bot&client_secret=Very%2BSecret1&grant_type=client_credentials";
  const std::string granted = R"({"token_type":"Bearer","access_token":"opaque-access-token-1"})";
  play(graph_,
       "HTTP/1.1 200 OK\r\nSet-Cookie: x-ms-gateway=cookie-value-1; path=/\r\nContent-Type: "
       "application/json\r\nContent-Length: " +
           std::to_string(granted.size()) + "\r\n\r\n" + granted);
  const std::string answer =
      call(recorder_->graph_address(),
           "POST /tenant/oauth2/v2.0/token HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: "
           "application/x-www-form-urlencoded\r\nContent-Length: " +
               std::to_string(token.size()) + "\r\n\r\n" + token);
  EXPECT_THAT(answer, HasSubstr("opaque-access-token-1"));
  EXPECT_THAT(answer, HasSubstr("cookie-value-1"));
  EXPECT_THAT(seen_[0], HasSubstr("Very%2BSecret1"));
  play(graph_, kAccepted);
  call(recorder_->graph_address(),
       "GET /v1.0/me HTTP/1.1\r\nHost: h\r\nConnection: close\r\nCookie: a=cookie-value-1\r\nAuthorization: Bearer "
       "opaque-access-token-1\r\n\r\n");
  EXPECT_THAT(seen_[1], HasSubstr("Bearer opaque-access-token-1"));
  play(bot_, kAccepted);
  call(recorder_->webhook_address(),
       "POST /api/calls HTTP/1.1\r\nHost: h\r\nConnection: close\r\nAuthorization: Bearer " + jwt + "\r\n\r\n");
  EXPECT_THAT(seen_[2], HasSubstr(jwt));
  finish();
  for (const std::string& secret :
       {std::string("Very%2BSecret1"), std::string("Very+Secret1"), std::string("opaque-access-token-1"),
        std::string("cookie-value-1"), jwt, std::string("c2lnbmF0dXJlLW9mLXRoZS10b2tlbg")}) {
    EXPECT_THAT(file(), Not(HasSubstr(secret)));
  }
}

TEST_F(RecorderTest, ExchangesOverlap) {
  start();
  loop_.run([&]() -> Task<void> {
    Raw slow(loop_.io);
    Raw quick(loop_.io);
    co_await slow.connect(recorder_->webhook_address());
    co_await slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    auto first = co_await bot_.accept();
    co_await first->receive_request();
    co_await quick.connect(recorder_->webhook_address());
    co_await quick.send("GET /quick HTTP/1.1\r\nHost: h\r\n\r\n");
    auto second = co_await bot_.accept();
    co_await second->receive_request();
    co_await second->send(kAccepted);
    co_await quick.receive_through("\r\n\r\n");
    co_await first->send(kAccepted);
    co_await slow.receive_through("\r\n\r\n");
  });
  const corpus::Session session = finish();
  ASSERT_EQ(session.exchanges.size(), 2u);
  EXPECT_EQ(session.exchanges[0].request.target, "/slow");
  EXPECT_LT(session.exchanges[1].ended, session.exchanges[0].ended);
}

}  // namespace
}  // namespace harness
