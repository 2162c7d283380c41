// Whether a bot holds more and more, told from numbers alone.
#include "harness/fuzzing/growth.h"

#include <gmock/gmock.h>

#include <functional>

namespace harness {
namespace {

using testing::Contains;

// Holds `held(i)` behind the i-th clean session, with the sessions 10 i to 10 i + 9 before it, until something is
// suspected.
struct Watched {
  std::optional<GrowthSuspicion> suspicion;
  std::size_t holdings = 0;
};

Watched watch(std::size_t most, const std::function<Footprint(std::size_t)>& held) {
  GrowthWatch watch;
  for (std::size_t at = 0; at < most; ++at) {
    std::vector<std::uint64_t> sessions;
    for (std::uint64_t i = 0; i < 10; ++i) sessions.push_back(10 * at + i);
    if (auto suspicion = watch.hold(held(at), std::move(sessions))) return {std::move(suspicion), at};
  }
  return {std::nullopt, most};
}

constexpr std::int64_t kMegabyte = 1'000'000;

TEST(GrowthWatch, SteadyIsNoGrowth) {
  EXPECT_FALSE(watch(1000, [](std::size_t) { return Footprint{30 * kMegabyte, 12}; }).suspicion);
}

// Sockets come and go, and the allocator takes its time.
TEST(GrowthWatch, NoiseAndWarmUpAreNoGrowth) {
  const auto noisy = watch(1000, [](std::size_t at) {
    const auto warm = static_cast<std::int64_t>(std::min<std::size_t>(at, 3)) * 5 * kMegabyte;
    return Footprint{30 * kMegabyte + warm + static_cast<std::int64_t>(at * 7 % 5) * 200'000,
                     12 + static_cast<std::int64_t>(at * 13 % 7)};
  });
  EXPECT_FALSE(noisy.suspicion);
}

TEST(GrowthWatch, DescriptorWithEachSession) {
  const auto watched = watch(100, [](std::size_t at) {
    return Footprint{30 * kMegabyte, 12 + 10 * static_cast<std::int64_t>(at)};
  });
  ASSERT_TRUE(watched.suspicion);
  EXPECT_EQ(watched.suspicion->resource, Resource::descriptors);
  EXPECT_LE(watched.holdings, 15u);
}

// One that is lost now and then, under noise: the sessions before each rise are among the suspects.
TEST(GrowthWatch, DescriptorLostNowAndThen) {
  const auto watched = watch(200, [](std::size_t at) {
    return Footprint{30 * kMegabyte, 12 + static_cast<std::int64_t>(at / 7) + (at % 3 == 0 ? 5 : 0)};
  });
  ASSERT_TRUE(watched.suspicion);
  EXPECT_THAT(watched.suspicion->sessions, Contains(testing::AllOf(testing::Ge(140u), testing::Lt(150u))));
}

// That of one must not hide that of the other.
TEST(GrowthWatch, MemoryBesideDescriptors) {
  GrowthWatch watch;
  std::vector<Resource> suspected;
  for (std::int64_t at = 0; at < 60; ++at) {
    if (const auto suspicion = watch.hold({at * 400'000, at}, {1})) suspected.push_back(suspicion->resource);
  }
  EXPECT_THAT(suspected, Contains(Resource::memory));
  EXPECT_THAT(suspected, Contains(Resource::descriptors));
}

TEST(GrowthWatch, GivesUpAfterSomeSuspicions) {
  GrowthWatch watch;
  std::size_t suspicions = 0;
  for (std::int64_t at = 0; at < 1000; ++at) suspicions += watch.hold({0, at}, {1}) ? 1 : 0;
  EXPECT_GT(suspicions, 0u);
  EXPECT_LT(suspicions, 10u);
}

std::optional<bool> told(std::size_t plays, Resource resource, const std::function<std::int64_t(std::size_t)>& held) {
  std::vector<std::int64_t> all;
  for (std::size_t at = 0; at < plays; ++at) {
    all.push_back(held(at));
    if (const auto grows_now = grows(all, resource)) return grows_now;
  }
  return std::nullopt;
}

TEST(Growth, IsToldFromPlays) {
  const auto one_each = [](std::size_t at) { return static_cast<std::int64_t>(at); };
  EXPECT_EQ(told(5, Resource::descriptors, one_each), std::nullopt);
  EXPECT_EQ(told(kGrowthPlays, Resource::descriptors, one_each), true);
  EXPECT_EQ(told(kGrowthPlays, Resource::descriptors, [](std::size_t at) { return static_cast<std::int64_t>(at % 9); }),
            false);
  EXPECT_EQ(told(kGrowthPlays, Resource::memory, [](std::size_t at) { return static_cast<std::int64_t>(at) * 16'384; }),
            true);
  // It warms up, and is done then.
  EXPECT_EQ(told(kGrowthPlays, Resource::memory,
                 [](std::size_t at) { return static_cast<std::int64_t>(std::min<std::size_t>(at, 25)) * 100'000; }),
            false);
}

// A heap that is collected: it grows for hundreds of plays, and then no more.
TEST(Growth, TakesMoreBlocksWhereAsked) {
  std::vector<std::int64_t> all;
  for (std::size_t at = 0; at < 20 * kCollectedBlocks; ++at) {
    all.push_back(static_cast<std::int64_t>(std::min<std::size_t>(at, 900)) * 30'000);
  }
  EXPECT_EQ(grows(std::span(all).first(kGrowthPlays), Resource::memory), true);
  EXPECT_EQ(grows(std::span(all).first(400), Resource::memory, kCollectedBlocks), std::nullopt);
  EXPECT_EQ(grows(all, Resource::memory, kCollectedBlocks), false);
  for (std::size_t at = 0; at < all.size(); ++at) all[at] = static_cast<std::int64_t>(at) * 30'000;
  EXPECT_EQ(grows(all, Resource::memory, kCollectedBlocks), true);
}

TEST(Growth, IsMeasuredForEachPlay) {
  std::vector<std::int64_t> all;
  for (std::int64_t at = 0; at < static_cast<std::int64_t>(kGrowthPlays); ++at) all.push_back(5 + at * 3);
  EXPECT_DOUBLE_EQ(growth_for_each(all, Resource::descriptors), 3);
}

}  // namespace
}  // namespace harness
