// What is known of a recording, for sessions that are made of it.
#include "harness/fuzzing/clean_session.h"

#include <gtest/gtest.h>

#include "harness/session_causes.h"
#include "tests/support/session_builder.h"

namespace harness {
namespace {

using support::call_is;
using support::kCall;

// A minute into the call somebody comes, and the bot mutes them at once.
CleanSession call_with_a_mute() {
  CleanSession clean;
  const std::string call = std::string("/communications/calls/") + kCall;
  clean.seed.session = support::SessionBuilder()
                           .delivery(0, 100, call_is(kCall, "established"))
                           .delivery(60'000'000, 60'000'100, call_is(kCall, "established"))
                           .request(60'002'000, 60'003'000, "POST", call + "/mute", "{}")
                           .take();
  clean.plan = replay::make_plan(clean.seed.session);
  return clean;
}

TEST(PlanFor, WaitsForNoRequestLongerThanRecordedWhereNoneIsDemanded) {
  const CleanSession clean = call_with_a_mute();
  ASSERT_EQ(clean.plan.steps[2].think, 2'000);
  corpus::Session dropped = clean.seed.session;
  dropped.exchanges.erase(dropped.exchanges.begin() + 1);
  const auto think_of = [&](bool legal) { return plan_for(clean, dropped, nullptr, {}, legal).steps[1].think; };
  EXPECT_EQ(think_of(true), 60'002'000);
  EXPECT_EQ(think_of(false), 2'000);
  dropped.exchanges.back().number = 77;  // of another recording that was woven in: the same bot, as fast as here
  EXPECT_EQ(think_of(true), 60'002'000);
  EXPECT_EQ(think_of(false), 2'000);
}

}  // namespace
}  // namespace harness
