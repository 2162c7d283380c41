#include "replay/by_hand.h"

#include <gmock/gmock.h>

#include "replay/report.h"
#include "replay/run_report.h"
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

std::string mute() {
  return std::string("/communications/calls/") + kCall + "/mute";
}

// A call comes in, is established; the bot mutes somebody; the call ends.
Session recorded() {
  return SessionBuilder()
      .delivery(0, 10, call_is(kCall, "incoming", "created"))
      .delivery(100, 110, call_is(kCall, "established"))
      .request(200, 210, "POST", mute(), "{}")
      .delivery(300, 310, call_is(kCall, "terminated", "deleted"))
      .take();
}

// What a replay of it was, with one exchange left out.
Session without(std::size_t exchange, Session session = recorded()) {
  session.exchanges.erase(session.exchanges.begin() + static_cast<std::ptrdiff_t>(exchange));
  return session;
}

Session noted(Session session, const HandNote& note) {
  session.end = corpus::SessionEnd{400, 0, to_member(note), {}};
  return session;
}

std::vector<std::string> headlines(const Verdict& verdict) {
  std::vector<std::string> lines;
  for (const Finding& finding : verdict.findings) lines.push_back(headline(finding));
  return lines;
}

TEST(ByHand, ReadsBackWhatTheLiveSessionTells) {
  corpus::Exchange exchange;
  EXPECT_FALSE(hand_mark_of(exchange));
  const HandMark mark{7, {.skipped = false, .edited = true, .repeated = true}};
  exchange.request_extra = R"("more":1,)" + to_member(mark);
  EXPECT_EQ(hand_mark_of(exchange), mark);
  EXPECT_EQ(to_string(mark.done), "edited and repeated by hand");
  const HandNote note{{7, 9}, 12};
  EXPECT_EQ(hand_note_of(noted({}, note)), note);
  EXPECT_EQ(to_member(HandNote()), "");
}

TEST(ByHand, IsNotMadeOfMembersOfAnotherForm) {
  corpus::Exchange exchange;
  for (const char* extra : {R"("byHand":true)", R"("byHand":{"exchange":"x","edited":true})",
                            R"("byHand":{"exchange":1})", R"("byHand":{"exchange":1,"edited":"yes"})"}) {
    exchange.request_extra = extra;
    EXPECT_FALSE(hand_mark_of(exchange)) << extra;
  }
  Session session;
  session.end = corpus::SessionEnd{1, 0, R"("byHand":{"skipped":7,"quitBefore":"x"})", {}};
  EXPECT_EQ(hand_note_of(session), HandNote());
}

TEST(JudgeByHand, CallsWhatWasSkippedSoWhereverItIsNamed) {
  Session live = recorded();
  live.exchanges.resize(1);  // the bot, not told, has not muted
  const Verdict verdict = judge(recorded(), noted(live, {{2}, {}}));
  const std::vector<std::string> lines = headlines(verdict);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_THAT(lines[0], HasSubstr("withheld delivery: POST /api/calls: "));
  EXPECT_THAT(lines[0], HasSubstr(": skipped by hand"));
  EXPECT_THAT(lines[1], HasSubstr("missing request: "));
  EXPECT_THAT(lines[1], HasSubstr("after what did not happen: exchange 2 (skipped by hand), POST /api/calls"));
  EXPECT_THAT(verdict.findings[2].notes, Contains(HasSubstr("follows exchange 2 (skipped by hand), POST /api/calls")));
  EXPECT_THAT(report_text(verdict, "a"), HasSubstr("in the recording: exchange 2, line 4, skipped by hand\n"));
  const RunReport run{"rollcall", {{"a", "a", 0, verdict}}};
  EXPECT_THAT(report_json(run), HasSubstr(R"("recorded":{"exchange":2,"line":4,"byHand":"skipped by hand"})"));
  EXPECT_THAT(report_junit(run), HasSubstr("skipped by hand (exchange 2, skipped by hand)\""));
}

TEST(JudgeByHand, KnowsADeliveryThatWasEditedBeyondRecognition) {
  Session live = recorded();
  live.exchanges[1].request.body = R"({"nothing":"like it"})";
  live.exchanges[2].request.body = R"({"clientContext":null})";
  EXPECT_THAT(
      headlines(judge(recorded(), live)),
      ElementsAre(HasSubstr("unknown delivery"), HasSubstr("different request"), HasSubstr("withheld delivery")));
  live.exchanges[1].request_extra = to_member(HandMark{2, {.skipped = false, .edited = true, .repeated = false}});
  const Verdict verdict = judge(recorded(), live);
  EXPECT_THAT(headlines(verdict), ElementsAre(HasSubstr("; after exchange 2 (edited by hand), POST /api/calls")));
  EXPECT_EQ(verdict.deliveries_made, 3u);
}

TEST(JudgeByHand, SaysWhatWasDoneWhereNothingCameOfItToo) {
  Session live = recorded();
  live.exchanges[1].request_extra = to_member(HandMark{2, {.skipped = false, .edited = true, .repeated = false}});
  const Verdict verdict = judge(recorded(), live);
  EXPECT_EQ(verdict.judgement, Judgement::same);
  EXPECT_THAT(report_text(verdict, "a"), HasSubstr("\n  edited by hand: exchange 2, POST /api/calls: updated "));
  const RunReport run{"rollcall", {{"a", "a", 0, verdict}}};
  EXPECT_THAT(report_json(run),
              HasSubstr(R"("byHand":[{"exchange":2,"line":4,"byHand":"edited by hand","what":"POST /api/calls: )"));
}

TEST(JudgeByHand, CallsARepeatedDeliverySo) {
  Session live = recorded();
  corpus::Exchange again = live.exchanges[1];
  again.number = 9;
  again.request_extra = to_member(HandMark{2, {.skipped = false, .edited = false, .repeated = true}});
  live.exchanges.insert(live.exchanges.begin() + 1, again);
  corpus::Exchange unasked = live.exchanges[3];
  unasked.number = 10;
  unasked.request.target += "/again";
  unasked.sent = 105;
  live.exchanges.insert(live.exchanges.begin() + 2, unasked);
  const Verdict verdict = judge(recorded(), live);
  EXPECT_THAT(headlines(verdict),
              ElementsAre(testing::EndsWith("established: repeated by hand"),
                          HasSubstr("after exchange 9 of the live run (repeated by hand), POST /api/calls")));
  EXPECT_EQ(verdict.findings[0].recorded->exchange, 2) << "the other one is the recorded one";
  ASSERT_EQ(verdict.partners.size(), 4u);
  EXPECT_EQ(verdict.partners[1], (Partners{1, 3}));
}

TEST(JudgeByHand, ARunThatWasQuitProvesNothing) {
  Session live = recorded();
  live.exchanges.resize(2);
  EXPECT_EQ(judge(recorded(), live).judgement, Judgement::different);
  const Verdict verdict = judge(recorded(), noted(live, {{}, 4}));
  EXPECT_EQ(verdict.judgement, Judgement::inconclusive);
  EXPECT_THAT(verdict.findings, IsEmpty()) << "what had not happened by then proves nothing";
  ASSERT_TRUE(verdict.quit);
  EXPECT_EQ(verdict.quit->before, 4);
  EXPECT_EQ(verdict.quit->not_sent, 1u);
  EXPECT_THAT(report_text(verdict, "a"),
              HasSubstr("quit before exchange 4: 1 delivery was not sent, so that nothing was "
                        "found proves nothing\n"));
  const RunReport run{"rollcall", {{"a", "a", 0, verdict}}};
  EXPECT_THAT(report_json(run), HasSubstr(R"("quit":{"before":4,"notSent":1})"));
  EXPECT_THAT(report_junit(run),
              HasSubstr("<error type=\"inconclusive\" message=\"the replay was quit before exchange 4"));
}

TEST(JudgeByHand, ARunThatWasQuitKeepsItsFindings) {
  Session live = without(1);
  live.exchanges.resize(1);
  std::get<corpus::Response>(live.exchanges[0].outcome).status = 500;
  const Verdict verdict = judge(recorded(), noted(live, {{2}, 4}));
  EXPECT_EQ(verdict.judgement, Judgement::different);
  EXPECT_THAT(headlines(verdict), ElementsAre(HasSubstr("different answer"), HasSubstr("skipped by hand")));
  EXPECT_EQ(verdict.quit->not_sent, 1u);
}

TEST(JudgeByHand, MarksOfAnotherRecordingMeanNothing) {
  Session live = recorded();
  live.exchanges[0].request_extra = to_member(HandMark{3, {.skipped = false, .edited = true, .repeated = false}});
  live.exchanges[1].request_extra = to_member(HandMark{77, {.skipped = false, .edited = false, .repeated = true}});
  EXPECT_THAT(headlines(judge(recorded(), noted(live, {{3, 78}, {}}))), IsEmpty());
}

}  // namespace
}  // namespace replay
