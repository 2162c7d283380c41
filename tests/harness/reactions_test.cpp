// How long a bot is taken to need until it asks for something.
#include "harness/fuzzing/reactions.h"

#include <gtest/gtest.h>

#include "tests/support/session_builder.h"

namespace harness {
namespace {

constexpr const char* kAnswer = "/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/answer";

// A bot that asks `after` having been told, and again as long after the answer.
corpus::Session asking(corpus::Micros after) {
  return support::SessionBuilder()
      .delivery(1000, 1100, "{}")
      .request(1000 + after, 2000 + after, "POST", kAnswer)
      .request(2000 + 2 * after, 3000 + 2 * after, "POST", kAnswer)
      .take();
}

TEST(Reactions, AreSomeTimesTheLongestAndNeverTooShort) {
  Reactions reactions;
  const corpus::Micros least = reactions.quiet();
  EXPECT_GE(least, 20'000);
  reactions.note(asking(300));
  EXPECT_EQ(reactions.quiet(), least);
  reactions.note(asking(50'000));
  reactions.note(asking(300));
  EXPECT_EQ(reactions.quiet(), 200'000);
}

// A request has to have been told of; what the bot does for itself says nothing.
TEST(Reactions, AreToWhatWasTold) {
  Reactions reactions;
  const corpus::Micros least = reactions.quiet();
  reactions.note(support::SessionBuilder().request(900'000, 900'100, "POST", kAnswer).take());
  EXPECT_EQ(reactions.quiet(), least);
  reactions.note(support::SessionBuilder().delivery(0, 10, "{}").request(900'000, 900'100, "GET", kAnswer).take());
  EXPECT_EQ(reactions.quiet(), least);
}

TEST(Reactions, ForgetsAMachineThatWasBusy) {
  Reactions reactions;
  reactions.note(asking(50'000));
  for (int i = 0; i < 150; ++i) reactions.note(asking(300));
  EXPECT_EQ(reactions.quiet(), 200'000);
  for (int i = 0; i < 400; ++i) reactions.note(asking(300));
  EXPECT_LT(reactions.quiet(), 200'000);
  reactions.note(asking(10'000));
  reactions.keep();
  for (int i = 0; i < 400; ++i) reactions.note(asking(300));
  EXPECT_EQ(reactions.quiet(), 40'000);
}

}  // namespace
}  // namespace harness
