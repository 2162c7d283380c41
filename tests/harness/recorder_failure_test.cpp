// What becomes of exchanges that do not end well.
#include <gmock/gmock.h>

#include "harness/recorder.h"
#include "harness/upstream.h"
#include "recorder_fixture.h"

namespace harness {
namespace {

using testing::HasSubstr;

class RecorderFailureTest : public RecorderTest {};

TEST_F(RecorderFailureTest, RefusedUpstreamIsAFailureAndA502) {
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

TEST_F(RecorderFailureTest, StalledUpstreamIsATimeoutAndA504) {
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

TEST_F(RecorderFailureTest, ClosedAndBadAnswersAreFailures) {
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

TEST_F(RecorderFailureTest, CallerThatLeavesEndsTheRequestToTheUpstream) {
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

TEST_F(RecorderFailureTest, BadRequestIsRefusedAndNotRecorded) {
  start();
  EXPECT_THAT(call(recorder_->webhook_address(), "nonsense\r\n\r\n"), HasSubstr(" 400 "));
  EXPECT_TRUE(finish().exchanges.empty());
  EXPECT_EQ(recorder_->count().refused, 1);
}

TEST_F(RecorderFailureTest, WhatIsUnderWayAtTheEndIsCutOff) {
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
