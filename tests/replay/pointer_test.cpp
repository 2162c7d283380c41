#include "replay/pointer.h"

#include <gtest/gtest.h>

namespace replay {
namespace {

TEST(Pointer, ReadsAndWritesEscapes) {
  const auto pointer = parse_pointer("/a~1b/0/~0c");
  ASSERT_TRUE(pointer);
  EXPECT_EQ(*pointer, (Pointer{"a/b", "0", "~c"}));
  EXPECT_EQ(to_string(*pointer), "/a~1b/0/~0c");
  EXPECT_EQ(parse_pointer("")->size(), 0u);
  EXPECT_EQ(*parse_pointer("/"), Pointer{""});
}

TEST(Pointer, RefusesWhatIsNone) {
  EXPECT_FALSE(parse_pointer("a/b"));
  EXPECT_FALSE(parse_pointer("/a~2"));
  EXPECT_FALSE(parse_pointer("/a~"));
}

TEST(Pointer, CoversWhatLiesBelow) {
  EXPECT_TRUE(covers({"a"}, {"a", "b"}));
  EXPECT_TRUE(covers({"a", "*", "c"}, {"a", "7", "c"}));
  EXPECT_FALSE(covers({"a", "b"}, {"a"}));
  EXPECT_FALSE(covers({"b"}, {"a"}));
}

}  // namespace
}  // namespace replay
