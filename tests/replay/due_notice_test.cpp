#include "replay/due_notice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/session_builder.h"

namespace replay {
namespace {

using support::call_is;
using support::kCall;
using support::operation_is;
using support::SessionBuilder;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kOperation = "17e3b46c-f61d-4f4d-9635-c626ef18e6ad";

std::string notice(const corpus::Session& session, std::size_t exchange) {
  return due_notice(session, make_plan(session), Deliver{exchange, session.exchanges[exchange].request, 0}, {});
}

TEST(DueNotice, SaysWhatIsDueAndWhichExchangesAndIdsItWaitedFor) {
  const corpus::Session session =
      SessionBuilder()
          .delivery(0, 100, call_is(kCall, "established"))
          .request(1'000'000, 1'200'000, "POST", std::string("/communications/calls/") + kCall + "/participants/invite",
                   R"({"clientContext":"c-0000001"})", 200,
                   std::string(R"({"id":")") + kOperation + R"(","status":"Running"})")
          .delivery(61'200'000, 61'200'100, operation_is(kCall, kOperation, "c-0000001", "failed"))
          .take();
  const std::string text = notice(session, 2);
  EXPECT_THAT(text, HasSubstr("exchange 3 is due: POST /api/calls: deleted /app/calls/57dab8b1…/operations/17e3b46c…, "
                              "failed\n"));
  EXPECT_THAT(text,
              HasSubstr("because exchange 2 was answered: POST /communications/calls/57dab8b1…/participants/invite "
                        "(id 17e3b46c… is from there; gap 60.000 s)\n"));
  EXPECT_THAT(text, HasSubstr("because exchange 1 was sent: "));
  EXPECT_THAT(text,
              HasSubstr("  body, " + std::to_string(session.exchanges[2].request.body.size()) + " bytes: {\"value"));
  EXPECT_THAT(text, EndsWith("}]}\n"));
}

TEST(DueNotice, SaysThatNothingIsWaitedFor) {
  const corpus::Session session = SessionBuilder().delivery(1'500'000, 1'600'000, "").take();
  EXPECT_EQ(notice(session, 0),
            "\nexchange 1 is due: POST /api/calls\n  waits for nothing: recorded 1.500 s after the start\n"
            "  body, 0 bytes\n");
}

TEST(DueNotice, ShowsWhatWasDoneByHandAsItWasPlayed) {
  const corpus::Session session = SessionBuilder()
                                      .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                      .delivery(100, 110, call_is(kCall, "establishing"))
                                      .delivery(200, 210, call_is(kCall, "established"))
                                      .delivery(300, 310, call_is(kCall, "terminated", "deleted"))
                                      .take();
  Changes changes;
  changes.done[1].edited = true;
  changes.edited[1] = session.exchanges[1].request;
  changes.edited[1].body = call_is(kCall, "hold");
  const Plan plan = make_plan(session);
  const auto shown = [&](std::size_t exchange) {
    return due_notice(session, plan, Deliver{exchange, session.exchanges[exchange].request, 0}, changes);
  };
  EXPECT_THAT(shown(1), HasSubstr("exchange 2 (edited by hand) is due: POST /api/calls: updated "
                                  "/communications/calls/57dab8b1…, hold\n"));
  EXPECT_THAT(shown(2), HasSubstr("  because exchange 2 (edited by hand) was sent: POST /api/calls: updated "
                                  "/communications/calls/57dab8b1…, hold ("));
  changes.done[2].skipped = true;
  EXPECT_THAT(shown(3), HasSubstr("  because exchange 3 (skipped by hand) was not sent: "));
  EXPECT_EQ(shown(3).find("because exchange 3"), shown(3).rfind("because exchange 3")) << "once is enough";
}

TEST(DueNotice, SaysWhatAnotherDeliveryWaitsFor) {
  const corpus::Session session = SessionBuilder()
                                      .request(0, 10, "POST", std::string("/communications/calls/") + kCall + "/mute")
                                      .delivery(100, 110, call_is(kCall, "established"))
                                      .take();
  const Plan plan = make_plan(session);
  EXPECT_EQ(waiting_notice(session, plan, 1, plan.steps[1].causes),
            "exchange 2 waits for exchange 1, POST /communications/calls/57dab8b1…/mute, the bot's to send");
  EXPECT_EQ(waiting_notice(session, plan, 1, {}), "exchange 2 waits for its time");
}

TEST(DueNotice, IsShortAndFitForATerminal) {
  const corpus::Session session =
      SessionBuilder().delivery(0, 10, "\x1b]0;title\a" + std::string(5000, 'x'), 202, "/\x1b[2J").take();
  const std::string text = notice(session, 0);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("\\x1b]0;title"));
  EXPECT_LT(text.size(), 1000u);
}

TEST(DueNotice, CountsCausesThatAreTooMany) {
  SessionBuilder builder;
  for (int i = 0; i < 10; ++i) {
    builder.request(i * 100, i * 100 + 50, "POST", std::string("/communications/calls/") + kCall + "/mute");
  }
  builder.delivery(5000, 5100, call_is(kCall, "established"));
  EXPECT_THAT(notice(builder.take(), 10), HasSubstr("\n  and 2 more\n"));
}

}  // namespace
}  // namespace replay
