#include "corpus/call_rules.h"

#include <gmock/gmock.h>

#include "tests/support/broken_rules.h"

namespace {

using corpus::Promise;
using support::broken;
using support::Broken;
using support::call_is;
using support::call_made;
using support::delta;
using support::kCall;
using support::kCalls;
using support::kOperation;
using support::kOperationBare;
using support::kOther;
using support::name_last;
using support::participant;
using support::SessionBuilder;
using support::told;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(CallRules, NotificationComesAfterTheDeletionOfItsCall) {
  SessionBuilder builder = call_made();
  builder.delivery(50, 55, call_is(kCall, "terminated", "deleted"));
  builder.delivery(60, 65, participant("a", "1"));
  builder.delivery(70, 75, call_is(kCall, "established"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::gone, 6), Broken(Promise::gone, 8)));
}

TEST(CallRules, NotificationCrossesTheDeletionOfItsCall) {
  SessionBuilder builder = call_made();
  builder.delivery(50, 61, call_is(kCall, "terminated", "deleted"));
  builder.delivery(60, 65, participant("a", "1"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, NotificationComesAfterTheDeletionOfAnotherCall) {
  SessionBuilder builder = call_made();
  builder.delivery(45, 46, call_is(kOther, "incoming", "created"));
  builder.delivery(50, 55, call_is(kOther, "terminated", "deleted"));
  builder.delivery(60, 65, call_is(kCall, "established"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, DeletionIsToldTwice) {
  SessionBuilder builder = call_made();
  builder.delivery(50, 55, call_is(kCall, "terminated", "deleted"));
  name_last(builder, "a");
  builder.delivery(60, 65, call_is(kCall, "terminated", "deleted"));
  name_last(builder, "b");
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, SameMessageComesAgainAfterTheDeletion) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, call_is(kCall, "established"));
  name_last(builder, "a");
  builder.delivery(50, 55, call_is(kCall, "terminated", "deleted"));
  builder.delivery(60, 65, call_is(kCall, "established"));
  name_last(builder, "A");
  builder.delivery(70, 75, call_is(kCall, "established"));
  name_last(builder, "a");
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::gone, 8)));
}

TEST(CallRules, RefusedMessageComesAgainAfterTheDeletion) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, call_is(kCall, "established"), 503);
  name_last(builder, "a");
  builder.delivery(50, 55, call_is(kCall, "terminated", "deleted"));
  builder.delivery(60, 65, call_is(kCall, "established"));
  name_last(builder, "b");
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, CallComesBackFromTerminated) {
  SessionBuilder builder = call_made();
  builder.delivery(50, 55, call_is(kCall, "terminated"));
  builder.delivery(60, 65, call_is(kCall, "established"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::terminated, 6)));
}

TEST(CallRules, CallIsDeletedAfterTerminated) {
  SessionBuilder builder = call_made();
  builder.delivery(50, 55, call_is(kCall, "terminated"));
  builder.delivery(60, 65, call_is(kCall, "aStateThatIsNew"));
  builder.delivery(70, 75, call_is(kCall, "terminated", "deleted"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, CallIsEstablishedBeforeItIsEstablishing) {
  SessionBuilder builder = call_made();
  builder.delivery(50, 55, call_is(kCall, "established"));
  builder.delivery(60, 65, call_is(kCall, "establishing"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, SequenceNumberGoesBack) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, delta("1")).delivery(40, 45, delta("3")).delivery(50, 55, delta("2"));
  const corpus::Session session = builder.take();
  EXPECT_THAT(broken(session), ElementsAre(Broken(Promise::number_order, 8)));
  EXPECT_THAT(told(session),
              ElementsAre("Graph misbehaved: exchange 4: sequenceNumber 2, after exchange 3 (line 6) had 3; "
                          "expected: numbers that never go back"));
}

TEST(CallRules, SequenceNumbersCross) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, delta("1")).delivery(40, 55, delta("3")).delivery(50, 55, delta("2"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, RosterSequenceNumberOfSomebodyGoesBack) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, participant(kOperation, "7")).delivery(40, 45, participant(kOperationBare, "6"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::number_order, 6)));
}

TEST(CallRules, RosterSequenceNumberOfSomebodyElseIsLower) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, participant("a", "7")).delivery(40, 45, participant("b", "2"));
  builder.delivery(50, 55, participant("a", "9"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, CallIsToldBeforeItIsAskedFor) {
  SessionBuilder builder;
  builder.delivery(5, 6, call_is(kCall, "establishing"));
  builder.request(10, 20, "POST", kCalls, "{}", 201, R"({"id":")" + std::string(kCall) + R"("})");
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::cause_first, 2)));
}

TEST(CallRules, CallIsToldBeforeTheAnswer) {
  SessionBuilder builder;
  builder.request(10, 20, "POST", kCalls, "{}", 201, R"({"id":")" + std::string(kCall) + R"("})");
  builder.delivery(15, 16, call_is(kCall, "establishing"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, CallHasNoBeginning) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, call_is(kOther, "established")).delivery(40, 45, call_is(kOther, "terminating"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::call_begins, 4)));
}

TEST(CallRules, CallComesIn) {
  SessionBuilder builder;
  builder.delivery(30, 35, call_is(kOther, "incoming", "created")).delivery(40, 45, call_is(kOther, "established"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, CallIsNamedByLocationAlone) {
  SessionBuilder builder;
  builder.request(10, 20, "POST", kCalls, "{}", 201, "{}");
  std::get<corpus::Response>(builder.last().outcome)
      .headers.push_back({"Location", "https://graph.microsoft.com" + kCalls + "/57DAB8B1894C409AB240BD8BEAE78896"});
  builder.delivery(30, 35, call_is(kCall, "established"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(CallRules, UnansweredRequestAccountsForOneCall) {
  SessionBuilder builder;
  builder.request(10, 20, "POST", kCalls, "{}");
  builder.last().outcome = corpus::Failure{"timeout"};
  builder.delivery(30, 35, call_is(kCall, "established")).delivery(40, 45, call_is(kOther, "established"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::call_begins, 6)));
}

TEST(CallRules, RefusedRequestAccountsForNoCall) {
  SessionBuilder builder;
  builder.request(10, 20, "POST", kCalls, "{}", 403, R"({"error":{"code":"7507"}})");
  builder.delivery(30, 35, call_is(kCall, "established"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::call_begins, 4)));
}

TEST(CallRules, SequenceNumberIsLeftOut) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, delta("-9223372036854775808")).delivery(40, 45, delta("9223372036854775807"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::every_number, 6)));
}

TEST(CallRules, SequenceNumbersStandTwiceOrStartLate) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, delta("5")).delivery(40, 45, delta("5")).delivery(50, 55, delta("6"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

}  // namespace
