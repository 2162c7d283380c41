#include "fuzz/single_changes.h"

#include <gmock/gmock.h>

#include "tests/fuzz/session_samples.h"

namespace {

using fuzz::Doubling;
using fuzz::SingleChanges;
using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;

TEST(SingleChanges, AreOfNotificationsAlone) {
  // 1 is a person's wish.
  EXPECT_THAT(SingleChanges(fuzz::two_calls()).notifications(), ElementsAre(2, 3, 5, 7, 8, 9, 11));
  EXPECT_TRUE(SingleChanges(fuzz::independent_deliveries(0)).doublings().empty());
}

TEST(SingleChanges, DoubleEachNotificationBeforeAnyTwoWays) {
  EXPECT_THAT(
      SingleChanges(fuzz::independent_deliveries(3)).doublings(),
      ElementsAre(Doubling{0, 0}, Doubling{1, 1}, Doubling{2, 2}, Doubling{0, {}}, Doubling{1, {}}, Doubling{2, {}}));
}

// 3 of call A is followed there by 6, 9, 10 and the batch 12; 8 of call B by the batch alone.
TEST(SingleChanges, DoubleBehindTheNextThreeOfTheCall) {
  const auto all = SingleChanges(fuzz::two_calls()).doublings();
  EXPECT_THAT(all, IsSupersetOf({Doubling{2, 5}, Doubling{2, 8}, Doubling{2, 9}, Doubling{7, 11}}));
  EXPECT_THAT(all, testing::Not(Contains(Doubling{2, 11}))) << "the fourth";
  EXPECT_THAT(all, testing::Not(Contains(Doubling{2, 3}))) << "of another call";
  EXPECT_EQ(all.size(), 7u + 7u + 6u + 4u + 2u);
}

TEST(SingleChanges, SendTheSameMessageOnceMore) {
  const fuzz::SeedSession seed = fuzz::two_calls();
  const SingleChanges changes(seed);
  for (const Doubling& doubling : changes.doublings()) {
    const corpus::Session session = changes.doubled(doubling);
    ASSERT_EQ(session.exchanges.size(), seed.session.exchanges.size() + 1);
    const corpus::Exchange& copy = fuzz::exchange_of(session, 13);
    EXPECT_EQ(copy.request, seed.session.exchanges[doubling.delivery].request);
    ASSERT_TRUE(copy.after.has_value());
    const auto original = static_cast<std::int64_t>(doubling.delivery + 1);
    if (doubling.behind) {
      EXPECT_THAT(*copy.after, Contains(static_cast<std::int64_t>(*doubling.behind + 1)));
    } else {
      EXPECT_THAT(*copy.after, testing::Not(Contains(original))) << "both are under way at once";
    }
  }
}

// What waited for the one that does not come goes out all the same.
TEST(SingleChanges, LeaveOneOut) {
  const SingleChanges changes(fuzz::two_calls());
  const corpus::Session session = changes.without(5);  // number 6: A is established
  EXPECT_THAT(fuzz::delivery_order(session), ElementsAre(1, 3, 4, 8, 9, 10, 12));
  for (const corpus::Exchange& exchange : session.exchanges) {
    if (exchange.after) {
      EXPECT_THAT(*exchange.after, testing::Not(Contains(6)));
    }
  }
  EXPECT_EQ(session.exchanges.size(), 11u) << "what the bot asked for is still expected";
}

}  // namespace
