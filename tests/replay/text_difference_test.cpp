#include "replay/text_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace replay {
namespace {

using testing::ElementsAre;

std::vector<Difference> differences(std::string_view recorded, std::string_view live) {
  return text_differences(recorded, live,
                          {[](std::string_view one, std::string_view other) { return one == other; },
                           [](std::string_view text) { return std::string(text); }});
}

TEST(TextDifference, ShowsAShortLineWhole) {
  EXPECT_THAT(differences("busy", "forbidden"), ElementsAre(Difference{"", "busy", "forbidden"}));
  EXPECT_THAT(differences("", "x"), ElementsAre(Difference{"", "", "x"}));
}

TEST(TextDifference, NamesTheLineThatDiffers) {
  EXPECT_THAT(differences("a\nb\nc\n", "a\nB\nc\n"), ElementsAre(Difference{"line 2", "b", "B"}));
}

TEST(TextDifference, DoesNotRunOnBehindALineThatCame) {
  EXPECT_THAT(differences("a\nb\nc", "a\nnew\nb\nc"), ElementsAre(Difference{"line 2", "(absent)", "new"}));
  EXPECT_THAT(differences("a\ngone\nb", "a\nb"), ElementsAre(Difference{"line 2", "gone", "(absent)"}));
}

TEST(TextDifference, ShowsTheFirstOfManyLines) {
  EXPECT_THAT(differences("0\n1\n2\n3\n4\nend", "0\na\nb\nc\nd\nend"),
              ElementsAre(Difference{"line 2", "1", "a"}, Difference{"line 3", "2", "b"},
                          Difference{"line 4, of 2 to 5 that differ", "3", "c"}));
}

TEST(TextDifference, CutsALongLineAroundItsFirstDifferenceBetweenCharacters) {
  const std::string before(200, 'a');
  std::string behind;
  for (int i = 0; i < 100; ++i) behind += "ü";
  const auto found = differences(before + "1" + behind, before + "2" + behind);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].recorded.starts_with("…" + std::string(40, 'a') + "1ü")) << found[0].recorded;
  EXPECT_TRUE(found[0].live.starts_with("…" + std::string(40, 'a') + "2ü")) << found[0].live;
  EXPECT_TRUE(found[0].live.ends_with("ü…")) << found[0].live;
  EXPECT_LE(found[0].live.size(), 170u);
}

TEST(TextDifference, ShowsBytesInHexadecimal) {
  using std::string_literals::operator""s;
  EXPECT_THAT(differences("\0\1\2\3\4\5\6"s, "\0\1\2\3\4\xff\6"s),
              ElementsAre(Difference{"offset 0x5", "01 02 03 04 [05] 06, 7 bytes", "01 02 03 04 [ff] 06, 7 bytes"}));
  EXPECT_THAT(differences("\0"s, "\0\1"s),
              ElementsAre(Difference{"offset 0x1", "00 [end], 1 byte", "00 [01], 2 bytes"}));
}

TEST(TextDifference, ThatIsOnlyOneOfLineEndsIsShownToo) {
  EXPECT_THAT(differences("a\nb", "a\r\nb"), ElementsAre(Difference{"", "a\nb", "a\r\nb"}));
}

}  // namespace
}  // namespace replay
