#include "replay/guid_map.h"

#include <gtest/gtest.h>

namespace replay {
namespace {

TEST(GuidMap, KeepsWhatItWasGivenFirst) {
  GuidMap<int> map;
  const auto guid = *corpus::guid_bits("57dab8b1-894c-409a-b240-bd8beae78896");
  EXPECT_EQ(map.find(guid), nullptr);
  map.add(guid, 1);
  map.add(*corpus::guid_bits("57DAB8B1894C409AB240BD8BEAE78896"), 2);
  ASSERT_NE(map.find(guid), nullptr);
  EXPECT_EQ(*map.find(guid), 1);
  EXPECT_EQ(map.size(), 1u);
}

TEST(GuidMap, FindsEachOfManyThatAreNearlyAlike) {
  GuidMap<std::uint64_t> map;
  for (std::uint64_t i = 0; i < 3000; ++i) map.add({i << 40, i % 7}, i);
  EXPECT_EQ(map.size(), 3000u);
  for (std::uint64_t i = 0; i < 3000; ++i) {
    const std::uint64_t* found = map.find({i << 40, i % 7});
    ASSERT_NE(found, nullptr) << i;
    EXPECT_EQ(*found, i);
    EXPECT_EQ(map.find({i << 40, 8}), nullptr) << i;
  }
}

}  // namespace
}  // namespace replay
