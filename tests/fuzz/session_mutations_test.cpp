// An example of each session mutation of deliveries as they are: their order, number, time and batches.
#include <gmock/gmock.h>

#include <algorithm>

#include "corpus/manner.h"
#include "fuzz/session_mutator.h"
#include "tests/fuzz/session_examples.h"

namespace {

using corpus::Exchange;
using corpus::Session;
using fuzz::after;
using fuzz::exchange_of;
using fuzz::header;
using fuzz::made_by;
using fuzz::manner;
using fuzz::original;
using fuzz::place;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// order

TEST(SessionMutations, ReorderAllowedLetsAnotherCallOvertake) {
  const Session made =
      made_by("reorder_allowed", [](const Session& s) { return std::ranges::count(after(s, 3), 4) == 1; });
  EXPECT_THAT(after(made, 4), ElementsAre());
  EXPECT_THAT(after(made, 3), ElementsAre(2, 4)) << "sent behind the one that overtook it, and behind its causes";
}

TEST(SessionMutations, ReorderForbiddenPassesACause) {
  const Session made = made_by("reorder_forbidden", [](const Session& s) { return place(s, 9) < place(s, 6); });
  EXPECT_THAT(after(made, 9), Not(Contains(7))) << "the invite comes later";
  EXPECT_THAT(after(made, 6), Contains(9));
}

TEST(SessionMutations, SwapEstablishingPutsEstablishedFirst) {
  const Session made = made_by("swap_establishing");
  EXPECT_LT(place(made, 6), place(made, 3));
  EXPECT_THAT(after(made, 6), ElementsAre(2));
  EXPECT_THAT(after(made, 3), ElementsAre(2, 6));
}

TEST(SessionMutations, BeforeAnswerTellsBeforeTheRequestIsAnswered) {
  const Session made =
      made_by("before_answer", [](const Session& s) { return after(s, 9) != std::vector<std::int64_t>{-1}; });
  const Exchange& invite = exchange_of(made, 7);
  EXPECT_GT(exchange_of(made, 9).sent, invite.sent);
  EXPECT_LT(exchange_of(made, 9).sent, invite.ended);
  EXPECT_THAT(after(made, 9), ElementsAre(2, 6, 7));
}

TEST(SessionMutations, OlderRosterComesBehindTheNewerOne) {
  const Session made = made_by("older_roster");
  const auto order = fuzz::delivery_order(made);
  ASSERT_EQ(order.back(), 13);
  EXPECT_EQ(exchange_of(made, 13).request.body, exchange_of(original(), 10).request.body);
  EXPECT_NE(header(exchange_of(made, 13), "X-Microsoft-Skype-Message-ID"),
            header(exchange_of(original(), 10), "X-Microsoft-Skype-Message-ID"));
  EXPECT_THAT(after(made, 13), Contains(12));
}

// number

TEST(SessionMutations, DropLetsTheRestGoOn) {
  const Session made =
      made_by("drop", [](const Session& s) { return !std::ranges::count(fuzz::delivery_order(s), 10); });
  EXPECT_THAT(after(made, 12), ElementsAre(2, 8, 9)) << "not for the request that the roster led to";
}

TEST(SessionMutations, DuplicateIsTheSameMessageAgain) {
  const Session made = made_by(
      "duplicate", [](const Session& s) { return exchange_of(s, 13).request == exchange_of(original(), 4).request; });
  EXPECT_THAT(after(made, 13), Contains(4));
  EXPECT_GE(exchange_of(made, 13).sent, exchange_of(made, 4).ended);
}

TEST(SessionMutations, DuplicateNewIdIsAnotherMessage) {
  const Session made = made_by("duplicate_new_id", [](const Session& s) {
    return exchange_of(s, 13).request.body == exchange_of(original(), 4).request.body;
  });
  EXPECT_NE(header(exchange_of(made, 13), "X-Microsoft-Skype-Message-ID"),
            header(exchange_of(made, 4), "X-Microsoft-Skype-Message-ID"));
}

TEST(SessionMutations, BurstIsManyAtOnce) {
  const Session made = made_by("burst");
  const std::size_t more = made.exchanges.size() - original().exchanges.size();
  EXPECT_GE(more, 2u);
  EXPECT_LE(more, 20u);
  for (std::int64_t copy = 13; copy < 13 + static_cast<std::int64_t>(more); ++copy) {
    EXPECT_EQ(exchange_of(made, copy).request.body, exchange_of(made, 13).request.body);
    EXPECT_THAT(after(made, copy), Not(Contains(13)));
  }
}

TEST(SessionMutations, RepeatAtOnceWaitsForNoAnswer) {
  const Session made = made_by("repeat_at_once", [](const Session& s) {
    return exchange_of(s, 13).request == exchange_of(original(), 9).request;
  });
  EXPECT_THAT(after(made, 13), ElementsAre(2, 6, 7));
  EXPECT_LT(exchange_of(made, 13).sent, exchange_of(made, 9).ended);
}

TEST(SessionMutations, AtOnceApartJoinsTwoCalls) {
  const Session made = made_by(
      "at_once_apart", [](const Session& s) { return place(s, 4) == place(s, 3) + 1 && exchange_of(s, 4).after; });
  EXPECT_THAT(after(made, 4), ElementsAre());
  EXPECT_EQ(exchange_of(made, 4).sent, exchange_of(made, 3).sent + 1);
}

TEST(SessionMutations, AtOnceOneCallDoesNotWaitForTheFirst) {
  const Session made =
      made_by("at_once_one_call", [](const Session& s) { return after(s, 6) == std::vector<std::int64_t>{2}; });
  EXPECT_LT(exchange_of(made, 6).sent, exchange_of(made, 3).ended);
}

TEST(SessionMutations, RedeliverComesSecondsAfterTheAnswer) {
  const Session made = made_by("redeliver");
  const Exchange& again = exchange_of(made, 13);
  EXPECT_GE(again.sent, 1'000'000);
  ASSERT_TRUE(again.after.has_value());
  EXPECT_FALSE(again.after->empty());
}

TEST(SessionMutations, RedeliverChoosesWhatWasRefused) {
  std::vector<fuzz::SeedSession> seeds;
  seeds.push_back(fuzz::independent_deliveries(5));
  std::get<corpus::Response>(seeds[0].session.exchanges[3].outcome).status = 503;
  fuzz::SessionMutator mutator(std::move(seeds));
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto made = mutator.apply("redeliver", 0, seed);
    ASSERT_TRUE(made.has_value());
    EXPECT_THAT(after(made->session, 6), ElementsAre(4));
  }
}

// time

TEST(SessionMutations, DelayMovesAllThatFollows) {
  const Session made = made_by(
      "delay", [](const Session& s) { return exchange_of(s, 9).sent > 40'000 && exchange_of(s, 8).sent == 30'000; });
  const corpus::Micros by = exchange_of(made, 9).sent - 40'000;
  EXPECT_LE(by, 10'000'000);
  EXPECT_EQ(exchange_of(made, 12).sent, 60'000 + by);
  EXPECT_EQ(exchange_of(made, 12).ended, 60'100 + by);
  EXPECT_EQ(fuzz::delivery_order(made), fuzz::delivery_order(original()));
}

TEST(SessionMutations, HurryShortensAGapAndKeepsTheOrder) {
  const Session made = made_by("hurry", [](const Session& s) { return exchange_of(s, 9).sent < 40'000; });
  EXPECT_GT(exchange_of(made, 9).sent, exchange_of(made, 8).sent);
  EXPECT_EQ(fuzz::delivery_order(made), fuzz::delivery_order(original()));
}

TEST(SessionMutations, StallStopsWithinABody) {
  const Session made = made_by("stall", [](const Session& s) { return !exchange_of(s, 9).request.extra.empty(); });
  const corpus::Manner told = manner(exchange_of(made, 9));
  ASSERT_TRUE(told.sending.has_value());
  ASSERT_EQ(told.sending->pieces.size(), 1u);
  EXPECT_LT(told.sending->pieces[0], static_cast<std::int64_t>(exchange_of(made, 9).request.body.size()));
  EXPECT_GT(told.sending->pause, 0);
  EXPECT_LE(told.sending->pause, 500'000);
}

TEST(SessionMutations, LateAfterEndComesHalfAMinuteLater) {
  const Session made = made_by("late_after_end");
  const corpus::Micros later = exchange_of(made, 13).sent - 60'100;
  EXPECT_TRUE(later == 30'000'000 || later == 60'000'000) << later;
  EXPECT_THAT(after(made, 13), Contains(12));
  const corpus::Manner told = manner(exchange_of(made, 13));
  ASSERT_TRUE(told.sending.has_value());
  EXPECT_EQ(told.sending->hold, later == 30'000'000 ? 375'000 : 500'000);
}

// batch

TEST(SessionMutations, MergeOneCallMakesOneBatchOfTwo) {
  const Session made =
      made_by("merge_one_call", [](const Session& s) { return place(s, 6) == fuzz::delivery_order(s).size(); });
  const std::string& body = exchange_of(made, 3).request.body;
  EXPECT_LT(body.find("\"establishing\""), body.find("\"established\""));
  EXPECT_EQ(header(exchange_of(made, 3), "Content-Length"), std::to_string(body.size()));
  EXPECT_THAT(after(made, 9), ElementsAre(2, 3, 7)) << "the batch in place of what is in it now";
}

TEST(SessionMutations, MergeLeavesAloneWhatTheBotFailsAt) {
  std::vector<fuzz::SeedSession> seeds;
  seeds.push_back(fuzz::independent_deliveries(2));
  std::get<corpus::Response>(seeds[0].session.exchanges[0].outcome).status = 503;
  fuzz::SessionMutator mutator(std::move(seeds));
  EXPECT_FALSE(mutator.apply("merge_calls", 0, 1).has_value());
}

TEST(SessionMutations, MergeCallsPutsTwoCallsIntoOneBatch) {
  const Session made =
      made_by("merge_calls", [](const Session& s) { return place(s, 4) == fuzz::delivery_order(s).size(); });
  const std::string& body = exchange_of(made, 3).request.body;
  EXPECT_THAT(body, HasSubstr(fuzz::kCallA));
  EXPECT_THAT(body, HasSubstr(fuzz::kCallB));
}

TEST(SessionMutations, SplitMakesTwoDeliveriesOfABatch) {
  const Session made = made_by("split");
  const Exchange& rest = exchange_of(made, 13);
  EXPECT_THAT(exchange_of(made, 12).request.body, Not(HasSubstr(fuzz::kCallB)));
  EXPECT_THAT(rest.request.body, Not(HasSubstr(fuzz::kCallA)));
  EXPECT_THAT(rest.request.body, HasSubstr(fuzz::kCallB));
  EXPECT_THAT(rest.request.body, testing::EndsWith("]}"));
  EXPECT_THAT(after(made, 13), Contains(12));
}

}  // namespace
