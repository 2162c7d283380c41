#include "replay/lateness.h"

#include <gtest/gtest.h>

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
  EXPECT_EQ(late->p99, 40);
  EXPECT_EQ(late->max, 40);
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
