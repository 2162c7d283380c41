// A bot that takes its time, and the order that has to hold whatever it takes.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "corpus/ids.h"
#include "corpus/mentions.h"
#include "tests/end_to_end/arena.h"

namespace end_to_end {
namespace {

using corpus::Exchange;
using corpus::Leg;
using corpus::Micros;

// For each clientContext when its request had been answered, and when its operation was first said to have ended.
struct Operation {
  Micros answered = -1;
  Micros reported = -1;
};

std::map<std::string, Operation> operations_of(const corpus::Session& live) {
  std::map<std::string, Operation> operations;
  corpus::MentionFinder finder;
  for (const Exchange& exchange : live.exchanges) {
    for (const corpus::Mention& mention : finder.in(exchange.request).all) {
      if (mention.kind != corpus::MentionKind::made || mention.id.find("://") != std::string::npos) continue;
      Operation& operation = operations[mention.id];
      if (exchange.leg == Leg::graph) operation.answered = exchange.ended;
      if (exchange.leg == Leg::webhook && operation.reported < 0) operation.reported = exchange.sent;
    }
  }
  return operations;
}

// How many operations were reported, all of them after the answers to their requests.
int reported_after_their_answers(const corpus::Session& live) {
  int count = 0;
  for (const auto& [context, operation] : operations_of(live)) {
    if (operation.reported < 0) continue;
    EXPECT_GE(operation.answered, 0) << context << " came back without having been sent";
    EXPECT_GE(operation.reported, operation.answered) << context;
    ++count;
  }
  return count;
}

void expect_order(const std::string& scenario, const Plan& plan) {
  const Replayed run = replay(sample(scenario), plan);
  EXPECT_EQ(run.verdict.judgement, replay::Judgement::same) << run.report;
  EXPECT_GT(reported_after_their_answers(run.live), 0) << scenario;
}

TEST(Timing, NoOperationEndsBeforeItsInviteIsAnswered) {
  for (const char* scenario :
       {"invite-completes", "invite-fails", "invite-replaces-call", "five-operations-in-flight"}) {
    expect_order(scenario, asap());
    Plan fast = asap();
    fast.schedule.asap = false;
    fast.schedule.speed = 10;
    expect_order(scenario, fast);
    fast.schedule.speed = 1;
    expect_order(scenario, fast);
  }
}

TEST(Timing, ASlowBotPassesAndIsNotOvertaken) {
  Plan plan = asap();
  plan.bot.faults.slow = std::chrono::milliseconds(30);  // the recorded bot took a few at most
  for (const std::string& scenario : sample_names()) {
    const Replayed run = replay(sample(scenario), plan);
    EXPECT_EQ(run.verdict.judgement, replay::Judgement::same) << run.report;
    if (scenario != "notification-before-answer") reported_after_their_answers(run.live);
  }
}

TEST(Timing, ANotificationThatCameBeforeTheAnswerComesBeforeItAgain) {
  const Replayed run = replay(sample("notification-before-answer"), asap());
  int early = 0;
  for (const auto& [context, operation] : operations_of(run.live)) {
    early += operation.reported >= 0 && operation.reported < operation.answered ? 1 : 0;
  }
  EXPECT_EQ(early, 1) << run.report;
}

TEST(Timing, TheMinuteThatAnInviteRingsScalesWithTheSpeed) {
  Plan plan = asap();
  plan.schedule.asap = false;
  plan.schedule.speed = 20;
  const Replayed run = replay(sample("invite-rings-60s-then-fails"), plan);
  EXPECT_EQ(run.verdict.judgement, replay::Judgement::same) << run.report;
  Micros rang = 0;
  for (const auto& [context, operation] : operations_of(run.live)) {
    if (operation.reported >= 0) rang = std::max(rang, operation.reported - operation.answered);
  }
  EXPECT_GE(rang, 60'000'000 / 20 * 9 / 10) << "an invite must not fail sooner than recorded";
}

}  // namespace
}  // namespace end_to_end
