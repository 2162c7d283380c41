#include "replay/death.h"

#include <gmock/gmock.h>

#include "replay/report.h"
#include "replay/verdict.h"
#include "tests/support/session_builder.h"

namespace replay {
namespace {

using corpus::Session;
using support::call_is;
using support::kCall;
using support::SessionBuilder;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string path(const std::string& rest) {
  return std::string("/communications/calls/") + kCall + rest;
}

// A call comes in, is answered, becomes established; the bot mutes somebody; the call ends.
SessionBuilder beginning() {
  return SessionBuilder()
      .delivery(0, 10, call_is(kCall, "incoming", "created"))
      .request(100, 200, "POST", path("/answer"), R"({"acceptedModalities":["audio"]})", 202)
      .delivery(300, 310, call_is(kCall, "established"));
}

Session recorded() {
  return beginning()
      .request(400, 500, "POST", path("/mute"), R"({"clientContext":"c"})", 200)
      .delivery(600, 610, call_is(kCall, "terminated", "deleted"))
      .take();
}

Session died(Session session, corpus::Micros time, std::vector<std::string> output = {}) {
  session.end = corpus::SessionEnd{time, 0, to_member({time, "SIGSEGV", std::move(output)}), {}};
  return session;
}

std::vector<std::string> kinds(const Verdict& verdict) {
  std::vector<std::string> words;
  for (const Finding& finding : verdict.findings) {
    words.push_back((finding.consequence ? "then " : "") + std::string(to_string(finding.kind)));
  }
  return words;
}

TEST(Death, ReadsBackFromTheEndOfTheSession) {
  const Death death{17, "exit status 1", {"one \"quoted\"", "two"}};
  Session session;
  EXPECT_FALSE(death_of(session));
  session.end = corpus::SessionEnd{20, 0, R"("more":1,)" + to_member(death), {}};
  EXPECT_EQ(death_of(session), death);
}

TEST(Death, IsNotMadeOfMembersOfAnotherForm) {
  Session session;
  for (const char* extra : {"", R"("died":true)", R"("died":{"t":"soon","how":"x"})", R"("died":{"t":1})"}) {
    session.end = corpus::SessionEnd{20, 0, extra, {}};
    EXPECT_FALSE(death_of(session)) << extra;
  }
}

TEST(JudgeDeath, NamesTheDeliveryThatTheBotDidNotAnswer) {
  SessionBuilder run = beginning();
  run.last().outcome = corpus::Failure{"closed"};
  const Verdict verdict = judge(recorded(), died(run.take(), 320, {"assertion failed: roster"}));
  EXPECT_EQ(verdict.judgement, Judgement::different);
  EXPECT_THAT(kinds(verdict), ElementsAre("bot died"));
  const Finding& death = verdict.findings.front();
  EXPECT_THAT(death.what, HasSubstr("SIGSEGV instead of answering POST /api/calls: "));
  ASSERT_TRUE(death.live && death.recorded);
  EXPECT_EQ(death.live->exchange, 3);
  EXPECT_EQ(death.recorded->exchange, 3);
  EXPECT_THAT(death.notes, Contains("  assertion failed: roster"));
  EXPECT_THAT(death.notes, Contains("it explains requests that did not come: 1 (exchange 4)"));
  EXPECT_THAT(death.notes, Contains("it explains deliveries that were not answered: 1 (exchange 3)"));
  EXPECT_THAT(death.notes, Contains("it explains deliveries that were not sent: 1 (exchange 5)"));
}

TEST(JudgeDeath, NamesWhatTheBotWasToldLastIfItHadAnsweredAll) {
  const Verdict verdict = judge(recorded(), died(beginning().take(), 320));
  EXPECT_THAT(verdict.findings.front().what, HasSubstr("SIGSEGV after answering POST /api/calls: "));
  EXPECT_THAT(verdict.findings.front().notes, Contains("it wrote nothing"));
  const Verdict muted =
      judge(recorded(),
            died(beginning().request(400, 500, "POST", path("/mute"), R"({"clientContext":"c"})", 200).take(), 520));
  EXPECT_THAT(muted.findings.front().what, HasSubstr("SIGSEGV after the answer to POST "));
  EXPECT_THAT(kinds(muted), ElementsAre("bot died"));
}

TEST(JudgeDeath, DeliveryThatNobodyTookHasNotKilled) {
  SessionBuilder run = beginning();
  run.last().outcome = corpus::Failure{"refused"};
  const Verdict verdict = judge(recorded(), died(run.take(), 320));
  ASSERT_TRUE(verdict.findings.front().live);
  EXPECT_EQ(verdict.findings.front().live->exchange, 2);
  EXPECT_THAT(kinds(verdict), ElementsAre("bot died"));
}

TEST(JudgeDeath, DeliveryThatTheBotOutlivedHasNotKilled) {
  SessionBuilder run = beginning();
  run.last().outcome = corpus::Failure{"closed"};  // without a word; but it asks for something afterwards
  run.request(400'000, 500'000, "POST", path("/mute"), R"({"clientContext":"c"})", 200);
  const Verdict verdict = judge(recorded(), died(run.take(), 520'000));
  EXPECT_THAT(verdict.findings.front().what, HasSubstr("SIGSEGV after the answer to POST "));
  EXPECT_THAT(kinds(verdict), ElementsAre("bot died", "no answer")) << "what was found before its death stays";
}

// What the bot had sent before it died is read from another connection than the one that broke.
TEST(JudgeDeath, RequestThatWasUnderWayIsNoSignOfLife) {
  SessionBuilder run = beginning();
  run.last().outcome = corpus::Failure{"reset"};
  run.request(315, 320, "POST", path("/mute"), R"({"clientContext":"c"})", 200);
  const Verdict verdict = judge(recorded(), died(run.take(), 330));
  ASSERT_TRUE(verdict.findings.front().live);
  EXPECT_EQ(verdict.findings.front().live->exchange, 3);
  EXPECT_THAT(verdict.findings.front().what, HasSubstr("SIGSEGV instead of answering POST /api/calls: "));
  EXPECT_THAT(kinds(verdict), ElementsAre("bot died"));
}

TEST(JudgeDeath, WhatWasSentAfterTheFirstConnectionBrokeHasNotKilled) {
  SessionBuilder run = beginning();
  run.last().outcome = corpus::Failure{"reset"};
  run.delivery(315, 316, call_is(kCall, "terminated", "deleted"));
  run.last().outcome = corpus::Failure{"reset"};
  const Verdict verdict = judge(recorded(), died(run.take(), 320));
  ASSERT_TRUE(verdict.findings.front().live);
  EXPECT_EQ(verdict.findings.front().live->exchange, 3);
  EXPECT_THAT(kinds(verdict), ElementsAre("bot died"));
}

TEST(JudgeDeath, ByWhatTheRecordingDoesNotHaveExplainsOnlyWhatWasToCome) {
  // The mute, due before the death, never came; the answer to a request that nobody knows killed the bot.
  const Verdict verdict = judge(recorded(), died(SessionBuilder()
                                                     .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                                     .delivery(300, 310, call_is(kCall, "established"))
                                                     .request(400, 410, "POST", path("/unheardOf"), "{}", 404)
                                                     .take(),
                                                 420));
  EXPECT_THAT(kinds(verdict), ElementsAre("bot died", "unknown request", "missing request"));
  EXPECT_EQ(verdict.findings[2].recorded->exchange, 2);
}

TEST(JudgeDeath, WhatWasMissingBeforeIsNoConsequence) {
  Session run = SessionBuilder()
                    .delivery(0, 10, call_is(kCall, "incoming", "created"))
                    .delivery(300, 310, call_is(kCall, "established"))
                    .take();
  EXPECT_THAT(kinds(judge(recorded(), died(run, 320))), ElementsAre("bot died", "missing request"));
}

TEST(JudgeDeath, AtTheVeryEndIsAFindingAllTheSame) {
  const Verdict verdict = judge(recorded(), died(recorded(), 700));
  EXPECT_THAT(kinds(verdict), ElementsAre("bot died"));
  EXPECT_THAT(judge(recorded(), recorded()).findings, IsEmpty());
}

TEST(JudgeDeath, BeforeAnythingWasSentKilledByNothing) {
  Session nothing;
  const Verdict verdict = judge(recorded(), died(nothing, 0));
  EXPECT_EQ(verdict.findings.front().what, "SIGSEGV before it was told anything");
  EXPECT_FALSE(verdict.findings.front().live);
}

}  // namespace
}  // namespace replay
