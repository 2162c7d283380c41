#include "fuzz/orders.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "corpus/ids.h"
#include "corpus/session_file.h"
#include "tests/fuzz/session_samples.h"

namespace {

using fuzz::DeliveryOrder;
using fuzz::Orders;
using fuzz::SeedSession;
using testing::ElementsAre;

std::vector<DeliveryOrder> all_of(Orders orders) {
  std::vector<DeliveryOrder> all;
  while (auto order = orders.next()) all.push_back(std::move(*order));
  return all;
}

// Six deliveries of one call that the file lets go out in any order.
SeedSession six_of_one_call() {
  SeedSession seed = fuzz::independent_deliveries(6);
  for (fuzz::ExchangeCauses& causes : seed.causes) causes.calls = {corpus::canonical_id(fuzz::kCallA)};
  return seed;
}

std::size_t position(const DeliveryOrder& order, std::size_t delivery) {
  return static_cast<std::size_t>(std::ranges::find(order, delivery) - order.begin());
}

TEST(Orders, OfSixIndependentDeliveriesAre720) {
  Orders orders(fuzz::independent_deliveries(6));
  EXPECT_EQ(orders.total(), 720u);
  const auto all = all_of(std::move(orders));
  EXPECT_EQ(all.size(), 720u);
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), 720u);
  EXPECT_THAT(all.front(), ElementsAre(0, 1, 2, 3, 4, 5)) << "as recorded";
}

TEST(Orders, OfDifferentCallsAreOneIfEquivalentOnesArePruned) {
  EXPECT_EQ(Orders(fuzz::independent_deliveries(6), {.prune = true}).total(), 1u);
  EXPECT_EQ(all_of(Orders(fuzz::independent_deliveries(6), {.prune = true})).size(), 1u);
  EXPECT_EQ(Orders(six_of_one_call(), {.prune = true}).total(), 720u);
}

// Two calls of two and one of one, in each call both orders: 2 · 2 · 1.
TEST(Orders, ArePrunedByCall) {
  SeedSession seed = fuzz::independent_deliveries(5);
  for (std::size_t at = 0; at < 5; ++at) seed.causes[at].calls = {"call" + std::to_string(at / 2)};
  EXPECT_EQ(Orders(seed, {.prune = true}).total(), 4u);
  const auto all = all_of(Orders(seed, {.prune = true}));
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), 4u);
  EXPECT_EQ(all.size(), 4u);
  EXPECT_EQ(Orders(seed).total(), 120u);
}

TEST(Orders, DoNotPruneWhatSharesAnId) {
  SeedSession seed = fuzz::independent_deliveries(2);
  for (corpus::Exchange& exchange : seed.session.exchanges) {
    exchange.request.headers.push_back({"Scenario-ID", fuzz::kCallB});
  }
  EXPECT_EQ(Orders(seed, {.prune = true}).total(), 2u);
}

TEST(Orders, KeepToTheCauses) {
  const SeedSession seed = fuzz::two_calls();
  const auto all = all_of(Orders(seed));
  EXPECT_GT(all.size(), 1u);
  EXPECT_EQ(Orders(seed).total(), all.size());
  for (const DeliveryOrder& order : all) {
    // 3 needs the call that 1 wished for; 6, 9, 10 and 12 come in turn, and 8 behind 4.
    for (const auto& [earlier, later] : {std::pair{0, 2}, {2, 5}, {5, 8}, {8, 9}, {9, 11}, {3, 7}, {7, 11}}) {
      EXPECT_LT(position(order, earlier), position(order, later));
    }
  }
}

TEST(Orders, AreTheSameForTheSameSeed) {
  const auto first = all_of(Orders(six_of_one_call(), {.seed = 5}));
  EXPECT_EQ(first, all_of(Orders(six_of_one_call(), {.seed = 5})));
  EXPECT_NE(first, all_of(Orders(six_of_one_call(), {.seed = 6})));
}

// A race that shows if three of six come in one order: found early, whichever three they are.
TEST(Orders, ShowEveryRaceOfThreeWithinFifty) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    auto all = all_of(Orders(fuzz::independent_deliveries(6), {.seed = seed}));
    all.resize(50);
    std::set<std::array<std::size_t, 3>> seen;
    for (const DeliveryOrder& order : all) {
      for (std::size_t a = 0; a < 6; ++a) {
        for (std::size_t b = a + 1; b < 6; ++b) {
          for (std::size_t c = b + 1; c < 6; ++c) seen.insert({order[a], order[b], order[c]});
        }
      }
    }
    EXPECT_EQ(seen.size(), 120u) << seed;
  }
}

TEST(Orders, BecomeSessionsThatForceThem) {
  const SeedSession seed = fuzz::two_calls();
  Orders orders(seed);
  std::set<std::string> different;
  while (const auto order = orders.next()) {
    const corpus::Session session = orders.session(*order);
    std::vector<std::int64_t> wanted;
    for (const std::size_t at : *order) wanted.push_back(static_cast<std::int64_t>(at + 1));
    EXPECT_EQ(fuzz::delivery_order(session), wanted);
    for (std::size_t at = 1; at < wanted.size(); ++at) {
      const auto& after = fuzz::exchange_of(session, wanted[at]).after;
      ASSERT_TRUE(after.has_value());
      EXPECT_THAT(*after, testing::Contains(wanted[at - 1]));
      EXPECT_GE(fuzz::exchange_of(session, wanted[at]).sent, fuzz::exchange_of(session, wanted[at - 1]).ended);
    }
    EXPECT_EQ(session.exchanges.size(), seed.session.exchanges.size());
    for (const corpus::Exchange& exchange : session.exchanges) {
      EXPECT_EQ(exchange.request, fuzz::exchange_of(seed.session, exchange.number).request);
    }
    different.insert(fuzz::file_of(session));
  }
  EXPECT_EQ(different.size(), Orders(seed).total());
}

TEST(Orders, OfManyAreNotCounted) {
  Orders orders(fuzz::independent_deliveries(12));
  EXPECT_EQ(orders.total(), std::nullopt);
  EXPECT_TRUE(orders.next().has_value());
}

TEST(Orders, OfNothingAreNone) {
  Orders orders(fuzz::independent_deliveries(0));
  EXPECT_EQ(orders.total(), 0u);
  EXPECT_FALSE(orders.next().has_value());
  EXPECT_EQ(all_of(Orders(fuzz::independent_deliveries(1))).size(), 1u);
}

}  // namespace
