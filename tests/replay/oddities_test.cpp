#include "replay/oddities.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/verdict.h"
#include "tests/support/broken_rules.h"

namespace replay {
namespace {

using corpus::Session;
using support::call_is;
using support::call_made;
using support::invite_made;
using support::kCall;
using support::kCalls;
using support::kOperation;
using support::operation_is;
using support::SessionBuilder;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

// Graph tells the bot of an invitation that has failed after it had completed; the bot hangs up and is deleted.
Session odd_session() {
  SessionBuilder builder = invite_made();
  builder.delivery(50, 55, operation_is(kCall, kOperation, "f2fa", "completed"));
  builder.delivery(60, 65, operation_is(kCall, kOperation, "f2fa", "failed"));
  builder.request(70, 75, "DELETE", kCalls + "/" + kCall, "", 204);
  builder.delivery(80, 85, call_is(kCall, "terminated", "deleted"));
  return builder.take();
}

// The session up to an exchange, and that one with the status.
Session cut(Session session, std::size_t exchanges, int status = 202) {
  session.exchanges.resize(exchanges);
  std::get<corpus::Response>(session.exchanges.back().outcome).status = status;
  return session;
}

constexpr const char* kNote =
    "the recording itself is odd here (line 8): Graph misbehaved: exchange 4: operation 17e3c2a0… ends as failed, "
    "after "
    "exchange 3 (line 6) had said completed; expected: an operation ends once, as completed or as failed";

TEST(Oddities, AreCitedByAFindingAtTheirPlace) {
  const Verdict verdict = judge(odd_session(), cut(odd_session(), 4, 500));
  ASSERT_FALSE(verdict.findings.empty());
  EXPECT_EQ(verdict.findings.front().kind, FindingKind::different_answer);
  EXPECT_THAT(verdict.findings.front().notes, Contains(kNote));
}

TEST(Oddities, AreCitedByWhatFollowsFromThem) {
  const Verdict verdict = judge(odd_session(), cut(odd_session(), 4));
  ASSERT_THAT(verdict.findings, SizeIs(2));
  EXPECT_EQ(verdict.findings[0].kind, FindingKind::missing_request);
  EXPECT_THAT(verdict.findings[0].notes, Contains(kNote));
}

TEST(Oddities, AreNotCitedByOtherFindings) {
  Session live = odd_session();
  std::get<corpus::Response>(live.exchanges[2].outcome).status = 500;
  const Verdict verdict = judge(odd_session(), live);
  ASSERT_THAT(verdict.findings, SizeIs(1));
  EXPECT_THAT(verdict.findings[0].notes, Each(Not(HasSubstr("odd"))));
}

TEST(Oddities, MakeNoFinding) {
  const Verdict verdict = judge(odd_session(), odd_session());
  EXPECT_EQ(verdict.judgement, Judgement::same);
}

TEST(Oddities, AreCitedOnceAndNotAllOfThem) {
  const auto roster = [](const char* number) {
    std::string entries;
    for (const char* id : {"a", "b", "c", "d"}) {
      entries += std::string(entries.empty() ? "" : ",") + R"({"@odata.type":"#microsoft.graph.participant","id":")" +
                 id + R"(","rosterSequenceNumber":)" + number + "}";
    }
    return R"({"value":[{"changeType":"updated","resource":"/app/calls/)" + std::string(kCall) +
           R"(/participants","resourceData":[)" + entries + "]}]}";
  };
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, roster("2")).delivery(40, 45, roster("1"));
  const Session session = builder.take();
  std::vector<Finding> findings(1);
  cite_oddities(session, {{0, 2}, {0, 2}, {0, 1}}, findings);
  EXPECT_THAT(findings[0].notes, SizeIs(3));
}

}  // namespace
}  // namespace replay
