#include "harness/fuzzing/exploration.h"

#include <gmock/gmock.h>

namespace {

using harness::Exploration;
using harness::TrialResult;

corpus::Session three_deliveries() {
  corpus::Session session;
  for (const char* target : {"/a", "/b", "/c"}) {
    corpus::Exchange& exchange = session.exchanges.emplace_back();
    exchange.number = static_cast<std::int64_t>(session.exchanges.size()) * 10;
    exchange.leg = corpus::Leg::webhook;
    exchange.request.method = "POST";
    exchange.request.target = target;
  }
  return session;
}

class ExplorationTest : public testing::Test {
 protected:
  // Every order of three; those with the last in front of the first fail.
  void play_all_orders() {
    auto& orders = exploration.orders();
    orders.total = 6;
    orders.deliveries = 3;
    std::vector<std::size_t> order{0, 1, 2};
    do {
      const bool fails = std::ranges::find(order, 2u) < std::ranges::find(order, 0u);
      orders.outcomes.push_back({order, fails ? TrialResult{"died: x", 3} : TrialResult{}});
    } while (std::ranges::next_permutation(order).found);
  }

  corpus::Session session = three_deliveries();
  Exploration exploration{session, 3};
};

TEST_F(ExplorationTest, TellsWhatFailingOrdersHaveInCommon) {
  play_all_orders();
  EXPECT_EQ(exploration.told(false, false),
            "all 6 orders of 3 deliveries that the causes allow: 3 fail\n"
            "  3 x died: x, each time with 30 (POST /c) before 10 (POST /a)\n");
  EXPECT_TRUE(exploration.any_failed());
}

TEST_F(ExplorationTest, TellsHowManyOrdersAreLeft) {
  play_all_orders();
  exploration.orders().outcomes.resize(1);
  EXPECT_EQ(exploration.told(true, true),
            "1 of 6 different orders of 3 deliveries that the causes allow, interrupted: none fails\n");
  exploration.orders().total.reset();
  EXPECT_EQ(exploration.told(false, false),
            "1 of more than 1000000 orders of 3 deliveries that the causes allow: none fails\n");
}

TEST_F(ExplorationTest, TellsWhichDeliveriesWereTwiceOrMissing) {
  auto& doublings = exploration.doublings();
  doublings.total = 9;
  doublings.deliveries = 3;
  doublings.outcomes = {{{0, 0}, {}}, {{1, {}}, {"different: y", 1}}, {{1, 2}, {"different: y", 3}}};
  auto& drops = exploration.drops();
  drops.total = drops.deliveries = 3;
  drops.outcomes = {{0, {}}, {1, {"died: x", 3}}, {2, {}}};
  EXPECT_EQ(exploration.told(false, false),
            "3 of 9 ways to have one of 3 notifications twice: 2 fail, 1 of them not each of 3 times\n"
            "  2 x different: y, with 20 (POST /b) twice at once; with 20 (POST /b) again behind 30 (POST /c)\n"
            "all 3 ways to leave one of 3 notifications out: 1 fails\n"
            "  1 x died: x, with 20 (POST /b)\n");
}

TEST_F(ExplorationTest, TellsOfTheFirstFewThatFailAlike) {
  auto& drops = exploration.drops();
  drops.total = drops.deliveries = 5;
  for (const std::size_t delivery : {0, 1, 2, 0, 1}) drops.outcomes.push_back({delivery, {"died: x", 3}});
  EXPECT_EQ(exploration.told(false, false),
            "all 5 ways to leave one of 5 notifications out: 5 fail\n"
            "  5 x died: x, with 10 (POST /a); with 20 (POST /b); with 30 (POST /c); and 2 more\n");
}

TEST_F(ExplorationTest, FailsWithWhatWasFoundAlone) {
  exploration.drops().outcomes = {{0, {}}};
  EXPECT_FALSE(exploration.any_failed());
  exploration.drops().outcomes = {{0, {"died: x", 3}}};
  EXPECT_TRUE(exploration.any_failed());
}

}  // namespace
