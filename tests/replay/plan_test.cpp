#include "replay/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/session_builder.h"

namespace replay {
namespace {

using support::call_is;
using support::kCall;
using support::kOther;
using support::operation_is;
using support::SessionBuilder;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kOperation = "17e3b46c-f61d-4f4d-9635-c626ef18e6ad";

std::string path(const std::string& rest) {
  return std::string("/communications/calls/") + kCall + rest;
}

// "2 ended +100": which exchange, which moment, and the gap where it carries one.
std::vector<std::string> causes(const Step& step) {
  std::vector<std::string> words;
  for (const Cause& cause : step.causes) {
    std::string word = std::to_string(cause.exchange + 1) + (cause.phase == Phase::sent ? " sent" : " ended");
    if (cause.carries_gap) word += " +" + std::to_string(cause.gap);
    words.push_back(word);
  }
  std::ranges::sort(words);
  return words;
}

TEST(Plan, TiesAnOperationsEndToTheAnswerOfItsInvite) {
  const corpus::Session session =
      SessionBuilder()
          .request(0, 50, "POST", path("/participants/invite"), R"({"clientContext":"c-0000001"})", 200,
                   std::string(R"({"id":")") + kOperation + R"("})")
          .delivery(150, 160, operation_is(kCall, kOperation, "c-0000001"))
          .take();
  EXPECT_THAT(causes(make_plan(session).steps[1]), ElementsAre("1 ended +100"));
}

TEST(Plan, WaitsOnlyForTheRequestIfTheNotificationCameFirst) {
  const corpus::Session session =
      SessionBuilder()
          .request(0, 500, "POST", path("/participants/invite"), R"({"clientContext":"c-0000001"})")
          .delivery(150, 160, operation_is(kCall, kOperation, "c-0000001"))
          .take();
  EXPECT_THAT(causes(make_plan(session).steps[1]), ElementsAre("1 sent +150"));
}

TEST(Plan, WaitsForTheDeliveryBeforeAndItsAnswerIfThatCameFirst) {
  const corpus::Session one = SessionBuilder()
                                  .delivery(0, 10, call_is(kCall, "establishing"))
                                  .delivery(100, 110, call_is(kCall, "established"))
                                  .take();
  EXPECT_THAT(causes(make_plan(one).steps[1]), ElementsAre("1 ended", "1 sent +100"));
  const corpus::Session overlapping = SessionBuilder()
                                          .delivery(0, 200, call_is(kCall, "establishing"))
                                          .delivery(100, 110, call_is(kCall, "established"))
                                          .take();
  EXPECT_THAT(causes(make_plan(overlapping).steps[1]), ElementsAre("1 sent +100"));
}

TEST(Plan, WaitsForEveryRequestAboutTheCallSinceTheDeliveryBefore) {
  const corpus::Session session = SessionBuilder()
                                      .delivery(0, 10, call_is(kCall, "established"))
                                      .request(20, 30, "POST", path("/mute"))
                                      .request(40, 900, "POST", path("/unmute"))
                                      .delivery(100, 110, call_is(kCall, "established"))
                                      .delivery(1000, 1010, call_is(kCall, "established"))
                                      .take();
  const Plan plan = make_plan(session);
  EXPECT_THAT(causes(plan.steps[3]), ElementsAre("1 ended", "1 sent", "2 ended", "3 sent +60"));
  EXPECT_THAT(causes(plan.steps[4]), ElementsAre("1 sent", "3 ended +100", "4 ended", "4 sent"));
}

TEST(Plan, TakesPollingForNoCause) {
  const corpus::Session session = SessionBuilder()
                                      .request(0, 10, "POST", path("/keepAlive"))
                                      .request(20, 30, "GET", path(""))
                                      .delivery(100, 110, call_is(kCall, "established"))
                                      .take();
  const Plan plan = make_plan(session);
  EXPECT_EQ(plan.steps[0].role, Role::polling);
  EXPECT_EQ(plan.steps[1].role, Role::polling);
  EXPECT_THAT(plan.steps[2].causes, IsEmpty());
  EXPECT_THAT(causes(make_plan(session, {.count_polling = true}).steps[2]), ElementsAre("1 ended", "2 ended +70"));
}

TEST(Plan, KeepsCallsApart) {
  const corpus::Session session = SessionBuilder()
                                      .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                      .request(20, 30, "POST", path("/answer"))
                                      .delivery(100, 110, call_is(kOther, "incoming", "created"))
                                      .take();
  EXPECT_THAT(make_plan(session).steps[2].causes, IsEmpty());
}

TEST(Plan, LetsAPersonWaitForEverythingThatWasToBeSeen) {
  const std::string people = R"({"people":[{"id":"8a34a46b-3d17-4adc-8dce-dc4e7d572698"}]})";
  const corpus::Session session =
      SessionBuilder()
          .delivery(0, 10, people, 200, "/api/call")
          .request(20, 30, "POST", "/communications/calls", "{}", 201, std::string(R"({"id":")") + kCall + R"("})")
          .delivery(100, 110, call_is(kCall, "terminated", "deleted"))
          .delivery(500, 510, people, 200, "/api/call")
          .take();
  EXPECT_THAT(causes(make_plan(session).steps[3]),
              ElementsAre("1 ended", "1 sent", "2 ended", "3 ended", "3 sent +400"))
      << "an id that only people have named ties to nothing that happened";
}

TEST(Plan, WaitsForNothingThatComesLater) {
  corpus::Session session =
      SessionBuilder().delivery(0, 10, call_is(kCall, "incoming")).delivery(20, 30, call_is(kOther, "incoming")).take();
  session.exchanges[0].after = {{2}};
  session.exchanges[1].after = {{1}};
  const Plan plan = make_plan(session);
  EXPECT_THAT(plan.steps[0].causes, IsEmpty());
  EXPECT_THAT(causes(plan.steps[1]), ElementsAre("1 ended +10"));
}

TEST(Plan, KnowsOneCallInEverySpelling) {
  const corpus::Session session =
      SessionBuilder()
          .request(0, 10, "POST", "/v1.0/app/calls/57DAB8B1894C409AB240BD8BEAE78896/microsoft.graph.answer/")
          .delivery(100, 110, call_is(kCall, "established"))
          .take();
  EXPECT_THAT(causes(make_plan(session).steps[1]), ElementsAre("1 ended +90"));
}

TEST(Plan, TiesACallToTheRequestThatCreatedIt) {
  const corpus::Session session =
      SessionBuilder()
          .request(0, 300, "POST", "/communications/calls", "{}", 201, std::string(R"({"id":")") + kCall + R"("})")
          .delivery(100, 110, call_is(kCall, "establishing"))
          .delivery(400, 410, call_is(kCall, "established"))
          .take();
  const Plan plan = make_plan(session);
  EXPECT_THAT(causes(plan.steps[1]), ElementsAre("1 sent +100"));
  EXPECT_THAT(causes(plan.steps[2]), ElementsAre("1 ended +100", "2 ended", "2 sent"));
}

TEST(Plan, MintsTheIdsThatGraphMadeAndNoOthers) {
  const std::string user = "8a34a46b-3d17-4adc-8dce-dc4e7d572698";
  const std::string roster = std::string(R"({"value":[{"changeType":"updated","resource":"/app/calls/)") + kCall +
                             R"(/participants","resourceData":[{"@odata.id":"/app/calls/x/participants/)" + user +
                             R"(","info":{"identity":{"user":{"id":")" + user + R"("}}}}]}]})";
  const corpus::Session session = SessionBuilder()
                                      .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                      .delivery(20, 30, roster)
                                      .request(40, 50, "POST", path("/participants/invite"),
                                               R"({"clientContext":"d45324c1-fcb5-430a-902c-f20af696537c"})", 200,
                                               std::string(R"({"id":")") + kOperation + R"("})")
                                      .take();
  const Plan plan = make_plan(session);
  EXPECT_THAT(plan.minted,
              testing::UnorderedElementsAre("57dab8b1894c409ab240bd8beae78896", "17e3b46cf61d4f4d9635c626ef18e6ad"));
}

TEST(Plan, ReportsHowLongTheBotThought) {
  const corpus::Session session = SessionBuilder()
                                      .delivery(100, 110, call_is(kCall, "established"))
                                      .request(60'000'100, 60'000'200, "POST", path("/mute"))
                                      .take();
  EXPECT_EQ(make_plan(session).steps[1].think, 60'000'000);
}

// Nothing has told it of a call that its own request creates: what counts is the wish before.
TEST(Plan, CreationOfACallIsThoughtAboutSinceTheLastThingTold) {
  const corpus::Session session =
      SessionBuilder()
          .delivery(60'000'000, 60'000'010, R"({"users":[]})", 202, "/api/call")
          .request(60'000'100, 60'000'200, "POST", "/v1.0/communications/calls", "{}", 201,
                   std::string(R"({"@odata.type":"#microsoft.graph.call","id":")") + kCall + R"("})")
          .take();
  const Step step = make_plan(session).steps[1];
  ASSERT_EQ(step.calls.size(), 1u);
  EXPECT_EQ(step.think, 100);
  EXPECT_EQ(step.told_by, 0u);
}

}  // namespace
}  // namespace replay
