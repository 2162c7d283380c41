#include "replay/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/replay/playbook.h"

namespace replay {
namespace {

using corpus::Micros;
using support::call_is;
using support::kCall;
using support::kOther;
using support::operation_is;
using support::SessionBuilder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kInvite = "/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/participants/invite";
constexpr const char* kOperation = "17e3b46c-f61d-4f4d-9635-c626ef18e6ad";

// An invite, its answer, and 60 s later its failure.
corpus::Session ringing_invite() {
  return SessionBuilder()
      .delivery(0, 100, call_is(kCall, "established"))
      .request(1'000'000, 1'200'000, "POST", kInvite, R"({"clientContext":"c-0000001"})", 200,
               std::string(R"({"id":")") + kOperation + R"(","status":"Running"})")
      .delivery(61'200'000, 61'200'100, operation_is(kCall, kOperation, "c-0000001", "failed"))
      .take();
}

TEST(Scheduler, CountsTheFirstGapFromTheStart) {
  Playbook book(incoming_call());
  EXPECT_THAT(book.start(), ElementsAre("wait 100"));
  EXPECT_THAT(book.on(Tick{}, 100), ElementsAre("deliver 1 @100"));
}

TEST(Scheduler, AnswersTheBotAfterTheRecordedTime) {
  Playbook book(incoming_call());
  book.start();
  book.on(Tick{}, 100);
  book.sent(1, 110);
  book.ended(1, 160);
  EXPECT_THAT(book.asks(7, std::string("/communications/calls/") + kCall + "/answer", "{}", 5000),
              ElementsAre("wait 5200"));
  EXPECT_THAT(book.on(Tick{}, 5200), ElementsAre("answer 7: 202 @5200"));
}

TEST(Scheduler, DeliversAfterWhatCausesItHoweverSlowTheBot) {
  Playbook book(incoming_call());
  book.start();
  book.on(Tick{}, 100);
  book.sent(1, 110);
  EXPECT_THAT(book.ended(1, 160), ElementsAre("wait 10001060"));  // patience on top of the bot's recorded time
  book.asks(7, std::string("/communications/calls/") + kCall + "/answer", "{}", 900'000);
  book.on(Tick{}, 900'200);
  EXPECT_THAT(book.answered(7, 900'210), ElementsAre("wait 901200")) << "counted from when the answer was due";
  EXPECT_THAT(book.on(Tick{}, 901'200), ElementsAre("deliver 3 @901200"));
}

TEST(Scheduler, KeepsTheMinuteThatAnInviteRings) {
  Playbook book(ringing_invite());
  book.start();
  book.sent(1, 0);
  book.ended(1, 100);
  book.asks(1, kInvite, R"({"clientContext":"c-0000001"})", 500);
  book.on(Tick{}, 200'500);
  EXPECT_THAT(book.answered(1, 200'510), ElementsAre("wait 60200500"));
}

TEST(Scheduler, EndsNoOperationBeforeItsInviteIsAnsweredEvenAsap) {
  Playbook book(ringing_invite(), with(&ScheduleOptions::asap, true));
  EXPECT_THAT(book.start(), ElementsAre("deliver 1 @0"));
  book.sent(1, 5);
  book.ended(1, 10);
  EXPECT_THAT(book.asks(1, kInvite, R"({"clientContext":"c-0000001"})", 500), ElementsAre("answer 1: 200 @500"));
  EXPECT_THAT(book.answered(1, 520), ElementsAre("deliver 3 @500"));
}

TEST(Scheduler, DividesByTheSpeedAndCutsTheGap) {
  Playbook fast(ringing_invite(), with(&ScheduleOptions::speed, 10));
  fast.start();
  fast.sent(1, 0);
  fast.ended(1, 100);
  fast.asks(1, kInvite, R"({"clientContext":"c-0000001"})", 100);
  fast.on(Tick{}, 20'100);
  EXPECT_THAT(fast.answered(1, 20'100), ElementsAre("wait 6020100"));

  Playbook cut(ringing_invite(), with(&ScheduleOptions::max_gap, 1000));
  cut.start();
  cut.sent(1, 0);
  cut.ended(1, 100);
  cut.asks(1, kInvite, R"({"clientContext":"c-0000001"})", 100);
  cut.on(Tick{}, 1100);
  EXPECT_THAT(cut.answered(1, 1100), ElementsAre("wait 2100"));
}

TEST(Scheduler, SendsANotificationThatCameBeforeTheAnswerBeforeItAgain) {
  SessionBuilder builder;
  builder.delivery(0, 10, call_is(kCall, "established"))
      .request(1000, 9000, "POST", kInvite, R"({"clientContext":"c-0000001"})", 200, R"({"status":"Running"})")
      .delivery(5000, 5100, operation_is(kCall, kOperation, "c-0000001"));
  Playbook early(builder.take(), with(&ScheduleOptions::asap, true));
  early.start();
  early.sent(1, 1);
  early.ended(1, 2);
  EXPECT_THAT(early.asks(4, kInvite, R"({"clientContext":"c-0000001"})", 100), ElementsAre("deliver 3 @100"));
  EXPECT_THAT(early.sent(3, 150), ElementsAre("answer 4: 200 @150"));
}

TEST(Scheduler, GivesTheBotsOwnContextBackInEverySpelling) {
  const std::string recorded = "d45324c1-fcb5-430a-902c-f20af696537c";
  SessionBuilder builder;
  builder.delivery(0, 10, call_is(kCall, "established"))
      .request(100, 200, "POST", kInvite, R"({"clientContext":")" + recorded + R"("})", 200, R"({"status":"Running"})")
      .delivery(300, 310, operation_is(kCall, kOperation, "D45324C1FCB5430A902CF20AF696537C"));
  Playbook book(builder.take(), with(&ScheduleOptions::asap, true));
  book.start();
  book.sent(1, 1);
  book.ended(1, 2);
  book.asks(1, kInvite, R"({"clientContext":"aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"})", 5);
  book.answered(1, 6);
  EXPECT_THAT(book.delivered.body, HasSubstr(R"("clientContext":"AAAAAAAABBBB4CCC8DDDEEEEEEEEEEEE")"));
}

TEST(Scheduler, MakesFreshIdsForCallsThatGraphMade) {
  corpus::Session session = incoming_call();
  ScheduleOptions options = with(&ScheduleOptions::asap, true);
  options.seed = 1;
  Scheduler one(session, options);
  Scheduler same(session, options);
  options.seed = 2;
  Scheduler two(session, options);
  const Deliver first = std::get<Deliver>(one.handle(Tick{}, 0).front());
  EXPECT_THAT(first.request.body, testing::Not(HasSubstr(kCall)));
  EXPECT_EQ(first, std::get<Deliver>(same.handle(Tick{}, 0).front()));
  EXPECT_NE(first.request.body, std::get<Deliver>(two.handle(Tick{}, 0).front()).request.body);
}

TEST(Scheduler, AnswersAnUnknownRequestWithGraphsError) {
  Playbook book(incoming_call());
  book.start();
  EXPECT_THAT(book.asks(9, "/communications/calls/nope/mute", "{}", 50), ElementsAre("answer 9: 404 @50", "wait 100"));
  EXPECT_THAT(std::get<corpus::Response>(book.answer).body, HasSubstr(R"({"error":{"code":)"));
}

TEST(Scheduler, AnswersPollingAsOftenAsItComesAndNotAsACause) {
  const std::string keep_alive = std::string("/communications/calls/") + kCall + "/keepAlive";
  SessionBuilder builder;
  builder.delivery(0, 10, call_is(kCall, "established"))
      .request(100, 200, "POST", keep_alive)
      .delivery(300, 310, call_is(kCall, "terminated", "deleted"));
  Playbook book(builder.take());
  book.start();
  EXPECT_THAT(book.sent(1, 5), IsEmpty());
  EXPECT_THAT(book.ended(1, 12), ElementsAre("wait 300"));
  EXPECT_THAT(book.asks(1, keep_alive, "", 20), ElementsAre("wait 120"));
  EXPECT_THAT(book.asks(2, keep_alive, "", 30), ElementsAre("wait 120"));
  EXPECT_THAT(book.on(Tick{}, 120), ElementsAre("answer 1: 200 @120", "wait 130"));
  EXPECT_THAT(book.on(Tick{}, 130), ElementsAre("answer 2: 200 @130", "wait 300"));
  book.answered(1, 130);
  book.answered(2, 130);
  EXPECT_THAT(book.on(Tick{}, 300), ElementsAre("deliver 3 @300"));
}

TEST(Scheduler, LetsOneSlowCallDelayNoOther) {
  SessionBuilder builder;
  builder.delivery(0, 10, call_is(kCall, "incoming", "created"))
      .request(100, 110, "POST", std::string("/communications/calls/") + kCall + "/answer", "{}", 202)
      .delivery(200, 210, call_is(kCall, "established"))
      .delivery(300, 310, call_is(kOther, "incoming", "created"));
  Playbook book(builder.take());
  book.start();
  book.sent(1, 5);
  EXPECT_THAT(book.on(Tick{}, 300), ElementsAre("deliver 4 @300")) << "though the bot has not answered the first";
}

TEST(Scheduler, DoesNotPassTheBotsSlownessToAcknowledgeOn) {
  SessionBuilder builder;
  builder.delivery(0, 1, call_is(kCall, "established"))
      .delivery(1000, 1001, call_is(kCall, "established"))
      .delivery(2000, 2001, call_is(kCall, "established"));
  Playbook book(builder.take());
  book.start();
  book.sent(1, 3);
  EXPECT_THAT(book.ended(1, 400), ElementsAre("wait 1000"));
  book.on(Tick{}, 1000);
  book.sent(2, 1005);
  EXPECT_THAT(book.ended(2, 1600), ElementsAre("wait 2000"));
}

TEST(Scheduler, FollowsCausesThatTheFileNames) {
  SessionBuilder builder;
  builder.delivery(0, 10, call_is(kCall, "established")).delivery(500, 510, call_is(kOther, "established"));
  builder.last().after = {1};
  Playbook book(builder.take());
  book.start();
  EXPECT_THAT(book.sent(1, 5), IsEmpty()) << "the recording shows the answer first";
  EXPECT_THAT(book.ended(1, 3000), ElementsAre("wait 3490"));
}

TEST(Scheduler, SendsWhatAPersonAskedForAfterAllThatPersonSaw) {
  SessionBuilder builder;
  builder.delivery(0, 10, R"({"to":"alex"})", 200, "/api/call")
      .request(100, 110, "POST", "/communications/calls", "{}", 201, std::string(R"({"id":")") + kCall + R"("})")
      .delivery(200, 210, call_is(kCall, "established"))
      .delivery(300, 310, "", 200, "/api/hangup");
  Playbook book(builder.take(), with(&ScheduleOptions::asap, true));
  EXPECT_THAT(book.start(), ElementsAre("deliver 1 @0"));
  book.sent(1, 1);
  book.ended(1, 2);
  book.asks(1, "/communications/calls", "{}", 10);
  EXPECT_THAT(book.answered(1, 11), ElementsAre("deliver 3 @10"));
  EXPECT_THAT(book.sent(3, 12), IsEmpty());
  EXPECT_THAT(book.ended(3, 13), ElementsAre("deliver 4 @13"));
}

}  // namespace
}  // namespace replay
