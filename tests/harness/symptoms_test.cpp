// What counts as wrong in a run, and what does not.
#include "harness/fuzzing/symptoms.h"

#include <gmock/gmock.h>

#include "corpus/manner.h"
#include "fuzz/session_draft.h"
#include "harness/fuzzing/demands.h"
#include "harness/fuzzing/finding_file.h"
#include "harness/session_causes.h"
#include "tests/harness/test_certificates.h"

#include "corpus/session_file.h"
#include "tests/support/source_path.h"

namespace harness {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

corpus::Exchange delivery(corpus::Outcome outcome) {
  corpus::Exchange exchange;
  exchange.number = 1;
  exchange.request = {"POST",
                      "/api/calls",
                      {},
                      R"({"value":[{"changeType":"deleted","resourceUrl":"/communications/calls/)"
                      R"(57dab8b1-894c-409a-b240-bd8beae78896","resourceData":{"@odata.type":"#microsoft.graph.call",)"
                      R"("state":"terminated"}}]})",
                      {}};
  exchange.outcome = std::move(outcome);
  exchange.ended = 1000;
  return exchange;
}

corpus::Response status(int code) {
  return {code, {}, {}, {}};
}

std::vector<std::string> buckets(const corpus::Exchange& played, const corpus::Exchange& live, Oracle oracle = {}) {
  corpus::Session recorded;
  recorded.exchanges.push_back(played);
  LiveRun run;
  run.live.exchanges.push_back(live);
  std::vector<std::string> found;
  for (const Symptom& symptom : symptoms_of(recorded, run, oracle)) found.push_back(symptom.bucket());
  return found;
}

corpus::Exchange asked(std::string target) {
  corpus::Exchange exchange;
  exchange.leg = corpus::Leg::graph;
  exchange.request = {"POST", std::move(target), {}, "", {}};
  exchange.outcome = corpus::Response{404, {}, {}, {}};
  return exchange;
}

// What the bot left out, or had under way, when the session was ended is no second fault.
TEST(Symptoms, OfABotThatDoesNotStopAskingAreWhatItAskedForMost) {
  LiveRun run;
  run.restless = true;
  run.live.exchanges = {asked("/v1.0/communications/calls"), asked("/v1.0/communications/calls/1/answer"),
                        asked("/v1.0/communications/calls/2/answer")};
  Oracle legal;
  legal.legal = true;
  const auto found = symptoms_of({}, run, legal);
  ASSERT_THAT(found, testing::SizeIs(1));
  EXPECT_EQ(found.front().bucket(), "endless: POST /calls/{}/answer");
  EXPECT_TRUE(leaves_no_doubt(Trouble::endless));
}

TEST(Symptoms, NameTheMessageByItsKindAlone) {
  EXPECT_THAT(buckets(delivery(status(202)), delivery(status(500))),
              ElementsAre("server-error: POST /api/calls (call deleted terminated)"));
  EXPECT_THAT(buckets(delivery(status(202)), delivery(status(400))), IsEmpty());
  Oracle busy;
  busy.server_errors = {503};
  EXPECT_THAT(buckets(delivery(status(202)), delivery(status(503)), busy), IsEmpty());
  EXPECT_THAT(buckets(delivery(status(202)), delivery(status(500)), busy), testing::SizeIs(1));
  EXPECT_THAT(buckets(delivery(status(202)), delivery(corpus::Failure{"reset"})),
              ElementsAre("closed: POST /api/calls (call deleted terminated)"));
  EXPECT_THAT(buckets(delivery(status(202)), delivery(corpus::Failure{"timeout"})),
              ElementsAre("no-answer: POST /api/calls (call deleted terminated)"));
}

TEST(Symptoms, AreNotWhatThePlayerDid) {
  corpus::Exchange broken = delivery(corpus::Failure{"reset"});
  corpus::Sending sending;
  sending.breaks = corpus::Breaking::within;
  corpus::set_manner(broken.request.extra, {sending, std::nullopt});
  EXPECT_THAT(buckets(delivery(status(202)), broken), IsEmpty());
  EXPECT_THAT(buckets(delivery(status(202)), delivery(corpus::Failure{"cut off"})), IsEmpty());
}

TEST(Symptoms, BrokenTokenCountsOnlyWhereItWasSent) {
  corpus::Exchange flawed = delivery(status(202));
  corpus::set_manner(flawed.request.extra, {std::nullopt, corpus::TokenFlaw::expired});
  Oracle oracle;
  EXPECT_THAT(buckets(flawed, flawed, oracle), IsEmpty());
  oracle.tokens_checked = true;
  EXPECT_THAT(buckets(flawed, flawed, oracle), ElementsAre("broken-token: expired"));
  corpus::Exchange refused = flawed;
  refused.outcome = status(401);
  EXPECT_THAT(buckets(flawed, refused, oracle), IsEmpty());
}

TEST(Symptoms, DeathExplainsAllElse) {
  LiveRun run;
  run.live.exchanges.push_back(delivery(corpus::Failure{"closed"}));
  run.end = BotEnd{};
  run.end->output = {"==1==ERROR: AddressSanitizer: heap-use-after-free", "SUMMARY: AddressSanitizer: x bot.cpp:7"};
  const auto found = symptoms_of({}, run, {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].bucket(), "died: SUMMARY: AddressSanitizer: x bot.cpp:7");
  EXPECT_THAT(sanitizer_lines(run.end->output), testing::SizeIs(2));
  EXPECT_THAT(sanitizer_lines({"bot: Graph answered 404"}), IsEmpty());
}

// Whatever can be told of a run has been redacted; a run of which nothing is told costs nothing.
TEST(Symptoms, AreLookedForInWhatIsRedactedIfTheyAreTold) {
  const auto run_with = [](int code) {
    LiveRun run;
    run.live.exchanges = {delivery(status(code)), asked("/v1.0/communications/calls")};
    corpus::Exchange& token = run.live.exchanges.back();
    token.request.body = R"({"accessToken":"a-secret-of-the-bot"})";
    std::get<corpus::Response>(token.outcome).body = R"({"echo":"a-secret-of-the-bot"})";
    token.request_line = 4;
    token.outcome_line = 5;
    return run;
  };
  const auto shows = [](const LiveRun& run) {
    const corpus::Exchange& token = run.live.exchanges.back();
    return (token.request.body + token.response()->body).find("a-secret-of-the-bot") != std::string::npos;
  };
  LiveRun nothing = run_with(202);
  EXPECT_THAT(symptoms_of({}, nothing, {}), IsEmpty());
  EXPECT_TRUE(shows(nothing));
  LiveRun failing = run_with(500);
  EXPECT_THAT(symptoms_of({}, failing, {}), testing::SizeIs(1));
  EXPECT_FALSE(shows(failing));
  LiveRun judged = run_with(202);
  Oracle legal;
  legal.legal = true;
  symptoms_of({}, judged, legal);
  EXPECT_FALSE(shows(judged));
}

// A hash that changed would have every user's findings kept once more.
TEST(Symptoms, HashStaysTheSame) {
  EXPECT_EQ(bucket_hash(""), "9ce484222325");
  EXPECT_NE(bucket_hash("died: a"), bucket_hash("died: b"));
}

TEST(FindingFile, KeepsSessionAndNote) {
  auto session = corpus::read_session(support::source_path("corpus/sessions/incoming-call.session.jsonl"));
  ASSERT_TRUE(session.has_value());
  const std::string path = write_file("finding.session.jsonl", "an older one");
  const FindingNote note{"died: POST /api/calls", true, 18446744073709551615u, {"duplicate: delivery 1 \"again\""}};
  ASSERT_TRUE(write_finding(path, *session, note).has_value());
  const auto again = corpus::read_session(path);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->exchanges.size(), session->exchanges.size());
  EXPECT_EQ(note_of(*again).value(), note);
  EXPECT_EQ(note_of(*session).value(), std::nullopt);
  corpus::Session other = *again;
  other.info.extra = R"("fuzz":{"bucket":7})";
  EXPECT_THAT(note_of(other).error().what, HasSubstr("\"fuzz\""));
}

class Demands : public testing::Test {
 protected:
  Demands() {
    whole_.session = corpus::read_session(support::source_path("corpus/sessions/incoming-call.session.jsonl")).value();
    whole_.causes = causes_of(whole_.session);
    smaller_ = whole_.session;
  }

  fuzz::SeedSession whole_;
  corpus::Session smaller_;
};

TEST_F(Demands, EndOfACallMayGo) {
  EXPECT_TRUE(demands_the_same(whole_, smaller_));
  smaller_.exchanges.pop_back();
  ASSERT_EQ(whole_.session.exchanges.back().leg, corpus::Leg::webhook);
  EXPECT_TRUE(demands_the_same(whole_, smaller_));
}

TEST_F(Demands, RequestMayNotGoAlone) {
  const auto request = std::ranges::find(smaller_.exchanges, corpus::Leg::graph, &corpus::Exchange::leg);
  ASSERT_NE(request, smaller_.exchanges.end());
  smaller_.exchanges.erase(request);
  EXPECT_FALSE(demands_the_same(whole_, smaller_));
}

TEST_F(Demands, CallMayGoWithWhatItCameOf) {
  whole_.session = corpus::read_session(support::source_path("corpus/sessions/group-call.session.jsonl")).value();
  whole_.causes = causes_of(whole_.session);
  const fuzz::SessionDraft draft(whole_.session, whole_.causes);
  ASSERT_EQ(draft.calls().size(), 1u);
  ASSERT_TRUE(draft[0].calls.empty()) << "somebody asks for a call";
  smaller_ = whole_.session;
  std::erase_if(smaller_.exchanges, [&](const corpus::Exchange& exchange) {
    const std::size_t place = draft.place_of(exchange.number);
    return place == 0 || !draft[place].calls.empty();
  });
  EXPECT_TRUE(demands_the_same(whole_, smaller_));
  smaller_ = whole_.session;
  smaller_.exchanges.pop_front();
  EXPECT_FALSE(demands_the_same(whole_, smaller_)) << "the call is still there";
}

TEST_F(Demands, MessageMayNotChangeAndItsCauseMayNotGo) {
  smaller_.exchanges.pop_front();
  EXPECT_FALSE(demands_the_same(whole_, smaller_));
  smaller_ = whole_.session;
  smaller_.exchanges.front().request.body = "{}";
  EXPECT_FALSE(demands_the_same(whole_, smaller_));
}

}  // namespace
}  // namespace harness
