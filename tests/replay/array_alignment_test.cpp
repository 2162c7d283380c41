#include "replay/array_alignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string_view>

namespace replay {
namespace {

using testing::ElementsAre;

constexpr auto kNone = std::nullopt;

std::vector<Aligned> by_letters(std::string_view recorded, std::string_view live) {
  return align_by_place(recorded.size(), live.size(),
                        [&](std::size_t i, std::size_t j) { return recorded[i] == live[j]; });
}

TEST(ArrayAlignment, FindsNamesWhereverTheyStand) {
  EXPECT_THAT(align_by_name({{"a"}, {"b"}, {"c"}}, {{"c"}, {"a"}, {"b"}}),
              ElementsAre(Aligned{0, 1}, Aligned{1, 2}, Aligned{2, 0}));
}

TEST(ArrayAlignment, SaysWhichNamesWentAndCame) {
  EXPECT_THAT(align_by_name({{"a"}, {"b"}, {"c"}}, {{"c"}, {"x"}}),
              ElementsAre(Aligned{0, kNone}, Aligned{1, kNone}, Aligned{2, 0}, Aligned{kNone, 1}));
}

TEST(ArrayAlignment, LetsOneNameStandForAnotherThatIsGone) {
  EXPECT_THAT(align_by_name({{"a"}, {"b"}}, {{"x"}, {"a"}}), ElementsAre(Aligned{0, 1}, Aligned{1, 0}));
}

TEST(ArrayAlignment, AsksForTheNameThatSaysMostFirst) {
  EXPECT_THAT(align_by_name({{"one", "user"}, {"two", "user"}}, {{"two", "user"}, {"one", "user"}}),
              ElementsAre(Aligned{0, 1}, Aligned{1, 0}));
  EXPECT_THAT(align_by_name({{"user"}, {"user"}}, {{"user"}, {"user"}}), ElementsAre(Aligned{0, 0}, Aligned{1, 1}));
}

TEST(ArrayAlignment, LeavesTheOthersWithTheirEqualsAfterAnInsertion) {
  EXPECT_THAT(by_letters("abc", "abXc"), ElementsAre(Aligned{0, 0}, Aligned{1, 1}, Aligned{kNone, 2}, Aligned{2, 3}));
  EXPECT_THAT(by_letters("abcd", "acYd"),
              ElementsAre(Aligned{0, 0}, Aligned{1, kNone}, Aligned{2, 1}, Aligned{kNone, 2}, Aligned{3, 3}));
  EXPECT_THAT(by_letters("x", "axb"), ElementsAre(Aligned{kNone, 0}, Aligned{0, 1}, Aligned{kNone, 2}));
}

TEST(ArrayAlignment, TakesByPlaceWhatHasNoEqual) {
  EXPECT_THAT(by_letters("abc", "xyc"), ElementsAre(Aligned{0, 0}, Aligned{1, 1}, Aligned{2, 2}));
  EXPECT_THAT(by_letters("", "xy"), ElementsAre(Aligned{kNone, 0}, Aligned{kNone, 1}));
}

TEST(ArrayAlignment, AsksABoundedNumberOfTimes) {
  constexpr std::size_t kLength = 1000;
  std::size_t asked = 0;
  const auto aligned = align_by_place(kLength, kLength, [&](std::size_t, std::size_t) {
    ++asked;
    return false;
  });
  EXPECT_EQ(aligned.size(), kLength);
  EXPECT_LE(asked, 100 * kLength);
}

}  // namespace
}  // namespace replay
