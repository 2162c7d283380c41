#include "corpus/operation_rules.h"

#include <gmock/gmock.h>

#include "tests/support/broken_rules.h"

namespace {

using corpus::Promise;
using support::broken;
using support::Broken;
using support::call_is;
using support::call_made;
using support::invite_made;
using support::invited;
using support::kAsked;
using support::kCall;
using support::kCalls;
using support::kInvite;
using support::kOperation;
using support::kOperationBare;
using support::kOther;
using support::name_last;
using support::operation_is;
using support::SessionBuilder;
using support::told;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(OperationRules, OperationEndsInTwoWays) {
  SessionBuilder builder = invite_made();
  builder.delivery(50, 55, operation_is(kCall, kOperation, "f2fa", "completed"));
  builder.delivery(60, 65, operation_is(kCall, kOperationBare, "f2fa", "failed"));
  const corpus::Session session = builder.take();
  EXPECT_THAT(broken(session), ElementsAre(Broken(Promise::one_end, 8)));
  EXPECT_THAT(told(session), ElementsAre("Graph misbehaved: exchange 4: operation 17e3c2a0… ends as failed, after "
                                         "exchange 3 (line 6) had said completed; expected: an operation ends once, as "
                                         "completed or as failed"));
}

TEST(OperationRules, OperationGoesOnAfterItsEnd) {
  SessionBuilder builder = invite_made();
  builder.delivery(50, 55, operation_is(kCall, kOperation, "f2fa"));
  builder.delivery(60, 65, operation_is(kCall, kOperation, "f2fa", "running"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::one_end, 8)));
}

TEST(OperationRules, OperationEndsTwiceInTheSameWay) {
  SessionBuilder builder = invite_made();
  builder.delivery(50, 55, operation_is(kCall, kOperation, "f2fa"));
  name_last(builder, "a");
  builder.delivery(60, 65, operation_is(kCall, kOperationBare, "f2fa"));
  name_last(builder, "b");
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(OperationRules, OperationRunsBeforeItEnds) {
  SessionBuilder builder = invite_made();
  builder.delivery(50, 55, operation_is(kCall, kOperation, "f2fa", "running"));
  builder.delivery(60, 65, operation_is(kCall, kOperation, "f2fa"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(OperationRules, AnswerAndNotificationDisagree) {
  SessionBuilder builder = call_made();
  builder.request(30, 40, "POST", kInvite, kAsked, 200, invited(R"("completed")"));
  builder.delivery(50, 55, operation_is(kCall, kOperation, "f2fa", "failed"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::one_end, 6)));
}

TEST(OperationRules, OperationEndsThatTheAnswerHasEnded) {
  SessionBuilder builder = call_made();
  builder.request(30, 40, "POST", kInvite, kAsked, 200, invited(R"("Completed")"));
  builder.delivery(50, 55, operation_is(kCall, kOperation, "f2fa"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::final_answer, 6)));
}

TEST(OperationRules, NotificationOvertakesTheAnswerThatEndsAnOperation) {
  SessionBuilder builder = call_made();
  builder.request(30, 60, "POST", kInvite, kAsked, 200, invited(R"("Completed")"));
  builder.delivery(50, 55, operation_is(kCall, kOperation, "f2fa"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(OperationRules, OperationEndsBeforeItIsAskedFor) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, operation_is(kCall, kOperation, "f2fa"));
  builder.request(40, 45, "POST", kInvite, kAsked, 200, invited(R"("Running")"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::cause_first, 4)));
}

TEST(OperationRules, OperationEndsBeforeTheAnswer) {
  SessionBuilder builder = call_made();
  builder.request(30, 60, "POST", kInvite, kAsked, 200, invited(R"("Running")"));
  builder.delivery(40, 45, operation_is(kCall, kOperation, "f2fa"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(OperationRules, OperationHasNoBeginning) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, operation_is(kCall, kOperation, "f2fa"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::operation_begins, 4)));
}

TEST(OperationRules, UnansweredRequestAccountsForAnOperation) {
  SessionBuilder builder = call_made();
  builder.request(30, 35, "POST", kInvite, kAsked);
  builder.last().outcome = corpus::Failure{"timeout"};
  builder.delivery(40, 45, operation_is(kCall, kOperation, "f2fa"));
  builder.delivery(50, 55, operation_is(kCall, kOther, "f2fa"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::operation_begins, 8)));
}

TEST(OperationRules, OperationIsKnownByItsContext) {
  SessionBuilder builder = call_made();
  builder.request(30, 35, "POST", kInvite, R"({"clientContext":"F2FAC2A05A6F4F0E9D8F3C1B7A1F0E11"})", 200,
                  R"({"id":null,"status":"Running"})");
  builder.delivery(40, 45, operation_is(kCall, kOperation, "f2fac2a0-5a6f-4f0e-9d8f-3c1b7a1f0e11"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(OperationRules, OperationHasNoEnd) {
  EXPECT_THAT(broken(invite_made().take()), ElementsAre(Broken(Promise::operation_ends, 5)));
  SessionBuilder builder = call_made();
  builder.request(30, 40, "POST", kInvite, kAsked, 200, invited("null"));
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::operation_ends, 5)));
}

TEST(OperationRules, OperationNeedsNoEnd) {
  SessionBuilder over = call_made();
  over.request(30, 40, "POST", kInvite, kAsked, 200, invited(R"("Completed")"));
  EXPECT_THAT(broken(over.take()), IsEmpty());
  SessionBuilder gone = invite_made();
  gone.delivery(50, 55, call_is(kCall, "terminated", "deleted"));
  EXPECT_THAT(broken(gone.take()), IsEmpty());
  SessionBuilder withdrawn = invite_made();
  withdrawn.request(50, 55, "DELETE", kCalls + "/" + kCall + "/participants/1", "", 204);
  EXPECT_THAT(broken(withdrawn.take()), IsEmpty());
}

TEST(OperationRules, EndNamesTheOperationByContextAlone) {
  SessionBuilder builder = invite_made();
  builder.delivery(50, 55,
                   R"({"value":[{"changeType":"deleted","resource":"/app/calls/)" + std::string(kCall) +
                       R"(/operations/participants","resourceData":{"status":"completed","clientContext":"f2fa",)"
                       R"("@odata.type":"#microsoft.graph.commsOperation"}}]})");
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

}  // namespace
