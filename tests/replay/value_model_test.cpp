#include "replay/value_model.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace replay {
namespace {

ValueModel model_of_values(const std::vector<std::string>& texts, bool closed = false) {
  std::vector<Sample> samples;
  for (const std::string& text : texts) samples.push_back({value_of(text), 1});
  return {samples, closed};
}

bool accepts(const ValueModel& model, std::string_view text) {
  return model.accepts(value_of(text));
}

TEST(ValueModel, TypesThatWereNotSeenAreNoNoise) {
  const ValueModel model = model_of_values({R"("a3f1b2c4")", R"("00ffee12")"});
  EXPECT_TRUE(accepts(model, R"("1234abcd")"));
  for (const char* other : {"12345678", "(absent)", "null", "true", R"({"a":1})", R"(["1234abcd"])", R"("")"}) {
    EXPECT_FALSE(accepts(model, other)) << other;
  }
}

TEST(ValueModel, AbsenceIsNoiseOnlyIfSeen) {
  EXPECT_TRUE(accepts(model_of_values({"(absent)", "1", "2"}), "(absent)"));
  EXPECT_FALSE(accepts(model_of_values({"3", "1", "2"}), "(absent)"));
}

TEST(ValueModel, NumbersHaveARangeWithAMargin) {
  const ValueModel model = model_of_values({"20", "35", "28", "31"});
  EXPECT_TRUE(accepts(model, "45"));
  EXPECT_FALSE(accepts(model, "3100"));
  EXPECT_FALSE(accepts(model, "-1")) << "none was negative";
  EXPECT_FALSE(accepts(model, "28.5")) << "all were whole";
}

TEST(ValueModel, ClocksAndCountersGoOn) {
  EXPECT_TRUE(accepts(model_of_values({"1780000000123", "1780000004711"}), "1799999999999"));
  EXPECT_FALSE(accepts(model_of_values({"1780000000123", "1780000004711"}), "12"));
  const ValueModel counter = model_of_values({"1", "2", "3", "4", "5"});
  EXPECT_TRUE(accepts(counter, "105"));
  EXPECT_FALSE(accepts(counter, "1000000"));
}

TEST(ValueModel, ObjectsAreLookedAtMemberByMember) {
  const ValueModel model = model_of_values(
      {R"({"kind":"tone","id":"00a1b2"})", R"({"kind":"tone","id":"9f8e7d"})", R"({"kind":"tone","id":"3c2b1a"})"});
  EXPECT_TRUE(accepts(model, R"({"kind":"tone","id":"77aa66"})"));
  EXPECT_FALSE(accepts(model, R"({"kind":"text","id":"77aa66"})")) << "the same in all that were seen";
  EXPECT_FALSE(accepts(model, R"({"kind":"tone"})"));
  EXPECT_FALSE(accepts(model, R"({"kind":"tone","id":"77aa66","more":1})"));
}

TEST(ValueModel, WhoIsMeantIsNeverMoreThanWhatWasSeen) {
  const ValueModel model =
      model_of_values({R"("57dab8b1-894c-409a-b240-bd8beae78896")", R"("90ed37dc-d8e3-4e11-9de3-30a955dda06f")"}, true);
  EXPECT_TRUE(accepts(model, R"("90ed37dc-d8e3-4e11-9de3-30a955dda06f")"));
  EXPECT_FALSE(accepts(model, R"("deadbeef-d8e3-4e11-9de3-30a955dda06f")"));
}

TEST(ValueModel, SixSamplesAreEnoughForRandomNumbers) {
  std::size_t refused = 0;
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    std::vector<std::string> texts;
    for (int i = 0; i < 6; ++i) texts.push_back(std::to_string(50 + random() % 200));
    const ValueModel model = model_of_values(texts);
    for (int i = 0; i < 100; ++i) refused += accepts(model, std::to_string(50 + random() % 200)) ? 0 : 1;
  }
  EXPECT_LE(refused, 30u) << "of 30,000";
}

TEST(ValueModel, TextsThatAreNoJsonAreTexts) {
  EXPECT_EQ(value_of("GET or POST"), boost::json::value("GET or POST"));
  EXPECT_EQ(value_of("(absent)"), std::nullopt);
}

}  // namespace
}  // namespace replay
