#include "corpus/byte_maps.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace corpus {
namespace {

/// Every byte there is, and some more often than others.
std::string some_text(std::mt19937& random, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += random() % 2 == 0 ? static_cast<char>(random() % 256) : "\"\\%':=<J@+/. aZ09-_:::"[random() % 22];
  }
  return text;
}

std::vector<std::uint64_t> words_for(std::string_view text) {
  return std::vector<std::uint64_t>((text.size() + kMapped - 1) / kMapped, 0x5555555555555555);
}

TEST(ByteMaps, SayTheSameWhateverTheWidth) {
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 400; ++size) {
    const std::string text = some_text(random, size);
    std::vector<std::uint64_t> wide = words_for(text);
    std::vector<std::uint64_t> plain = wide;
    map_byte(text, ':', wide.data());
    plainly::map_byte(text, ':', plain.data());
    EXPECT_EQ(wide, plain) << text;
    map_base64(text, wide.data());
    plainly::map_base64(text, plain.data());
    EXPECT_EQ(wide, plain) << text;
    EXPECT_EQ(kinds_in(text), plainly::kinds_in(text)) << text;
    for (const std::size_t reach : {1, 2, 40}) {
      EXPECT_EQ(find_pair(text, ':', ' ', reach, size / 3), plainly::find_pair(text, ':', ' ', reach, size / 3))
          << text;
    }
  }
}

TEST(ByteMaps, KnowEachByteOfAKindFromAllOthers) {
  for (int code = 0; code < 256; ++code) {
    const std::string text(1, static_cast<char>(code));
    EXPECT_EQ(kinds_in(text), plainly::kinds_in(text)) << code;
    std::uint64_t wide = 0;
    std::uint64_t plain = 0;
    map_base64(text, &wide);
    plainly::map_base64(text, &plain);
    EXPECT_EQ(wide, plain) << code;
  }
}

std::vector<std::size_t> places_in(const std::string& text, char byte) {
  std::vector<std::size_t> all;
  Places places(text, byte);
  for (std::size_t at = places.next(); at != text.npos; at = places.next()) all.push_back(at);
  return all;
}

TEST(Places, AreThoseOfTheByte) {
  std::mt19937 random(2);
  for (const std::size_t size : {0, 1, 63, 64, 65, 511, 512, 513, 1024, 3000}) {
    const std::string text = some_text(random, size);
    std::vector<std::size_t> expected;
    for (std::size_t at = text.find(':'); at != text.npos; at = text.find(':', at + 1)) expected.push_back(at);
    EXPECT_EQ(places_in(text, ':'), expected);
  }
  EXPECT_EQ(places_in(std::string(70, '\xff'), '\xff').size(), 70u);
}

TEST(Places, GoOnWhereTheyAreToldTo) {
  const std::string text(2000, ':');
  for (std::size_t begin : {0, 5, 500}) {
    for (const std::size_t step : {0, 1, 2, 63, 64, 65, 200, 512, 600, 1200, 1499}) {
      Places places(text, ':');
      std::size_t at = places.next();
      while (at < begin) at = places.next();
      places.skip_to(at + step);
      EXPECT_EQ(places.next(), step == 0 ? at + 1 : at + step) << begin << " " << step;
    }
  }
  Places places(text, ':');
  places.next();
  places.skip_to(text.size());
  EXPECT_EQ(places.next(), text.npos);
  EXPECT_EQ(places.next(), text.npos);
}

}  // namespace
}  // namespace corpus
