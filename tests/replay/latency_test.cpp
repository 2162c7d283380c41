#include "replay/latency.h"

#include <gtest/gtest.h>

#include "tests/support/session_builder.h"

namespace replay {
namespace {

// A delivery that was due, sent and answered at these times.
void add(support::SessionBuilder& session, corpus::Micros due, corpus::Micros sent, corpus::Micros ended) {
  session.delivery(sent, ended, "hello").last().due = due;
}

TEST(Latency, CountsFromTheIntendedTime) {
  support::SessionBuilder session;
  add(session, 1000, 5000, 5100);  // held up by the player: the bot is not said to have taken 100 us
  add(session, 2000, 2010, 2200);
  const auto latency = latency_of(session.take());
  ASSERT_TRUE(latency);
  EXPECT_EQ(latency->deliveries, 2u);
  EXPECT_EQ(latency->p50, 200);
  EXPECT_EQ(latency->max, 4100);
}

TEST(Latency, LeavesOutWhatWasNotAnswered) {
  support::SessionBuilder session;
  add(session, 0, 0, 100);
  add(session, 0, 0, 30'000'000);
  session.last().outcome = corpus::Failure{"timeout"};
  add(session, 0, 0, 0);
  session.last().outcome = std::monostate();
  session.request(0, 70'000, "GET", "/x");
  const auto latency = latency_of(session.take());
  ASSERT_TRUE(latency);
  EXPECT_EQ(latency->deliveries, 1u);
  EXPECT_EQ(latency->max, 100);
}

TEST(Latency, IsUnknownForARecording) {
  EXPECT_FALSE(latency_of(support::SessionBuilder().delivery(0, 100, "hello").take()));
}

}  // namespace
}  // namespace replay
