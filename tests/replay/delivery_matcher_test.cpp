#include "replay/delivery_matcher.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/session_builder.h"

namespace replay {
namespace {

using support::call_is;
using support::kCall;
using support::kOther;
using support::SessionBuilder;

constexpr const char* kLive = "11111111-2222-4333-8444-5555aaaabbbb";

struct Fixture {
  explicit Fixture(corpus::Session session)
      : recorded(std::move(session)), plan(make_plan(recorded)), matcher(recorded, plan, bindings) {}
  std::optional<std::size_t> take(std::string body) {
    return matcher.take({"POST", "/api/calls", {}, std::move(body), {}});
  }
  corpus::Session recorded;
  Plan plan;
  Bindings bindings;
  DeliveryMatcher matcher;
};

TEST(DeliveryMatcher, KnowsADeliveryUnderOtherIdsAndBindsThem) {
  Fixture f(
      SessionBuilder().delivery(0, 1, call_is(kCall, "incoming")).delivery(2, 3, call_is(kCall, "established")).take());
  EXPECT_EQ(f.take(call_is(kLive, "established")), 1u);
  EXPECT_EQ(f.bindings.live_of("57dab8b1894c409ab240bd8beae78896"), kLive);
  EXPECT_EQ(f.take(call_is(kLive, "incoming")), 0u);
  EXPECT_FALSE(f.take(call_is(kLive, "incoming")));
}

TEST(DeliveryMatcher, BindsIdsThatAreTheRecordingsOwn) {
  Fixture f(SessionBuilder().delivery(0, 1, call_is(kCall, "incoming")).take());
  EXPECT_EQ(f.take(call_is(kCall, "incoming")), 0u);
  EXPECT_EQ(f.bindings.look(kCall, kOther), Bindings::Outcome::recorded_taken);
}

TEST(DeliveryMatcher, KeepsCallsApartOnceTheyAreBound) {
  Fixture f(
      SessionBuilder().delivery(0, 1, call_is(kCall, "incoming")).delivery(2, 3, call_is(kOther, "incoming")).take());
  f.bindings.bind(kOther, kLive);
  EXPECT_EQ(f.take(call_is(kLive, "incoming")), 1u);
}

// Of two calls that the bot creates, the second one was created first, and nothing has named it yet.
TEST(DeliveryMatcher, PrefersWhatNothingHoldsBack) {
  SessionBuilder builder;
  builder.request(0, 1, "POST", "/v1.0/communications/calls").delivery(2, 3, call_is(kCall, "establishing"));
  builder.request(4, 7, "POST", "/v1.0/communications/calls").delivery(5, 6, call_is(kOther, "establishing"));
  corpus::Session session = builder.take();
  session.exchanges[1].after = {session.exchanges[0].number};
  session.exchanges[3].after = {session.exchanges[2].number};
  Fixture f(session);
  f.matcher.request_came(2);
  EXPECT_EQ(f.take(call_is(kLive, "establishing")), 3u);
  EXPECT_EQ(f.take(call_is("99999999-2222-4333-8444-5555aaaabbbb", "establishing")), 1u)
      << "a preference: causes may be missing in a live run";
}

TEST(DeliveryMatcher, KnowsACallByThePeopleInItAmongHundreds) {
  const auto id = [](int n, char kind) { return fmt::format("{:08d}-0000-4000-8000-00000000000{}", n, kind); };
  const auto incoming = [&](const std::string& call, int caller) {
    return fmt::format(R"({{"value":[{{"changeType":"created","resource":"/app/calls/{}","resourceData":)"
                       R"({{"source":{{"identity":{{"user":{{"id":"{}"}}}}}}}}}}]}})",
                       call, id(caller, 'a'));
  };
  constexpr int kCalls = 300;
  SessionBuilder builder;
  for (int n = 0; n < kCalls; ++n) builder.delivery(n, n + 1, incoming(id(n, 'c'), n));
  Fixture f(builder.take());
  for (int n = kCalls; n-- > 0;) {
    EXPECT_EQ(f.take(incoming(id(n, 'f'), n)), static_cast<std::size_t>(n)) << "in the opposite order";
  }
}

TEST(DeliveryMatcher, LooksAmongTheDeliveriesOfTheSameCallHoweverManyOthersSayTheSame) {
  const auto call = [](int n) { return fmt::format("{:08d}-0000-4000-8000-00000000000c", n); };
  const auto updated = [](const std::string& id, const std::string& message) {
    return fmt::format(R"({{"value":[{{"resource":"/app/calls/{}","id":"{}"}}]}})", id, message);
  };
  constexpr int kCalls = 5000;  // more than would be looked at one by one
  SessionBuilder builder;
  for (int n = 0; n < kCalls; ++n) builder.delivery(n, n + 1, updated(call(n), call(n + kCalls)));
  Fixture f(builder.take());
  f.bindings.bind(call(kCalls - 1), kLive);
  EXPECT_EQ(f.take(updated(kLive, kOther)), static_cast<std::size_t>(kCalls - 1));
}

TEST(DeliveryMatcher, TakesNoAccountOfSecrets) {
  const auto with_token = [](const std::string& token) {
    return R"({"value":[{"resource":"/app/calls/57dab8b1-894c-409a-b240-bd8beae78896","token":")" + token + R"("}]})";
  };
  Fixture redacted(SessionBuilder().delivery(0, 1, with_token("redacted-0123456789abcdef")).take());
  EXPECT_EQ(redacted.take(with_token("redacted-fedcba9876543210")), 0u);
  Fixture raw(SessionBuilder().delivery(0, 1, with_token("readable")).take());
  EXPECT_EQ(raw.take(with_token("redacted-fedcba9876543210")), 0u);
}

TEST(DeliveryMatcher, FindsNothingForWhatWasNeverRecorded) {
  Fixture f(SessionBuilder().delivery(0, 1, call_is(kCall, "incoming")).take());
  EXPECT_FALSE(f.take(call_is(kCall, "terminated")));
}

}  // namespace
}  // namespace replay
