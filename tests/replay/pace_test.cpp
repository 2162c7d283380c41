#include "replay/pace.h"

#include <gtest/gtest.h>

#include <limits>

namespace replay {
namespace {

constexpr corpus::Micros kLast = std::numeric_limits<corpus::Micros>::max();

TEST(Pace, DividesAndThenCuts) {
  EXPECT_EQ(Pace{}.scaled(1500), 1500);
  EXPECT_EQ((Pace{.speed = 10, .max_gap = {}}.scaled(1504)), 150);
  EXPECT_EQ((Pace{.speed = 10, .max_gap = 100}.scaled(1500)), 100);
  EXPECT_EQ((Pace{.speed = 0.5, .max_gap = {}}.scaled(1500)), 3000);
}

TEST(Pace, WaitsForNothingWhenAskedTo) {
  EXPECT_EQ((Pace{.asap = true, .max_gap = {}}.scaled(1500)), 0);
}

TEST(Pace, TakesATimeThatGoesBackForNone) {
  EXPECT_EQ(Pace{}.scaled(-1500), 0);
}

TEST(Pace, SurvivesTimesThatNobodyLivesToSee) {
  EXPECT_EQ(Pace{}.scaled(kLast), kLongestGap);
  EXPECT_EQ((Pace{.speed = 1e-300, .max_gap = {}}.scaled(1)), kLongestGap);
  EXPECT_EQ((Pace{.speed = 1e300, .max_gap = {}}.scaled(kLast)), 0);
  EXPECT_EQ(later(kLast, kLast), kLongestReplay + kLongestGap);
  EXPECT_EQ(later(5, 7), 12);
}

}  // namespace
}  // namespace replay
