#include "tests/bots/graph_model.h"

#include <gmock/gmock.h>

#include <fmt/format.h>

#include "harness/http_message.h"
#include "tests/bots/graph_payloads.h"
#include "tests/bots/json_access.h"

namespace bots {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Person kAda{"Ada Brook", "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"};

corpus::Response ask(GraphModel& graph, std::string method, std::string target, std::string body = "") {
  return graph.answer({.method = std::move(method),
                       .target = std::move(target),
                       .headers = {{"client-request-id", "asked-1"}},
                       .body = std::move(body),
                       .extra = {}});
}

TEST(GraphModel, CreatedCallIsNamedInLocationAndBody) {
  GraphModel graph(1);
  const auto answer =
      ask(graph, "POST", "/v1.0/communications/calls", R"({"callbackUri":"https://bot.example/api/calls"})");
  ASSERT_THAT(graph.heard(), SizeIs(1));
  const auto& call = graph.call(graph.heard()[0].call);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(harness::find_header(answer.headers, "Location"),
            "https://graph.microsoft.com/v1.0/communications/calls/" + call.id);
  EXPECT_EQ(harness::find_header(answer.headers, "Client-Request-Id"), "asked-1");
  EXPECT_EQ(string_at(parse_object(answer.body), "id"), call.id);
  EXPECT_EQ(call.callback, "https://bot.example/api/calls");
}

TEST(GraphModel, InviteRunsAndItsNotificationEndsIt) {
  GraphModel graph(1);
  auto& call = graph.incoming_call();
  const auto answer = ask(graph, "POST", fmt::format("/v1.0/communications/calls/{}/participants/invite", call.id),
                          R"({"participants":[{"identity":{"user":{"id":"u"}}}],"clientContext":"c-1"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr(R"("status":"Running")"));
  EXPECT_THAT(answer.body, HasSubstr(R"("replacesCallId":null)"));
  ASSERT_THAT(graph.heard(), SizeIs(1));
  const auto& operation = graph.operation(graph.heard()[0].subject);
  const auto ended = invite_ended(call, operation, "completed", {.code = 200, .subcode = 0, .message = ""});
  EXPECT_THAT(ended, HasSubstr(R"("status":"completed")"));
  EXPECT_THAT(ended, HasSubstr(R"("clientContext":"c-1")"));
  EXPECT_THAT(ended, HasSubstr("/operations/" + bare_capitals(operation.id)));
}

TEST(GraphModel, MutedPersonIsMutedInTheNextRoster) {
  GraphModel graph(1);
  auto& call = graph.incoming_call();
  graph.join(call, kAda);
  EXPECT_THAT(roster_updated(call), Not(HasSubstr(R"("isMuted":true)")));
  const auto answer = ask(
      graph, "POST",
      fmt::format("/v1.0/communications/calls/{}/participants/{}/mute", call.id, bare_capitals(call.roster.back().id)));
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(roster_updated(call), HasSubstr(R"("isMuted":true)"));
}

TEST(GraphModel, RosterLosesWhoLeaves) {
  GraphModel graph(1);
  auto& call = graph.incoming_call();
  graph.join(call, kAda);
  EXPECT_THAT(roster_updated(call), HasSubstr("Ada Brook"));
  graph.leave(call, kAda);
  EXPECT_THAT(roster_updated(call), Not(HasSubstr("Ada Brook")));
}

TEST(GraphModel, EndedCallIsNotFound) {
  GraphModel graph(1);
  auto& call = graph.incoming_call();
  const auto target = "/v1.0/communications/calls/" + call.id;
  EXPECT_EQ(ask(graph, "DELETE", target).status, 204);
  graph.end(call);
  const auto answer = ask(graph, "DELETE", target);
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr(R"("code":"8522")"));
  EXPECT_THAT(graph.heard(), SizeIs(1)) << "what was refused has not happened";
}

TEST(GraphModel, RequestsOutsideOfCallsAreRefused) {
  GraphModel graph(1);
  EXPECT_EQ(ask(graph, "GET", "/v1.0/me").status, 400);
  EXPECT_EQ(ask(graph, "PUT", "/v1.0/communications/calls").status, 405);
  EXPECT_EQ(ask(graph, "POST", "/v1.0/communications/calls/").status, 404);
  EXPECT_THAT(graph.heard(), IsEmpty());
}

TEST(GraphPayloads, CallUpdateHoldsNoId) {
  GraphModel graph(1);
  auto& call = graph.incoming_call();
  const auto update = parse_object(call_updated(call, "established"));
  const auto& notification = array_at(update, "value")->at(0).as_object();
  EXPECT_EQ(string_at(notification, "resource"), "/app/calls/" + call.id);
  EXPECT_EQ(string_at(notification, "resourceUrl"), "/communications/calls/" + call.id);
  EXPECT_FALSE(object_at(notification, "resourceData")->contains("id"));
}

TEST(GraphPayloads, MockTokenHasTheFormOfAToken) {
  const auto token = mock_token("somebody");
  EXPECT_EQ(std::ranges::count(token, '.'), 2);
  EXPECT_THAT(token, testing::StartsWith("eyJ"));
}

}  // namespace
}  // namespace bots
