#include "replay/accepting.h"

#include <gmock/gmock.h>

#include "replay/by_hand.h"
#include "replay/death.h"
#include "tests/support/session_builder.h"

namespace replay {
namespace {

using corpus::Session;
using support::call_is;
using support::SessionBuilder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A call of that id in which the bot invites with that context, and asks for something more if `more`.
Session inviting(const std::string& call, const std::string& context, corpus::Micros pace, bool more = false) {
  const std::string path = "/communications/calls/" + call;
  SessionBuilder builder;
  builder.delivery(0, 1 * pace, call_is(call, "established"));
  builder.request(2 * pace, 3 * pace, "POST", path + "/participants/invite",
                  R"({"clientContext":")" + context + R"("})", 200, R"({"id":"op","status":"running"})");
  if (more) builder.request(4 * pace, 5 * pace, "POST", path + "/playPrompt", "{}");
  builder.delivery(6 * pace, 7 * pace, call_is(call, "terminated", "deleted"));
  Session session = builder.take();
  session.info = {"name", "2026-11-24T10:00:00Z", "http://bot", "http://graph", "recorded", ""};
  session.end = corpus::SessionEnd{8 * pace, 0, "", ""};
  return session;
}

Session recording() {
  Session session = inviting(support::kCall, "first", 100);
  for (corpus::Exchange& exchange : session.exchanges) exchange.number += 10;
  session.info.extra = R"("ticket":7)";
  session.exchanges[2].after = {{11, 12}};
  session.exchanges[2].request_extra = R"("note":"the end")";
  return session;
}

Accepted accepted(const Session& recorded, const Session& live) {
  Bindings bindings;
  const Verdict verdict = judge(recorded, live, {}, &bindings);
  return accept(recorded, live, verdict, bindings, "rollcall 0");
}

TEST(Accepting, PutsRecordedIdsAndNotesBack) {
  const Session recorded = recording();
  Session live = inviting(support::kOther, "second", 30);
  live.exchanges[0].due = 0;
  live.info.started = "2026-11-25T09:00:00Z";
  const Session now = accepted(recorded, live).session;
  EXPECT_EQ(now.info.name, "name");
  EXPECT_EQ(now.info.extra, R"("ticket":7)");
  EXPECT_EQ(now.info.origin, "accepted by rollcall 0 from a run of 2026-11-25T09:00:00Z; first: recorded");
  ASSERT_EQ(now.exchanges.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(now.exchanges[i].number, recorded.exchanges[i].number);
    EXPECT_EQ(now.exchanges[i].request.target, recorded.exchanges[i].request.target);
    EXPECT_EQ(now.exchanges[i].request.body, recorded.exchanges[i].request.body);
    EXPECT_EQ(now.exchanges[i].request_extra, recorded.exchanges[i].request_extra);
    EXPECT_EQ(now.exchanges[i].after, recorded.exchanges[i].after);
    EXPECT_EQ(now.exchanges[i].sent, live.exchanges[i].sent);
    EXPECT_FALSE(now.exchanges[i].due);
  }
  EXPECT_EQ(now.end->messages, 6);
  EXPECT_EQ(judge(now, live).judgement, Judgement::same);
}

TEST(Accepting, OriginNamesTheFirstRecordingAndTheLastAcceptance) {
  Session recorded = recording();
  Session live = inviting(support::kOther, "second", 30);
  live.info.started = "2026-11-25T09:00:00Z";
  const std::string once = "accepted by rollcall 0 from a run of 2026-11-25T09:00:00Z; first: recorded";
  for (const char* known : {"accepted by rollcall 0 from a run of 2026-11-24T10:00:00Z; first: recorded",
                            "accepted by a from a run of b; before: accepted by c from a run of d; before: recorded"}) {
    recorded.info.origin = known;
    EXPECT_EQ(accepted(recorded, live).session.info.origin, once);
  }
  recorded.info.origin = "accepted by a committee";
  EXPECT_THAT(accepted(recorded, live).session.info.origin, testing::EndsWith("; first: accepted by a committee"));
}

TEST(Accepting, NewExchangesAreNumberedBehindTheOldOnes) {
  const Session recorded = recording();
  const Session live = inviting(support::kOther, "second", 30, true);
  const Accepted result = accepted(recorded, live);
  EXPECT_EQ(result.added, 1u);
  EXPECT_EQ(result.gone, 0u);
  ASSERT_EQ(result.session.exchanges.size(), 4u);
  EXPECT_EQ(result.session.exchanges[2].number, 14);
  EXPECT_THAT(result.session.exchanges[2].request.target, HasSubstr(support::kCall));
  EXPECT_EQ(judge(recorded, live).judgement, Judgement::different);
  EXPECT_EQ(judge(result.session, live).judgement, Judgement::same);
}

TEST(Accepting, WhatIsGoneIsNotWaitedFor) {
  Session recorded = inviting(support::kCall, "first", 100, true);
  recorded.exchanges[3].after = {{2, 3}};
  const Accepted result = accepted(recorded, inviting(support::kOther, "second", 30));
  EXPECT_EQ(result.gone, 1u);
  EXPECT_THAT(*result.session.exchanges[2].after, ElementsAre(2));
  EXPECT_THAT(result.notes, ElementsAre(HasSubstr("exchange 4 does not wait for exchange 3 any more")));
}

TEST(Accepting, LocationsAreThoseOfTheRecordedGraph) {
  Session recorded = recording();
  Session live = inviting(support::kOther, "second", 30);
  live.info.graph = "http://127.0.0.1:4711";
  auto& response = std::get<corpus::Response>(live.exchanges[1].outcome);
  response.headers = {{"Location", std::string("http://127.0.0.1:4711/v1.0/communications/calls/") + support::kOther}};
  const Session now = accepted(recorded, live).session;
  EXPECT_EQ(now.exchanges[1].response()->headers[0].value,
            std::string("http://graph/v1.0/communications/calls/") + support::kCall);
}

TEST(Accepting, WhatDidNotComeToItsEndIsRefused) {
  const Session recorded = recording();
  Session live = inviting(support::kOther, "second", 30);
  EXPECT_THAT(reasons_against(live, judge(recorded, live)), IsEmpty());
  live.exchanges.pop_back();
  live.end.reset();
  EXPECT_THAT(reasons_against(live, judge(recorded, live)),
              ElementsAre(HasSubstr("cut off"), HasSubstr("1 of the deliveries were withheld")));
  Verdict late;
  late.too_late = TooLate{10'000, {}};
  EXPECT_THAT(reasons_against(inviting(support::kOther, "second", 30), late), ElementsAre(HasSubstr("too late")));
}

TEST(Accepting, WhatWasQuitOrDiedIsRefused) {
  const Session recorded = recording();
  Session live = inviting(support::kOther, "second", 30);
  live.exchanges.pop_back();
  live.end->extra = to_member(HandNote{{}, 13});
  EXPECT_THAT(reasons_against(live, judge(recorded, live)), ElementsAre(HasSubstr("quit before exchange 13")));
  live.end->extra = to_member(Death{200, "SIGSEGV", {}});
  EXPECT_THAT(reasons_against(live, judge(recorded, live)), ElementsAre(HasSubstr("its bot died (SIGSEGV)")));
}

TEST(Accepting, WhatWasRepeatedByHandIsNewAndHasNoMark) {
  const Session recorded = recording();
  Session live = inviting(support::kOther, "second", 30);
  corpus::Exchange again = live.exchanges[0];
  again.number = 9;
  again.request_extra = to_member(HandMark{11, {.skipped = false, .edited = false, .repeated = true}});
  live.exchanges.insert(live.exchanges.begin(), again);
  const Session now = accepted(recorded, live).session;
  ASSERT_EQ(now.exchanges.size(), 4u);
  EXPECT_EQ(now.exchanges[0].number, 14);
  EXPECT_EQ(now.exchanges[0].request_extra, "");
  EXPECT_EQ(now.exchanges[1].number, 11);
}

}  // namespace
}  // namespace replay
