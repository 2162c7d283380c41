// Strings and ids: what they say in each of their spellings.
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

#include "fuzz/escapes.h"
#include "fuzz/ids.h"

namespace fuzz {
namespace {

std::string unescaped(std::string_view text) {
  const auto out = std::make_unique<Scratch>();
  unescape(text, *out);
  return std::string(out->view());
}

std::string escaped(std::string_view text) {
  const auto out = std::make_unique<Scratch>();
  escape(text, *out);
  return std::string(out->view());
}

TEST(Escapes, SayWhatTheyStandFor) {
  EXPECT_EQ(unescaped(R"(a\u0062\n\/\ud83d\ude00)"), "ab\n/\xf0\x9f\x98\x80");
  EXPECT_EQ(unescaped(R"(\u00e9\u20ac)"), "\xc3\xa9\xe2\x82\xac");
}

TEST(Escapes, BrokenOnesAreLetters) {
  EXPECT_EQ(unescaped(R"(\ud800\x)"), R"(\ud800\x)");
}

TEST(Escapes, AnyBytesBecomeAString) {
  EXPECT_EQ(escaped("a\"\\\n\xff\xc3\xa9"), "a\\\"\\\\\\u000a\\u00ff\xc3\xa9");
}

TEST(Scratch, SaysThatItWasTooSmall) {
  const auto scratch = std::make_unique<Scratch>();
  scratch->add(std::string(Scratch::kRoom, 'x'));
  EXPECT_FALSE(scratch->spoilt());
  scratch->clear();
  scratch->add(std::string(Scratch::kRoom + 1, 'x'));
  scratch->clear();
  EXPECT_TRUE(scratch->spoilt()) << "until reset";
}

TEST(Ids, AreFoundInEverySpelling) {
  const std::string text =
      "/app/calls/6503DF27B25D45239F3C7C366BA1278C \"6503df27-b25d-4523-9f3c-7c366ba1278c\" "
      "6503df27b25d45239f3c7c366ba1278 "
      "00000000-0000-0000-0000-000000000000";
  std::array<IdPlace, 8> places;
  ASSERT_EQ(find_ids(text, places), 3u);
  EXPECT_EQ(places[0].hash, places[1].hash);
  EXPECT_NE(places[0].hash, places[2].hash);
  EXPECT_FALSE(places[0].dashed());
  EXPECT_TRUE(places[1].dashed());
}

TEST(Ids, ManyAreFoundWhereverTheyStand) {
  const std::string id = "6503df27-b25d-4523-9f3c-7c366ba1278c";
  std::string text;
  for (std::size_t gap = 1; gap <= 70; ++gap) text += id + std::string(gap, 'x');
  std::array<IdPlace, 100> places;
  EXPECT_EQ(find_ids(text, places), 70u);
}

TEST(Ids, BeginBehindNoEscape) {
  std::array<IdPlace, 8> places;
  EXPECT_EQ(find_ids(R"("\u0000e0ad-da99-4cf0-8f41-504d60f0cf06")", places), 0u);
}

TEST(Ids, TakeTheSpellingOfAnother) {
  const auto out = std::make_unique<Scratch>();
  add_id_like("6503df27-b25d-4523-9f3c-7c366ba1278c", "AAAADF27B25D45239F3C7C366BA1278C", *out);
  EXPECT_EQ(out->view(), "6503DF27B25D45239F3C7C366BA1278C");
}

}  // namespace
}  // namespace fuzz
