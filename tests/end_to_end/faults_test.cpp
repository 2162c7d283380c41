// Each fault of the sample bot is found and named; a sound bot gives no findings, however often it is asked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/report.h"
#include "tests/end_to_end/arena.h"

namespace end_to_end {
namespace {

using bots::Purpose;
using replay::FindingKind;
using testing::HasSubstr;

// What is found first, as a whole: its kind and every line of it.
struct First {
  FindingKind kind;
  std::string text;
};

First first_finding(const Plan& plan, const std::string& scenario = "invite-completes") {
  const Replayed run = replay(sample(scenario), plan);
  EXPECT_EQ(run.verdict.judgement, replay::Judgement::different);
  if (run.verdict.findings.empty()) return {};
  return {run.verdict.findings.front().kind, run.report};
}

TEST(Faults, ADroppedRequestIsMissing) {
  Plan plan = asap();
  plan.bot.faults.drop = Purpose::hang_up;
  const First found = first_finding(plan);
  EXPECT_EQ(found.kind, FindingKind::missing_request) << found.text;
  EXPECT_THAT(found.text, HasSubstr("1. missing request: DELETE /v1.0/communications/calls/"));
  EXPECT_THAT(found.text, HasSubstr("withheld delivery: POST /api/calls: updated"));
}

TEST(Faults, EveryKindOfRequestIsMissedWhenItIsDropped) {
  for (const Purpose purpose : {Purpose::answer, Purpose::invite, Purpose::mute, Purpose::create}) {
    Plan plan = asap();
    plan.bot.faults.drop = purpose;
    const First found = first_finding(plan, purpose == Purpose::answer ? "incoming-call" : "invite-replaces-call");
    EXPECT_EQ(found.kind, FindingKind::missing_request) << found.text;
  }
}

TEST(Faults, ADoubledRequestIsNamed) {
  Plan plan = asap();
  plan.bot.faults.repeat = Purpose::mute;
  const First found = first_finding(plan);
  EXPECT_EQ(found.kind, FindingKind::doubled_request) << found.text;
  EXPECT_THAT(found.text, HasSubstr("/mute"));
  EXPECT_THAT(found.text, HasSubstr("once more: exchange"));
}

TEST(Faults, AnotherBodyIsShownMemberByMember) {
  Plan plan = asap();
  plan.bot.faults.alter = Purpose::invite;
  const First found = first_finding(plan);
  EXPECT_EQ(found.kind, FindingKind::different_request) << found.text;
  EXPECT_THAT(found.text, HasSubstr("/participants/0/identity/user/id\n       recorded: \""));
}

TEST(Faults, AFaultInPollingIsFoundWhereItCounts) {
  Plan dropping = asap();
  dropping.bot.faults.drop = Purpose::keep_alive;
  Plan doubling = asap();
  doubling.bot.faults.repeat = Purpose::keep_alive;
  Plan altering = asap();
  altering.bot.faults.alter = Purpose::keep_alive;
  const std::vector<std::pair<Plan, FindingKind>> faults = {{dropping, FindingKind::missing_request},
                                                            {doubling, FindingKind::doubled_request},
                                                            {altering, FindingKind::different_request}};
  const corpus::Session session = sample("group-call");
  for (auto [plan, kind] : faults) {
    EXPECT_EQ(replay(session, plan).verdict.judgement, replay::Judgement::same) << "timers are not judged unasked";
    plan.judging.count_polling = plan.schedule.count_polling = true;
    const Replayed run = replay(session, plan);
    ASSERT_FALSE(run.verdict.findings.empty());
    EXPECT_EQ(run.verdict.findings[0].kind, kind) << run.report;
    EXPECT_THAT(run.verdict.findings[0].what, HasSubstr("/keepAlive"));
  }
}

TEST(Faults, ASlowAnswerIsLate) {
  Plan plan = asap();
  plan.bot.faults.slow = std::chrono::milliseconds(300);
  plan.judging.answer_limit = 100'000;
  const First found = first_finding(plan);
  EXPECT_EQ(found.kind, FindingKind::late_answer) << found.text;
  EXPECT_THAT(found.text, HasSubstr("the limit is 0.100 s"));
}

TEST(Faults, A503IsADifferentAnswer) {
  Plan plan = asap();
  plan.bot.faults.unavailable = 2;
  const First found = first_finding(plan);
  EXPECT_EQ(found.kind, FindingKind::different_answer) << found.text;
  EXPECT_THAT(found.text, HasSubstr("status\n       recorded: 202\n       came:     503"));
}

TEST(Faults, ADeadBotDoesNotAnswer) {
  Plan plan = asap();
  plan.bot.faults.die = 3;
  const First found = first_finding(plan);
  EXPECT_EQ(found.kind, FindingKind::no_answer) << found.text;
  EXPECT_THAT(found.text, HasSubstr(": failed: "));
}

TEST(Faults, ASoundBotHasNoneInAHundredRuns) {
  const corpus::Session session = sample("invite-completes");
  for (int i = 0; i < 100; ++i) {
    const Replayed run = replay(session, asap());
    ASSERT_EQ(run.verdict.judgement, replay::Judgement::same) << "run " << i << "\n" << run.report;
  }
}

}  // namespace
}  // namespace end_to_end
