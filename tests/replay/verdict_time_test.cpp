#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/replay/verdict_call.h"

namespace replay {
namespace {

using corpus::Session;
using support::call_is;
using support::kCall;
using support::SessionBuilder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A call that is established at 0; the bot mutes at `sent`, and is told of that a second later.
Session muted_at(corpus::Micros told, corpus::Micros sent) {
  return SessionBuilder()
      .delivery(0, 10, call_is(kCall, "incoming"))
      .delivery(told, told + 10, call_is(kCall, "established"))
      .request(sent, sent + 10, "POST", path("/mute"), "{}", 200, R"({"id":"o"})")
      .take();
}

TEST(VerdictTime, NamesAnAnswerThatCameTooLate) {
  Session session = live();
  session.exchanges[6].ended = session.exchanges[6].sent + 5'000'001;
  EXPECT_THAT(kinds(judge(recorded(), session)), ElementsAre("late answer"));
  EXPECT_THAT(kinds(judge(recorded(), session, {{}, false, 6'000'000})), IsEmpty());
}

TEST(VerdictTime, NamesARequestThatCameMuchLaterThanInTheRecording) {
  constexpr corpus::Micros kSecond = 1'000'000;
  const Session then = muted_at(kSecond, 2 * kSecond);
  EXPECT_THAT(headlines(then, muted_at(kSecond, 6 * kSecond)), IsEmpty()) << "3 times 1 s and 2 s more";
  EXPECT_THAT(headlines(then, muted_at(kSecond, 6 * kSecond + 1)),
              ElementsAre(HasSubstr("/mute: 5.000 s after what it answers to, recorded 1.000 s, the limit is 5.000 s; "
                                    "after exchange 2, POST /api/calls")));
  EXPECT_THAT(headlines(then, muted_at(9 * kSecond, 13 * kSecond)), IsEmpty()) << "it was told later, too";
  EXPECT_THAT(kinds(judge(then, muted_at(kSecond, 60 * kSecond))), IsEmpty()) << "nobody asked for deadlines";
}

TEST(VerdictTime, CallsNoBotLateThatGoesByItsOwnClock) {
  constexpr corpus::Micros kSecond = 1'000'000;
  const Session then = muted_at(59 * kSecond, 60 * kSecond);
  EXPECT_THAT(headlines(then, muted_at(kSecond, 60 * kSecond)), IsEmpty())
      << "it mutes a minute after the call came in, whatever the replay leaves out meanwhile";
}

TEST(VerdictTime, CallsNoBotLateThatWasNotTold) {
  Session then = muted_at(1'000'000, 2'000'000);
  Session now = muted_at(1'000'000, 60'000'000);
  now.exchanges.erase(now.exchanges.begin() + 1);
  EXPECT_THAT(headlines(then, now), ElementsAre(HasSubstr("withheld delivery")));
}

TEST(VerdictTime, SaysHowLateThePlayerWas) {
  Session session = live();
  for (std::size_t i = 0; i < session.exchanges.size(); ++i) {
    if (session.exchanges[i].leg == corpus::Leg::webhook)
      session.exchanges[i].due = session.exchanges[i].sent - static_cast<corpus::Micros>(i);
  }
  const Verdict verdict = judge(recorded(), session);
  ASSERT_TRUE(verdict.lateness);
  EXPECT_EQ(verdict.lateness->deliveries, 4u);
  EXPECT_EQ(verdict.lateness->max, 6);
  EXPECT_FALSE(judge(recorded(), live()).lateness);
}

TEST(VerdictTime, PassesNobodyWhomThePlayerToldThingsTooLate) {
  Session session = live();
  session.exchanges[2].due = session.exchanges[2].sent - 10'000;
  session.exchanges[4].due = session.exchanges[4].sent - 30'000;
  JudgeOptions options;
  options.lateness_budget = 30'000;
  EXPECT_EQ(judge(recorded(), session, options).judgement, Judgement::same);
  options.lateness_budget = 20'000;
  const Verdict late = judge(recorded(), session, options);
  EXPECT_EQ(late.judgement, Judgement::inconclusive);
  ASSERT_TRUE(late.too_late);
  ASSERT_EQ(late.too_late->latest.size(), 1u) << "the other one kept the budget";
  EXPECT_EQ(late.too_late->latest[0].late, 30'000);
  EXPECT_EQ(late.too_late->latest[0].live.exchange, session.exchanges[4].number);
  std::get<corpus::Response>(session.exchanges[2].outcome).status = 503;
  EXPECT_EQ(judge(recorded(), session, options).judgement, Judgement::different) << "a finding is a finding";
}

TEST(VerdictTime, TellsAnAnswerThatNeverCameOnce) {
  Session session = live();
  session.exchanges[2].outcome = corpus::Failure{"timeout"};
  session.exchanges[2].ended = session.exchanges[2].sent + 6'000'000;
  EXPECT_THAT(kinds(judge(recorded(), session)), ElementsAre("no answer"));
}

}  // namespace
}  // namespace replay
