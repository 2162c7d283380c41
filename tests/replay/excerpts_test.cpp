#include "replay/excerpts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace replay {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Excerpts, AreTheValuesIfTheyAreShort) {
  const Excerpts shown = excerpts_of("\"one\"", "", 10);
  EXPECT_EQ(shown.recorded, "\"one\"");
  EXPECT_EQ(shown.live, "");
}

TEST(Excerpts, AreTheBeginningsIfThoseDiffer) {
  const Excerpts shown = excerpts_of("abc" + std::string(50, 'x'), "abd", 10);
  EXPECT_EQ(shown.recorded, "abcxxxxxxx…");
  EXPECT_EQ(shown.live, "abd");
}

TEST(Excerpts, OfLongValuesShowWhereTheyDiffer) {
  const std::string alike(5000, 'a');
  const Excerpts shown = excerpts_of(alike + "b" + alike, alike + "X" + alike, 200);
  EXPECT_THAT(shown.recorded, StartsWith("…aaa"));
  EXPECT_THAT(shown.recorded, HasSubstr("aba"));
  EXPECT_THAT(shown.live, HasSubstr("aXa"));
  EXPECT_EQ(shown.live.size(), 200 + 2 * std::string("…").size());
}

TEST(Excerpts, ShowThatOneOfTwoIsOver) {
  const std::string alike(100, 'a');
  const Excerpts shown = excerpts_of(alike, alike + "b", 20);
  EXPECT_EQ(shown.recorded, "…aaaaa");
  EXPECT_EQ(shown.live, "…aaaaab");
}

TEST(Excerpts, CutNoCharacterInTwo) {
  std::string alike;
  for (int i = 0; i < 40; ++i) alike += "日";
  const Excerpts shown = excerpts_of(alike + "本" + alike, alike + "末" + alike, 20);
  EXPECT_EQ(shown.recorded, "…日本日日日日…");
  EXPECT_EQ(shown.live, "…日末日日日日…");
}

TEST(Excerpts, BearWhatIsNoUtf8) {
  const std::string bytes(100, '\x80');
  const Excerpts shown = excerpts_of(bytes + "a", bytes + "b", 8);
  EXPECT_NE(shown.recorded, shown.live);
}

}  // namespace
}  // namespace replay
