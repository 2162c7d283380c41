#include "harness/duration.h"

#include <gmock/gmock.h>

namespace harness {
namespace {

using std::chrono::microseconds;

TEST(Duration, ReadsEachUnit) {
  EXPECT_EQ(parse_duration("250us"), microseconds(250));
  EXPECT_EQ(parse_duration("250ms"), microseconds(250'000));
  EXPECT_EQ(parse_duration("5s"), microseconds(5'000'000));
  EXPECT_EQ(parse_duration("2m"), microseconds(120'000'000));
  EXPECT_EQ(parse_duration("1h"), microseconds(3'600'000'000));
}

TEST(Duration, ReadsFractionsAndZero) {
  EXPECT_EQ(parse_duration("1.5s"), microseconds(1'500'000));
  EXPECT_EQ(parse_duration("0.25ms"), microseconds(250));
  EXPECT_EQ(parse_duration("0"), microseconds(0));
  EXPECT_EQ(parse_duration("0ms"), microseconds(0));
}

TEST(Duration, RefusesEverythingElse) {
  for (const char* text : {"", "5", "s", "-5s", "-0s", "5 s", " 5s", "5S", "5sec", "1e3s", "nan", "inf", "infs", "0x5s",
                           "5s5s", "9999999h"}) {
    const auto parsed = parse_duration(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_THAT(parsed.error().what, testing::HasSubstr("is no duration, like 250ms, 5s or 2m"));
  }
}

}  // namespace
}  // namespace harness
