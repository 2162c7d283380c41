#include "replay/lateness.h"

#include <gtest/gtest.h>

#include <limits>

namespace replay {
namespace {

corpus::Session late_by(std::initializer_list<corpus::Micros> values) {
  corpus::Session session;
  for (const corpus::Micros value : values) {
    corpus::Exchange& exchange = session.exchanges.emplace_back();
    exchange.due = 1000;
    exchange.sent = 1000 + value;
  }
  return session;
}

TEST(Lateness, IsTheNearestRank) {
  const auto late = lateness_of(late_by({30, 10, 20, 40}));
  ASSERT_TRUE(late);
  EXPECT_EQ(late->deliveries, 4u);
  EXPECT_EQ(late->p50, 20);
  EXPECT_EQ(late->p90, 40);
  EXPECT_EQ(late->p99, 40);
  EXPECT_EQ(late->max, 40);
}

TEST(Lateness, LeavesATenthAboveP90) {
  corpus::Session session;
  for (int i = 1; i <= 20; ++i) {
    corpus::Exchange& exchange = session.exchanges.emplace_back();
    exchange.due = 0;
    exchange.sent = i;
  }
  EXPECT_EQ(lateness_of(session)->p90, 18);
}

TEST(Lateness, IsCountedInBucketsWithoutGaps) {
  using Buckets = std::vector<LatenessBucket>;
  EXPECT_EQ(lateness_of(late_by({20, 49, 50, 210}))->buckets,
            (Buckets{{20, 50, 2}, {50, 100, 1}, {100, 200, 0}, {200, 500, 1}}));
  EXPECT_EQ(lateness_of(late_by({-5, 0, 9}))->buckets, (Buckets{{0, 10, 3}}));
}

TEST(Lateness, HasABucketForWhateverAFileSays) {
  constexpr corpus::Micros kMost = std::numeric_limits<corpus::Micros>::max();
  corpus::Session session;
  corpus::Exchange& exchange = session.exchanges.emplace_back();
  exchange.due = 0;
  exchange.sent = kMost;
  const auto late = lateness_of(session);
  ASSERT_EQ(late->buckets.size(), 1u);
  EXPECT_EQ(late->buckets[0].below, kMost);
}

TEST(Lateness, NamesTheLatest) {
  corpus::Session session = late_by({30, 10, 40, 40});
  session.exchanges.emplace_front();  // a request of the bot is never due
  EXPECT_EQ(latest_deliveries(session, 3), (std::vector<std::size_t>{3, 4, 1}));
  EXPECT_EQ(latest_deliveries(session, 9).size(), 4u);
}

TEST(Lateness, IsUnknownForARecording) {
  corpus::Session session;
  session.exchanges.emplace_back();
  EXPECT_FALSE(lateness_of(session));
}

}  // namespace
}  // namespace replay
