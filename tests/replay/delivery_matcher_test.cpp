#include "replay/delivery_matcher.h"

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

TEST(DeliveryMatcher, KeepsCallsApartOnceTheyAreBound) {
  Fixture f(
      SessionBuilder().delivery(0, 1, call_is(kCall, "incoming")).delivery(2, 3, call_is(kOther, "incoming")).take());
  f.bindings.bind(kOther, kLive);
  EXPECT_EQ(f.take(call_is(kLive, "incoming")), 1u);
}

TEST(DeliveryMatcher, FindsNothingForWhatWasNeverRecorded) {
  Fixture f(SessionBuilder().delivery(0, 1, call_is(kCall, "incoming")).take());
  EXPECT_FALSE(f.take(call_is(kCall, "terminated")));
}

}  // namespace
}  // namespace replay
