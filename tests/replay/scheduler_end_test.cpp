// When a replay is over.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/replay/playbook.h"

namespace replay {
namespace {

using corpus::Micros;
using support::call_is;
using support::kCall;
using support::SessionBuilder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The first delivery of incoming_call() has come and gone, and the bot is to answer the call: what happens then.
std::vector<std::string> told_of_the_call(Playbook& book) {
  book.start();
  book.on(Tick{}, 100);
  book.sent(1, 110);
  return book.ended(1, 160);
}

TEST(Scheduler, WithholdsWhatWaitsForAMissingRequest) {
  Playbook book(incoming_call(), with(&ScheduleOptions::patience, 5000));
  EXPECT_THAT(told_of_the_call(book), ElementsAre("wait 6060"));
  EXPECT_THAT(book.on(Tick{}, 6060), ElementsAre("finish"));
}

TEST(Scheduler, SettlesBeforeItFinishes) {
  Playbook book(SessionBuilder().delivery(0, 10, "{}").take(), with(&ScheduleOptions::settle, 700));
  EXPECT_THAT(book.start(), ElementsAre("deliver 1 @0"));
  book.sent(1, 10);
  EXPECT_THAT(book.ended(1, 20), ElementsAre("wait 720"));
  EXPECT_THAT(book.asks(1, "/late", "", 500), ElementsAre("answer 1: 404 @500", "wait 720"));
  EXPECT_THAT(book.answered(1, 500), ElementsAre("wait 720"));
  EXPECT_THAT(book.on(Tick{}, 720), ElementsAre("finish"));
  EXPECT_THAT(book.on(Tick{}, 1300), IsEmpty());
}

TEST(Scheduler, WaitsNoLongerThanForABotOfWhichNothingIsDemanded) {
  ScheduleOptions options;
  options.patience = 5000;
  options.unheard = 300;
  Playbook book(incoming_call(), options);
  EXPECT_THAT(told_of_the_call(book), ElementsAre("wait 460"));
  EXPECT_THAT(book.on(Tick{}, 460), ElementsAre("finish"));
  options.unheard = 9000;
  Playbook patient(incoming_call(), options);
  EXPECT_THAT(told_of_the_call(patient), ElementsAre("wait 6060"));
}

TEST(Scheduler, GoesByThePlanThatItIsGiven) {
  const corpus::Session session = incoming_call();
  Plan plan = make_plan(session);
  plan.steps[1].think = 7;
  ScheduleOptions options = with(&ScheduleOptions::patience, 5000);
  options.plan = &plan;
  Playbook book(session, options);
  EXPECT_THAT(told_of_the_call(book), ElementsAre("wait 5167"));
}

TEST(Scheduler, EndsThoughTheBotKeepsTryingTheSame) {
  Playbook book(incoming_call(), with(&ScheduleOptions::patience, 5000));
  EXPECT_THAT(told_of_the_call(book), ElementsAre("wait 6060"));
  for (std::uint64_t token = 1; token < 50; ++token) {
    const auto now = static_cast<Micros>(160 + 100 * token);
    EXPECT_THAT(book.asks(token, "/communications/calls/nope/mute", "{}", now), testing::Contains("wait 6060"));
    if (token % 2 == 0) book.answered(token, now + 1);  // others are under way whenever somebody looks
  }
  EXPECT_THAT(book.asks(50, "/communications/calls/nope/mute", "{}", 6060), ElementsAre(HasSubstr("404"), "finish"));
}

TEST(Scheduler, EndsThoughTheBotPollsAtAllTimes) {
  const std::string call = std::string("/communications/calls/") + kCall;
  SessionBuilder builder;
  builder.delivery(0, 10, call_is(kCall, "established")).request(100, 200, "GET", call);
  Playbook book(builder.take(), with(&ScheduleOptions::settle, 1000));
  book.start();
  book.sent(1, 5);
  EXPECT_THAT(book.ended(1, 12), ElementsAre("wait 1012"));
  EXPECT_THAT(book.asks(1, call, "", 950, "GET"), ElementsAre("wait 1012"));
  EXPECT_THAT(book.on(Tick{}, 1012), ElementsAre("finish"));
}

}  // namespace
}  // namespace replay
