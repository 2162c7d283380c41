#include "replay/matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/session_builder.h"

namespace replay {
namespace {

using support::kCall;
using support::kOther;
using support::SessionBuilder;

std::string path(const std::string& call, const std::string& rest) {
  return "/communications/calls/" + call + rest;
}

corpus::Request request(std::string method, std::string target, std::string body = {}) {
  return {std::move(method), std::move(target), {}, std::move(body), {}};
}

std::string invite_of(const std::string& user, const std::string& context) {
  return R"({"participants":[{"identity":{"user":{"id":")" + user + R"("}}}],"clientContext":")" + context + R"("})";
}

// Everything that a matcher leans on, in the order in which it has to live.
struct Fixture {
  explicit Fixture(corpus::Session session)
      : recorded(std::move(session)), plan(make_plan(recorded)), matcher(recorded, plan, bindings) {}
  corpus::Session recorded;
  Plan plan;
  Bindings bindings;
  Matcher matcher;
};

TEST(Matcher, TakesEqualRequestsInOrderAndEachOnce) {
  Fixture f(
      SessionBuilder().request(0, 1, "POST", path(kCall, "/mute")).request(2, 3, "POST", path(kCall, "/mute")).take());
  EXPECT_EQ(f.matcher.take(request("POST", path(kCall, "/mute")))->exchange, 0u);
  EXPECT_EQ(f.matcher.take(request("POST", path(kCall, "/mute")))->exchange, 1u);
  EXPECT_FALSE(f.matcher.take(request("POST", path(kCall, "/mute"))));
}

TEST(Matcher, PrefersTheBodyThatFits) {
  const std::string alex = "550fae72-d251-43ec-868c-373732c2704f";
  const std::string kim = "8a34a46b-3d17-4adc-8dce-dc4e7d572698";
  Fixture f(SessionBuilder()
                .request(0, 9, "POST", path(kCall, "/participants/invite"), invite_of(alex, "context-a"))
                .request(1, 9, "POST", path(kCall, "/participants/invite"), invite_of(kim, "context-b"))
                .take());
  EXPECT_EQ(f.matcher.take(request("POST", path(kCall, "/participants/invite"), invite_of(kim, "live-1111")))->exchange,
            1u);
  EXPECT_EQ(
      f.matcher.take(request("POST", path(kCall, "/participants/invite"), invite_of(alex, "live-2222")))->exchange, 0u);
  EXPECT_EQ(f.bindings.live_of("context-b"), "live-1111");
}

TEST(Matcher, ARepeatedInviteDoesNotStandForThatOfAnother) {
  const std::string alex = "550fae72-d251-43ec-868c-373732c2704f";
  const std::string kim = "8a34a46b-3d17-4adc-8dce-dc4e7d572698";
  const std::string target = path(kCall, "/participants/invite");
  Fixture f(SessionBuilder()
                .request(0, 9, "POST", target, invite_of(alex, "context-a"))
                .request(1, 9, "POST", target, invite_of(kim, "context-b"))
                .take());
  EXPECT_EQ(f.matcher.take(request("POST", target, invite_of(alex, "live-1111")))->exchange, 0u);
  const auto again = request("POST", target, invite_of(alex, "live-1111"));
  EXPECT_FALSE(f.matcher.take(again));
  EXPECT_EQ(f.matcher.nearest(again)->exchange, 0u);
  EXPECT_EQ(f.matcher.take(request("POST", target, invite_of(kim, "live-2222")))->exchange, 1u);
}

TEST(Matcher, KnowsOnePathByItsNames) {
  Fixture f(SessionBuilder().request(0, 1, "POST", path(kCall, "/answer")).take());
  EXPECT_TRUE(
      f.matcher.take(request("POST", "/beta/app/calls/57DAB8B1894C409AB240BD8BEAE78896/microsoft.graph.answer")));
}

TEST(Matcher, RefusesAnotherCallOnceTheCallIsKnown) {
  Fixture f(SessionBuilder().request(0, 1, "POST", path(kCall, "/mute")).take());
  f.bindings.bind(kCall, "11111111-2222-4333-8444-5555aaaabbbb");
  EXPECT_FALSE(f.matcher.take(request("POST", path(kOther, "/mute"))));
  EXPECT_FALSE(f.matcher.take(request("POST", path(kCall, "/mute")))) << "the recorded id is not the live one";
  EXPECT_TRUE(f.matcher.take(request("POST", path("11111111222243338444"
                                                  "5555aaaabbbb",
                                                  "/mute"))));
}

TEST(Matcher, AnswersPollingFromTheRecordingAsFarAsItHasCome) {
  Fixture f(SessionBuilder()
                .request(10, 11, "GET", path(kCall, ""))
                .request(20, 21, "GET", path(kCall, ""))
                .request(30, 31, "GET", path(kCall, ""))
                .take());
  EXPECT_EQ(f.matcher.poll(request("GET", path(kCall, "")), 0), 0u);
  EXPECT_EQ(f.matcher.poll(request("GET", path(kCall, "")), 25), 1u);
  EXPECT_EQ(f.matcher.poll(request("GET", path(kCall, "")), 99), 2u);
  EXPECT_FALSE(f.matcher.poll(request("GET", path(kCall, "/participants")), 99));
}

TEST(Matcher, ShowsTheNearestCandidateAndWhatDiffers) {
  Fixture f(SessionBuilder()
                .request(0, 1, "DELETE", path(kCall, ""))
                .request(2, 3, "POST", path(kCall, "/mute"), R"({"clientContext":"c","x":1})")
                .take());
  const auto nearest = f.matcher.nearest(request("POST", path(kCall, "/unmute"), R"({"clientContext":"c","x":2})"));
  ASSERT_TRUE(nearest);
  EXPECT_EQ(nearest->exchange, 1u);
  EXPECT_FALSE(nearest->taken);
  EXPECT_THAT(nearest->differences,
              testing::ElementsAre(Difference{"path", path(kCall, "/mute"), path(kCall, "/unmute")},
                                   Difference{"/x", "1", "2"}));
}

TEST(Matcher, SeesThatARequestCameOnceMore) {
  Fixture f(SessionBuilder().request(0, 1, "POST", path(kCall, "/mute"), "{}").take());
  f.matcher.take(request("POST", path(kCall, "/mute"), "{}"));
  const auto nearest = f.matcher.nearest(request("POST", path(kCall, "/mute"), "{}"));
  ASSERT_TRUE(nearest);
  EXPECT_TRUE(nearest->taken);
  EXPECT_THAT(nearest->differences, testing::IsEmpty());
}

TEST(Matcher, ComparesQueries) {
  Fixture f(SessionBuilder().request(0, 1, "POST", path(kCall, "/mute?$expand=a&reason=noise")).take());
  const auto same = f.matcher.nearest(request("POST", path(kCall, "/mute?reason=noise&%24expand=a")));
  EXPECT_THAT(same->differences, testing::IsEmpty()) << "order and escapes do not count";
  const auto match = f.matcher.take(request("POST", path(kCall, "/mute?reason=echo&$expand=a")));
  ASSERT_TRUE(match);
  EXPECT_THAT(match->comparison.differences,
              testing::ElementsAre(Difference{"query", "$expand=a&reason=noise", "$expand=a&reason=echo"}));
}

TEST(Matcher, AQueryOnOneSideOnlyIsAbsentOnTheOther) {
  Fixture f(SessionBuilder().request(0, 1, "POST", path(kCall, "/mute")).take());
  const auto match = f.matcher.take(request("POST", path(kCall, "/mute?reason=echo")));
  ASSERT_TRUE(match);
  EXPECT_THAT(match->comparison.differences, testing::ElementsAre(Difference{"query", "(absent)", "reason=echo"}));
}

TEST(Matcher, PrefersTheQueryThatFits) {
  Fixture f(SessionBuilder()
                .request(0, 1, "POST", path(kCall, "/mute?reason=noise"))
                .request(2, 3, "POST", path(kCall, "/mute?reason=echo"))
                .request(4, 5, "GET", path(kCall, "/participants?$top=1"))
                .request(6, 7, "GET", path(kCall, "/participants?$top=9"))
                .take());
  EXPECT_EQ(f.matcher.take(request("POST", path(kCall, "/mute?reason=echo")))->exchange, 1u);
  EXPECT_EQ(f.matcher.poll(request("GET", path(kCall, "/participants?$top=9")), 0), 3u);
  EXPECT_EQ(f.matcher.poll(request("GET", path(kCall, "/participants?$top=1")), 99), 2u);
  EXPECT_EQ(f.matcher.poll(request("GET", path(kCall, "/participants")), 5), 2u) << "the nearest, for want of better";
}

TEST(Matcher, SeesThatARequestCameOnceMoreAmongMany) {
  SessionBuilder builder;
  const auto body = [](int i) { return R"({"n":)" + std::to_string(i) + "}"; };
  for (int i = 0; i < 1000; ++i) builder.request(2 * i, 2 * i + 1, "POST", path(kCall, "/mute"), body(i));
  Fixture f(builder.take());
  for (int i = 0; i < 700; ++i) f.matcher.take(request("POST", path(kCall, "/mute"), body(i)));
  const auto nearest = f.matcher.nearest(request("POST", path(kCall, "/mute"), body(690)));
  ASSERT_TRUE(nearest);
  EXPECT_EQ(nearest->exchange, 690u);
  EXPECT_TRUE(nearest->taken);
  EXPECT_THAT(nearest->differences, testing::IsEmpty());
}

TEST(Matcher, BindsTheIdsOfHeaders) {
  corpus::Session session = SessionBuilder().request(0, 1, "POST", path(kCall, "/mute")).take();
  session.exchanges[0].request.headers = {{"Client-Request-Id", "550fae72-d251-43ec-868c-373732c2704f"}};
  Fixture f(std::move(session));
  corpus::Request live = request("POST", path(kCall, "/mute"));
  live.headers = {{"client-request-id", "8a34a46b-3d17-4adc-8dce-dc4e7d572698"}};
  f.matcher.take(live);
  EXPECT_EQ(f.bindings.live_of("550fae72d25143ec868c373732c2704f"), "8a34a46b-3d17-4adc-8dce-dc4e7d572698");
}

}  // namespace
}  // namespace replay
