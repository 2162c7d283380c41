#include "replay/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/plan.h"
#include "tests/replay/verdict_call.h"
#include "tests/support/compressed.h"

namespace replay {
namespace {

using corpus::Exchange;
using corpus::Session;
using support::call_is;
using support::kCall;
using support::SessionBuilder;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Verdict, IsSameForASessionAndItself) {
  const Verdict verdict = judge(recorded(), recorded());
  EXPECT_EQ(verdict.judgement, Judgement::same);
  EXPECT_EQ(verdict.requests_met, 3u);
  EXPECT_EQ(verdict.deliveries_made, 4u);
}

TEST(Verdict, IsSameUnderOtherIds) {
  EXPECT_THAT(kinds(judge(recorded(), live())), IsEmpty());
}

TEST(Verdict, GoesByThePlanThatItIsGiven) {
  Session session = live();
  session.exchanges.resize(3);
  Plan plan = make_plan(recorded());
  JudgeOptions options;
  options.plan = &plan;
  EXPECT_EQ(kinds(judge(recorded(), session, options)), kinds(judge(recorded(), session)));
  for (Step& step : plan.steps) step.role = step.role == Role::request ? Role::polling : step.role;
  EXPECT_EQ(judge(recorded(), session, options).requests, 0u);
}

TEST(Verdict, TellsWhichExchangesStandForEachOther) {
  Session late = live();
  std::swap(late.exchanges[0], late.exchanges[1]);
  const Verdict verdict = judge(recorded(), late);
  ASSERT_EQ(verdict.partners.size(), 7u);
  EXPECT_EQ(verdict.partners[0], (Partners{0, 1}));
  EXPECT_EQ(verdict.partners[1], (Partners{1, 0}));
  EXPECT_EQ(verdict.partners[6], (Partners{6, 6}));
}

TEST(Verdict, NamesAMissingRequestAndWhatWaitsForIt) {
  Session session = live();
  session.exchanges.resize(3);  // the bot never invites
  const Verdict verdict = judge(recorded(), session);
  EXPECT_EQ(verdict.judgement, Judgement::different);
  ASSERT_THAT(kinds(verdict),
              ElementsAre("missing request", "withheld delivery", "missing request", "withheld delivery"));
  EXPECT_FALSE(verdict.findings[0].consequence);
  EXPECT_EQ(verdict.findings[0].recorded->exchange, 4);
  EXPECT_THAT(verdict.findings[0].what, HasSubstr("participants/invite"));
  EXPECT_THAT(verdict.findings[0].cause, HasSubstr("due in the recording after exchange 3"));
  EXPECT_TRUE(verdict.findings[1].consequence);
  EXPECT_THAT(notes(verdict.findings[1]), HasSubstr("waits for exchange 4, POST"));
  EXPECT_TRUE(verdict.findings[2].consequence);
  EXPECT_THAT(notes(verdict.findings[3]), HasSubstr("waits for exchange 6, DELETE"));
  EXPECT_THAT(notes(verdict.findings[3]), HasSubstr("\nwaits for exchange 4, POST"));
}

TEST(Verdict, KnowsThatACallNotMadeFollowsFromAWishNotTold) {
  const Session then = SessionBuilder()
                           .delivery(0, 10, call_is(kCall, "established"))
                           .request(20, 30, "POST", path("/mute"))
                           .delivery(40, 50, std::string(R"({"replaces":")") + kCall + R"("})", 202, "/api/call")
                           .request(60, 70, "POST", "/communications/calls", "{}", 201,
                                    R"({"id":"90ed37dc-d8e3-4e11-9de3-30a955dda06f"})")
                           .take();
  Session now = then;
  now.exchanges.resize(1);  // the bot never mutes, so that nobody asks it to make the call
  const Verdict verdict = judge(then, now);
  ASSERT_THAT(kinds(verdict), ElementsAre("missing request", "withheld delivery", "missing request"));
  EXPECT_FALSE(verdict.findings[0].consequence);
  EXPECT_TRUE(verdict.findings[2].consequence);
}

TEST(Verdict, NamesADoubledRequest) {
  Session session = live();
  Exchange again = session.exchanges[3];
  again.number = 99;
  again.sent = 450;
  session.exchanges.push_back(again);
  const Verdict verdict = judge(recorded(), session);
  ASSERT_THAT(kinds(verdict), ElementsAre("doubled request"));
  EXPECT_EQ(verdict.findings[0].live->exchange, 99);
  EXPECT_EQ(verdict.findings[0].recorded->exchange, 4);
}

TEST(Verdict, NamesAnUnknownRequestWithTheNearestOne) {
  Session session = live();
  session.exchanges[5].request.method = "POST";
  session.exchanges[5].request.target += "/mute";
  const Verdict verdict = judge(recorded(), session);
  ASSERT_THAT(kinds(verdict), Contains("unknown request"));
  EXPECT_THAT(notes(verdict.findings[0]), HasSubstr("nearest in the recording: exchange"));
  EXPECT_THAT(
      headline(verdict.findings[0]),
      HasSubstr(": path is /communications/calls/57dab8b1…/mute, recorded /communications/calls/57dab8b1…/answer"))
      << "ids are those of the recording";
}

TEST(Verdict, NamesARequestToAnotherCallAlsoUnderTheIdsOfTheRecording) {
  Session session = recorded();
  session.exchanges[3].request.target =
      std::string("/communications/calls/") + support::kOther + "/participants/invite";
  EXPECT_THAT(kinds(judge(recorded(), session)), Contains("unknown request"));
}

TEST(Verdict, NamesTheMembersOfABodyThatDiffer) {
  Session session = live();
  session.exchanges[1].request.body = R"({"acceptedModalities":["audio","video"]})";
  const Verdict verdict = judge(recorded(), session);
  ASSERT_THAT(kinds(verdict), ElementsAre("different request"));
  EXPECT_THAT(verdict.findings[0].differences,
              ElementsAre(Difference{"/acceptedModalities/1", "(absent)", "\"video\""}));
  EXPECT_THAT(kinds(judge(recorded(), session, {{{"acceptedModalities"}}})), IsEmpty());
}

TEST(Verdict, NamesAnswersOfTheBotThatDiffer) {
  Session session = live();
  std::get<corpus::Response>(session.exchanges[2].outcome).status = 503;
  session.exchanges[4].outcome = corpus::Failure{"refused"};
  const Verdict verdict = judge(recorded(), session);
  ASSERT_THAT(kinds(verdict), ElementsAre("different answer", "no answer"));
  EXPECT_THAT(verdict.findings[0].differences, ElementsAre(Difference{"status", "202", "503"}));
  EXPECT_EQ(verdict.findings[1].change, "failed: refused, recorded 202");
}

TEST(Verdict, AsksForNoAnswerThatTheRecordingCutOff) {
  Session cut = recorded();
  cut.exchanges[6].outcome = corpus::Failure{"cut off"};
  EXPECT_THAT(kinds(judge(cut, live())), IsEmpty());
}

TEST(Verdict, AsksForNoAnswerThatGraphDidNotWaitFor) {
  Session left = recorded();
  left.exchanges[6].outcome = corpus::Failure{"caller closed"};
  EXPECT_THAT(kinds(judge(left, live())), IsEmpty());
}

TEST(Verdict, LooksIntoCompressedBodies) {
  Session session = recorded();
  for (Exchange& exchange : session.exchanges) {
    exchange.request.headers.push_back({"Content-Encoding", "gzip"});
    exchange.request.body = support::compressed(exchange.request.body);
  }
  EXPECT_THAT(kinds(judge(session, live())), IsEmpty());
  session.exchanges[1].request.body = support::compressed(R"({"acceptedModalities":["video"]})");
  const Verdict verdict = judge(session, live());
  ASSERT_THAT(kinds(verdict), ElementsAre("different request"));
  EXPECT_EQ(verdict.findings[0].differences[0].pointer, "/acceptedModalities/0");
}

TEST(Verdict, NamesALiveIdThatStandsForTwo) {
  const auto invite = [](const std::string& context) { return R"({"clientContext":")" + context + R"("})"; };
  const Session then = SessionBuilder()
                           .request(0, 10, "POST", path("/participants/invite"), invite("first-context"))
                           .request(20, 30, "POST", path("/participants/invite"), invite("second-context"))
                           .take();
  const Session now = SessionBuilder()
                          .request(0, 10, "POST", path("/participants/invite"), invite("same-context"))
                          .request(20, 30, "POST", path("/participants/invite"), invite("same-context"))
                          .take();
  const Verdict verdict = judge(then, now);
  ASSERT_THAT(kinds(verdict), ElementsAre("ambiguous id"));
  EXPECT_THAT(verdict.findings[0].change,
              HasSubstr("same-context stands for second-context here and for first-context before"));
}

TEST(Verdict, DoesNotCountPollingUnlessAsked) {
  const auto with_polls = [](int polls) {
    SessionBuilder builder;
    builder.delivery(0, 10, call_is(kCall, "established"));
    for (int i = 0; i < polls; ++i) builder.request(100 + i, 101 + i, "POST", path("/keepAlive"));
    return builder.take();
  };
  EXPECT_THAT(kinds(judge(with_polls(2), with_polls(5))), IsEmpty());
  EXPECT_THAT(kinds(judge(with_polls(1), with_polls(2), {{}, true})), ElementsAre("doubled request"));
}

TEST(Verdict, SaysInOneLineWhatChangedAndWhatItFollows) {
  Session missing = live();
  missing.exchanges.resize(3);
  EXPECT_EQ(headlines(recorded(), missing)[0],
            std::string("missing request: POST /communications/calls/57dab8b1…/participants/invite; due in the "
                        "recording after exchange 3, ") +
                kEstablished);
  Session different = live();
  different.exchanges[3].request.body = R"({"clientContext":"live-context","hidden":true})";
  EXPECT_THAT(headlines(recorded(), different), ElementsAre(std::string("different request: ") + kInvite +
                                                            ": with /hidden: true; after exchange 3, " + kEstablished));
  Session doubled = live();
  doubled.exchanges.push_back(doubled.exchanges[3]);
  doubled.exchanges.back().sent = 450;
  EXPECT_THAT(headlines(recorded(), doubled),
              ElementsAre(std::string("doubled request: ") + kInvite +
                          "; after exchange 3 of the live run, POST /api/calls: updated "
                          "/communications/calls/57dab8b1…, established"))
      << "ids are those of the recording";
  const Verdict verdict = judge(recorded(), doubled);
  EXPECT_THAT(notes(verdict.findings[0]),
              HasSubstr(std::string("its own target in the live run: /communications/calls/") + kLiveCall));
}

TEST(Verdict, SaysInOneLineThatARequestIsAboutAnotherThing) {
  const auto call = [](const std::string& user, const char* id, const std::string& member) {
    const std::string muted = std::string("/communications/calls/") + id + "/participants/" + member + "/mute";
    return SessionBuilder()
        .delivery(0, 10, call_is(id, "established"))
        .request(20, 30, "POST", std::string("/communications/calls/") + id + "/participants/invite",
                 R"({"participants":[{"identity":{"user":{"id":")" + user + R"("}}}]})", 200, R"({"id":"o"})")
        .request(40, 50, "POST", muted, "{}", 200, R"({"id":"o"})")
        .take();
  };
  const std::string one = "aaaaaaaa-2222-4333-8444-5555aaaabbbb";
  const std::string other = "bbbbbbbb-2222-4333-8444-5555aaaabbbb";
  const auto lines = headlines(call(one, kCall, "p"), call(other, kLiveCall, "p"));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0], std::string("different request: ") + kInvite +
                          ": /participants/0/identity/user/id is \"bbbbbbbb…\", recorded \"aaaaaaaa…\"; after exchange "
                          "1, " +
                          kEstablished);
}

TEST(Verdict, GoesByOneNotionOfWhatTheBotWasTold) {
  // The bot is told that its prompt plays, by an answer, before it mutes; a delivery that nobody took tells it nothing.
  const auto call = [](bool muted, bool answered) {
    SessionBuilder builder;
    builder.delivery(0, 10, call_is(kCall, "established"))
        .request(20, 30, "POST", path("/playPrompt"), "{}", 200, R"({"id":"o"})")
        .delivery(40, 50, call_is(kCall, "hold"));
    builder.last().outcome = corpus::Failure{"refused"};
    if (muted) builder.request(60, 70, "POST", path("/mute"), "{}");
    Session session = builder.take();
    if (!answered) session.exchanges[1].outcome = corpus::Failure{"caller closed"};
    return session;
  };
  const Session other = [&] {
    Session session = call(true, true);
    session.exchanges[3].request.target = path("/unmute");
    return session;
  }();
  EXPECT_THAT(headlines(call(true, true), call(false, true)),
              ElementsAre(HasSubstr("; due in the recording after exchange 2, POST /communications")));
  EXPECT_THAT(headlines(call(true, true), call(false, false)),
              Contains(HasSubstr("; follows in the recording, after what did not happen: exchange 2, POST /comm")));
  EXPECT_THAT(headlines(call(true, true), other),
              ElementsAre(HasSubstr("; after exchange 2 of the live run, POST /communications"),
                          HasSubstr("; due in the recording after exchange 2, POST /communications")));
}

}  // namespace
}  // namespace replay
