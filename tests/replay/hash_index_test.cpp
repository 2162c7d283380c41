#include "replay/hash_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace replay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(HashIndex, GivesThePlacesOfAHashInTheirOrder) {
  HashIndex index;
  // More hashes than buckets would tell apart by their last bits.
  for (std::size_t place = 0; place < 40; ++place) index.add((place % 5) << 20, place);
  index.build();
  const std::vector<bool> taken(40);
  EXPECT_THAT(index.left(3 << 20, taken), ElementsAre(3, 8, 13, 18, 23, 28, 33, 38));
  EXPECT_THAT(index.left(0, taken), ElementsAre(0, 5, 10, 15, 20, 25, 30, 35));
  EXPECT_THAT(index.left(7 << 20, taken), IsEmpty());
}

TEST(HashIndex, PassesOverWhatHasBeenTaken) {
  HashIndex index;
  for (const std::size_t place : {2, 4, 6, 8}) index.add(1, place);
  index.build();
  std::vector<bool> taken(9);
  taken[2] = taken[6] = true;
  EXPECT_THAT(index.left(1, taken), ElementsAre(4, 6, 8)) << "only those at the beginning";
  taken[4] = true;
  EXPECT_THAT(index.left(1, taken), ElementsAre(8));
  taken[8] = true;
  EXPECT_THAT(index.left(1, taken), IsEmpty());
}

TEST(HashIndex, HoldsNothingAtFirst) {
  HashIndex index;
  index.build();
  EXPECT_THAT(index.left(1, {}), IsEmpty());
}

}  // namespace
}  // namespace replay
