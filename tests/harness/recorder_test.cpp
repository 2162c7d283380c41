#include "harness/recorder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "harness/upstream.h"
#include "loopback.h"
#include "test_certificates.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::Not;

// A recorder between callers and a bot that the test plays, and the file that comes of it.
class RecorderTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = write_file("session.jsonl", "");
    std::filesystem::remove(path_);
  }

  void start(const HttpLimits& limits = {}) {
    RecorderSettings settings;
    settings.bot = bot_.url();
    settings.graph = graph_.url();
    settings.webhook_listen = settings.graph_listen = {"127.0.0.1", 0};
    settings.path = path_;
    settings.name = "test";
    settings.limits = limits;
    auto started = Recorder::start(
        loop_.io, settings, [this](const corpus::Fault& fault) { fault_ = fault; },
        [this](const std::string& note) { notes_.push_back(note); });
    ASSERT_TRUE(started) << corpus::to_string(started.error());
    recorder_ = std::move(*started);
  }

  // The bot (or Graph) takes one request and answers with these bytes.
  void play(RawListener& listener, std::string answer) {
    loop_.beside([this, &listener, answer]() -> Task<void> {
      auto connection = co_await listener.accept();
      seen_.push_back(co_await connection->receive_request());
      co_await connection->send(answer);
    });
  }

  // Calls the recorder with these bytes; what comes back until it closes.
  std::string call(const std::string& address, std::string bytes) {
    return loop_.run([&]() -> Task<std::string> {
      Raw caller(loop_.io);
      co_await caller.connect(address);
      co_await caller.send(bytes);
      std::string answer = co_await caller.receive_all();
      co_return answer;
    });
  }

  corpus::Session finish() {
    EXPECT_TRUE(recorder_->finish());
    auto session = corpus::read_session(path_);
    EXPECT_TRUE(session);
    EXPECT_TRUE(session->damage.empty());
    EXPECT_TRUE(session->end);
    return std::move(*session);
  }

  std::string file() const {
    std::stringstream text;
    text << std::ifstream(path_, std::ios::binary).rdbuf();
    return text.str();
  }

  Loop loop_;
  RawListener bot_{loop_.io};
  RawListener graph_{loop_.io};
  std::string path_;
  std::unique_ptr<Recorder> recorder_;
  std::vector<std::string> seen_;
  std::vector<std::string> notes_;
  std::optional<corpus::Fault> fault_;
};

constexpr const char* kAccepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

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
  using namespace std::string_literals;
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

TEST_F(RecorderTest, RefusedUpstreamIsAFailureAndA502) {
  start();
  bot_.close();
  const std::string answer =
      call(recorder_->webhook_address(), "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 502 Bad Gateway\r\n"));
  EXPECT_THAT(answer,
              HasSubstr("{\"error\":{\"code\":\"rollcallUpstreamFailed\",\"message\":\"Rollcall got no answer from"));
  EXPECT_EQ(finish().exchanges[0].failure()->reason, failure::kRefused);
  ASSERT_EQ(notes_.size(), 1u);
  EXPECT_THAT(notes_[0], HasSubstr("refused"));
}

TEST_F(RecorderTest, StalledUpstreamIsATimeoutAndA504) {
  HttpLimits limits;
  limits.answer = std::chrono::milliseconds(50);
  start(limits);
  std::unique_ptr<Raw> held;
  loop_.beside([&]() -> Task<void> { held = co_await bot_.accept(); });
  const std::string answer =
      call(recorder_->webhook_address(), "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 504 Gateway Timeout\r\n"));
  EXPECT_EQ(finish().exchanges[0].failure()->reason, failure::kTimeout);
}

TEST_F(RecorderTest, ClosedAndBadAnswersAreFailures) {
  start();
  for (const char* bytes : {"", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", "nonsense\r\n\r\n"}) {
    play(bot_, bytes);
    EXPECT_THAT(call(recorder_->webhook_address(), "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"),
                HasSubstr(" 502 "));
  }
  const corpus::Session session = finish();
  EXPECT_EQ(session.exchanges[0].failure()->reason, failure::kClosed);
  EXPECT_EQ(session.exchanges[1].failure()->reason, failure::kClosed);
  EXPECT_EQ(session.exchanges[2].failure()->reason, failure::kBadAnswer);
}

TEST_F(RecorderTest, CallerThatLeavesEndsTheRequestToTheUpstream) {
  start();
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(recorder_->webhook_address());
    co_await caller.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    auto connection = co_await bot_.accept();
    co_await connection->receive_request();
    caller.socket.close();
    const std::string nothing = co_await connection->receive_all();
    EXPECT_EQ(nothing, "");
  });
  EXPECT_EQ(finish().exchanges[0].failure()->reason, failure::kCallerClosed);
}

TEST_F(RecorderTest, BadRequestIsRefusedAndNotRecorded) {
  start();
  EXPECT_THAT(call(recorder_->webhook_address(), "nonsense\r\n\r\n"), HasSubstr(" 400 "));
  EXPECT_TRUE(finish().exchanges.empty());
  EXPECT_EQ(recorder_->count().refused, 1);
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

TEST_F(RecorderTest, WhatIsUnderWayAtTheEndIsCutOff) {
  start();
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(recorder_->webhook_address());
    co_await caller.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
    auto connection = co_await bot_.accept();
    co_await connection->receive_request();
    co_await connection->send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    co_await recorder_->drain(std::chrono::milliseconds(1));
    const corpus::Session session = finish();
    EXPECT_EQ(session.exchanges[0].failure()->reason, failure::kCutOff);
  });
  EXPECT_EQ(recorder_->count().cut_off, 1);
  EXPECT_EQ(recorder_->count().webhook, 1);
}

}  // namespace
}  // namespace harness
