#include "tests/bots/bot_logic.h"

#include <gmock/gmock.h>

#include <fmt/format.h>

#include "tests/bots/json_access.h"

namespace bots {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kCall = "57dab8b1-894c-409a-b240-bd8beae78896";

/// A bot whose ids are "id-1", "id-2", ….
BotLogic new_bot(bool mute = true) {
  return BotLogic({.callback = "https://bot.contoso.example/api/calls", .mute_on_join = mute},
                  [count = 0]() mutable { return fmt::format("id-{}", ++count); });
}

Step post(BotLogic& bot, std::string target, std::string body) {
  return bot.handle(
      {.method = "POST", .target = std::move(target), .headers = {}, .body = std::move(body), .extra = {}});
}

std::string entry(std::string_view change, std::string_view resource, std::string_view data) {
  return fmt::format(R"({{"changeType":"{}","resourceUrl":"{}","resourceData":{}}})", change, resource, data);
}

Step notify(BotLogic& bot, std::string_view change, std::string_view resource, std::string_view data) {
  return post(bot, "/api/calls", fmt::format(R"({{"value":[{}]}})", entry(change, resource, data)));
}

Step call_is(BotLogic& bot, std::string_view state) {
  return notify(bot, "updated", fmt::format("/communications/calls/{}", kCall),
                fmt::format(R"({{"@odata.type":"#microsoft.graph.call","state":"{}"}})", state));
}

Step incoming(BotLogic& bot) {
  return notify(bot, "created", fmt::format("/communications/calls/{}", kCall),
                R"({"@odata.type":"#microsoft.graph.call","state":"incoming","callChainId":"chain-1"})");
}

Step roster(BotLogic& bot, std::string_view rows) {
  return notify(bot, "updated", fmt::format("/communications/calls/{}/participants", kCall), rows);
}

constexpr std::string_view kAda =
    R"([{"@odata.type":"#microsoft.graph.participant","id":"p-ada","info":{"identity":{"user":{"id":"u"}}}}])";
constexpr std::string_view kOnlyTheBot =
    R"([{"@odata.type":"#microsoft.graph.participant","id":"p-bot","info":{"identity":{"application":{"id":"b"}}}}])";

std::vector<std::string> lines(const std::vector<GraphRequest>& requests) {
  std::vector<std::string> result;
  for (const auto& request : requests) result.push_back(request.method + " " + request.path);
  return result;
}

TEST(BotLogic, IncomingCallIsAnswered) {
  auto bot = new_bot();
  const auto step = incoming(bot);
  EXPECT_EQ(step.answer.status, 202);
  ASSERT_THAT(lines(step.requests), ElementsAre(fmt::format("POST /communications/calls/{}/answer", kCall)));
  EXPECT_THAT(step.requests[0].body, HasSubstr(R"("callbackUri":"https://bot.contoso.example/api/calls")"));
  EXPECT_EQ(step.requests[0].scenario, "chain-1");
}

TEST(BotLogic, IncomingCallThatIsToldTwiceIsAnsweredOnce) {
  auto bot = new_bot();
  EXPECT_EQ(incoming(bot).requests.size(), 1u);
  const auto again = incoming(bot);
  EXPECT_EQ(again.answer.status, 202);
  EXPECT_TRUE(again.requests.empty());
}

TEST(BotLogic, CreatedCallInvitesOnceItIsEstablished) {
  auto bot = new_bot();
  const auto asked = post(bot, "/api/call", R"({"users":[{"id":"a"}],"invite":{"users":[{"id":"b"}]}})");
  ASSERT_THAT(lines(asked.requests), ElementsAre("POST /communications/calls"));
  EXPECT_THAT(bot.handle(asked.requests[0],
                         {.status = 201, .headers = {}, .body = fmt::format(R"({{"id":"{}"}})", kCall), .extra = {}}),
              IsEmpty());
  EXPECT_THAT(call_is(bot, "establishing").requests, IsEmpty());
  const auto established = call_is(bot, "established");
  ASSERT_THAT(lines(established.requests),
              ElementsAre(fmt::format("POST /communications/calls/{}/participants/invite", kCall)));
  EXPECT_THAT(established.requests[0].body, HasSubstr(R"("user":{"id":"b"})"));
  EXPECT_THAT(established.requests[0].body, HasSubstr(R"("clientContext":"id-2")"));
  EXPECT_THAT(call_is(bot, "established").requests, IsEmpty()) << "a second 'established' invites nobody twice";
}

TEST(BotLogic, EstablishedBeforeTheAnswerToCreateInvitesWithTheAnswer) {
  auto bot = new_bot();
  const auto asked = post(bot, "/api/call", R"({"users":[{"id":"a"}],"invite":{"users":[{"id":"b"}]}})");
  EXPECT_THAT(call_is(bot, "established").requests, IsEmpty());
  EXPECT_THAT(bot.handle(asked.requests[0],
                         {.status = 201, .headers = {}, .body = fmt::format(R"({{"id":"{}"}})", kCall), .extra = {}}),
              SizeIs(1));
}

TEST(BotLogic, SeparateInvitesDoNotWaitForEachOther) {
  auto bot = new_bot();
  incoming(bot);
  call_is(bot, "established");
  const auto step =
      post(bot, "/api/invite",
           fmt::format(R"({{"callId":"{}","users":[{{"id":"a"}},{{"id":"b"}}],"separately":true}})", kCall));
  ASSERT_THAT(step.requests, SizeIs(2));
  EXPECT_NE(step.requests[0].queue, step.requests[1].queue);
}

TEST(BotLogic, InviteNamesTheCallThatItReplaces) {
  auto bot = new_bot();
  incoming(bot);
  call_is(bot, "established");
  const auto step = post(bot, "/api/invite",
                         fmt::format(R"({{"callId":"{}","users":[{{"id":"a"}}],"replacesCallId":"old"}})", kCall));
  ASSERT_THAT(step.requests, SizeIs(1));
  EXPECT_THAT(step.requests[0].body, HasSubstr(R"("replacesCallId":"old")"));
}

TEST(BotLogic, EachPersonIsMutedOnce) {
  auto bot = new_bot();
  incoming(bot);
  EXPECT_THAT(lines(roster(bot, kAda).requests),
              ElementsAre(fmt::format("POST /communications/calls/{}/participants/p-ada/mute", kCall)));
  EXPECT_THAT(roster(bot, kAda).requests, IsEmpty());
}

TEST(BotLogic, MutingCanBeTurnedOff) {
  auto bot = new_bot(false);
  incoming(bot);
  EXPECT_THAT(roster(bot, kAda).requests, IsEmpty());
}

TEST(BotLogic, ParticipantIdIsTakenFromTheLinkIfThereIsNoOther) {
  auto bot = new_bot();
  incoming(bot);
  const auto step =
      roster(bot, R"([{"@odata.id":"/app/calls/X/participants/8A34A46B","info":{"identity":{"user":{"id":"u"}}}}])");
  EXPECT_THAT(lines(step.requests),
              ElementsAre(fmt::format("POST /communications/calls/{}/participants/8A34A46B/mute", kCall)));
}

TEST(BotLogic, HangsUpOnceTheLastPersonHasLeft) {
  auto bot = new_bot();
  incoming(bot);
  EXPECT_THAT(roster(bot, kOnlyTheBot).requests, IsEmpty()) << "nobody has come yet";
  roster(bot, kAda);
  EXPECT_THAT(lines(roster(bot, kOnlyTheBot).requests),
              ElementsAre(fmt::format("DELETE /communications/calls/{}", kCall)));
  EXPECT_THAT(roster(bot, kOnlyTheBot).requests, IsEmpty()) << "once is enough";
}

TEST(BotLogic, OtherSpellingsNameTheSameCall) {
  auto bot = new_bot();
  incoming(bot);
  notify(bot, "updated", "/app/calls/57DAB8B1894C409AB240BD8BEAE78896",
         R"({"@odata.type":"microsoft.graph.call","state":"established"})");
  EXPECT_EQ(bot.live_calls(), 1U);
  EXPECT_EQ(post(bot, "/api/hang-up", R"({"callId":"57DAB8B1894C409AB240BD8BEAE78896"})").answer.status, 202);
}

TEST(BotLogic, ResourceAloneIsEnough) {
  auto bot = new_bot();
  const auto step = post(bot, "/api/calls",
                         R"({"value":[{"changeType":"created","resource":"/app/calls/1","resourceData":)"
                         R"({"@odata.type":"#microsoft.graph.call","state":"incoming"}}]})");
  EXPECT_THAT(lines(step.requests), ElementsAre("POST /communications/calls/1/answer"));
}

TEST(BotLogic, BatchIsTakenWhole) {
  auto bot = new_bot();
  constexpr std::string_view kIncoming = R"({"@odata.type":"#microsoft.graph.call","state":"incoming"})";
  const auto step = post(bot, "/api/calls",
                         fmt::format(R"({{"value":[{},{}]}})", entry("created", "/communications/calls/1", kIncoming),
                                     entry("created", "/communications/calls/2", kIncoming)));
  EXPECT_THAT(lines(step.requests),
              ElementsAre("POST /communications/calls/1/answer", "POST /communications/calls/2/answer"));
}

TEST(BotLogic, BusyTurnsAwayAsManyNotificationsAsAsked) {
  auto bot = new_bot();
  incoming(bot);
  EXPECT_EQ(post(bot, "/api/busy", fmt::format(R"({{"callId":"{}","notifications":1}})", kCall)).answer.status, 202);
  const auto refused = roster(bot, kAda);
  EXPECT_EQ(refused.answer.status, 503);
  EXPECT_THAT(refused.requests, IsEmpty());
  EXPECT_THAT(roster(bot, kAda).requests, SizeIs(1)) << "the same notification again is dealt with";
}

TEST(BotLogic, EndedCallIsForgotten) {
  auto bot = new_bot();
  incoming(bot);
  notify(bot, "deleted", fmt::format("/app/calls/{}", kCall), R"({"@odata.type":"#microsoft.graph.call"})");
  EXPECT_EQ(bot.live_calls(), 0U);
  EXPECT_THAT(roster(bot, kAda).requests, IsEmpty()) << "a roster that comes late changes nothing";
  EXPECT_EQ(bot.live_calls(), 0U);
}

TEST(BotLogic, AcknowledgementReturnsTheMessageId) {
  auto bot = new_bot();
  const auto step = bot.handle({.method = "POST",
                                .target = "/api/calls",
                                .headers = {{"X-Microsoft-Skype-Message-ID", "m-1"}},
                                .body = R"({"value":[]})",
                                .extra = {}});
  EXPECT_THAT(step.answer.headers, ElementsAre(corpus::Header{"Client-Request-Id", "m-1"}));
}

TEST(BotLogic, WhatIsNoNotificationIsRefused) {
  auto bot = new_bot();
  EXPECT_EQ(post(bot, "/api/calls", "").answer.status, 400);
  EXPECT_EQ(post(bot, "/api/calls", R"({"value":)").answer.status, 400);
  EXPECT_EQ(post(bot, "/api/calls", R"({"value":[1,null,{}]})").answer.status, 202);
}

TEST(BotLogic, WishAboutAnUnknownCallIsRefused) {
  auto bot = new_bot();
  EXPECT_EQ(post(bot, "/api/hang-up", R"({"callId":"nowhere"})").answer.status, 404);
}

TEST(BotLogic, EveryPurposeHasAWord) {
  for (const auto purpose :
       {Purpose::create, Purpose::answer, Purpose::invite, Purpose::mute, Purpose::hang_up, Purpose::keep_alive}) {
    EXPECT_EQ(purpose_from(to_string(purpose)), purpose);
  }
  EXPECT_EQ(purpose_from("dance"), std::nullopt);
}

}  // namespace
}  // namespace bots
