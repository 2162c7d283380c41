#include "corpus/ids.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <cstdint>
#include <utility>

namespace corpus {
namespace {

std::vector<std::string> guids_in(std::string_view text) {
  std::vector<std::string> found;
  for (const Span& span : find_guids(text)) found.emplace_back(span.of(text));
  return found;
}

TEST(Ids, HaveOneCanonicalForm) {
  EXPECT_EQ(canonical_id("57DAB8B1-894C-409A-B240-BD8BEAE78896"), "57dab8b1894c409ab240bd8beae78896");
  EXPECT_EQ(canonical_id("57dab8b1894c409ab240bd8beae78896"), "57dab8b1894c409ab240bd8beae78896");
}

TEST(Ids, ThatAreNoGuidsKeepTheirCase) {
  EXPECT_EQ(canonical_id("123456W77E24E4D85F80597083CB830"), "123456W77E24E4D85F80597083CB830");
  EXPECT_EQ(canonical_id("57dab8b1-894c-409a-b240-bd8beae7889"), "57dab8b1-894c-409a-b240-bd8beae7889");
  EXPECT_EQ(canonical_id("57dab8b1894c-409a-b240-bd8beae78896-"), "57dab8b1894c-409a-b240-bd8beae78896-");
}

TEST(Ids, AreOneInEverySpelling) {
  EXPECT_TRUE(same_id("57DAB8B1-894C-409A-B240-BD8BEAE78896", "57dab8b1894c409ab240bd8beae78896"));
  EXPECT_TRUE(same_id("invite-1", "invite-1"));
  EXPECT_FALSE(same_id("57dab8b1-894c-409a-b240-bd8beae78896", "57dab8b1-894c-409a-b240-bd8beae78897"));
  EXPECT_FALSE(same_id("57dab8b1-894c-409a-b240-bd8beae7889g", "57DAB8B1-894C-409A-B240-BD8BEAE7889G"));
  EXPECT_FALSE(same_id("invite-1", "INVITE-1"));
}

TEST(Ids, HaveTheSameBitsInEverySpelling) {
  const auto bits = guid_bits("57DAB8B1-894C-409A-B240-BD8BEAE78896");
  ASSERT_TRUE(bits);
  EXPECT_EQ(bits, guid_bits("57dab8b1894c409ab240bd8beae78896"));
  std::string other = "57dab8b1894c409ab240bd8beae78896";
  for (char& digit : other) {
    const char before = std::exchange(digit, digit == '5' ? 'f' : '5');
    EXPECT_NE(bits, guid_bits(other)) << other;
    for (const char wrong : {'g', '/', ':', '@', '`', 'G', '\x10', '\x19', '\x90', '\xe1', ' '}) {
      digit = wrong;
      EXPECT_FALSE(guid_bits(other)) << other;
      EXPECT_FALSE(is_guid(other)) << other;
    }
    digit = before;
  }
}

TEST(Ids, AreFoundInLongerTexts) {
  EXPECT_THAT(
      guids_in("28:8A34A46B-3D17-4ADC-8DCE-DC4E7D572698 reason: x, /app/calls/57DAB8B1894C409AB240BD8BEAE78896/y"),
      testing::ElementsAre("8A34A46B-3D17-4ADC-8DCE-DC4E7D572698", "57DAB8B1894C409AB240BD8BEAE78896"));
  EXPECT_THAT(guids_in("invite-8a34a46b-3d17-4adc-8dce-dc4e7d572698"),
              testing::ElementsAre("8a34a46b-3d17-4adc-8dce-dc4e7d572698"));
}

TEST(Ids, AreNotFoundInLongerRuns) {
  EXPECT_THAT(guids_in("57dab8b1894c409ab240bd8beae788960"), testing::IsEmpty());
  EXPECT_THAT(guids_in("a57dab8b1894c409ab240bd8beae78896"), testing::IsEmpty());
  EXPECT_THAT(guids_in("8a34a46b-3d17-4adc-8dce-dc4e7d572698f"), testing::IsEmpty());
  EXPECT_THAT(guids_in("8a34a46b-3d17-4adc-8dce"), testing::IsEmpty());
  EXPECT_THAT(guids_in(""), testing::IsEmpty());
}

// The rule itself: whatever stands alone between letters and digits, from left to right.
std::vector<Span> guids_by_the_rule(std::string_view text) {
  const auto alone = [&](std::size_t place) {
    return place >= text.size() || std::isalnum(static_cast<unsigned char>(text[place])) == 0;
  };
  std::vector<Span> found;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;
    for (const std::size_t each : {std::size_t{32}, std::size_t{36}}) {
      const std::string_view piece = text.substr(i, each);
      if (is_guid(piece) && (i == 0 || alone(i - 1)) && alone(i + piece.size())) length = piece.size();
    }
    if (length != 0) found.push_back({i, length});
    i += length != 0 ? length : 1;
  }
  return found;
}

TEST(Ids, AreFoundByTheRuleWhateverStandsAround) {
  const std::string bare = "57dab8b1894c409ab240bd8beae78896";
  const std::string dashed = "8a34a46b-3d17-4adc-8dce-dc4e7d572698";
  const std::vector<std::string> pieces = {
      bare, dashed,          "-", "a", "/", "1234567-", "8a34a46b", "zz", dashed.substr(1), bare.substr(5),
      "\"", "8a34a46b-3d17-"};
  std::uint32_t state = 1;
  std::size_t found = 0;
  for (int n = 0; n < 20'000; ++n) {
    std::string text;
    for (int i = 0; i < 6; ++i) {
      state = state * 1'664'525u + 1'013'904'223u;
      text += pieces[(state >> 16) % pieces.size()];
    }
    ASSERT_EQ(find_guids(text), guids_by_the_rule(text)) << text;
    found += find_guids(text).size();
  }
  EXPECT_GT(found, 1'000u) << "the texts have some";
}

TEST(Ids, TakeTheSpellingOfTheirPlace) {
  const std::string id = "57dab8b1894c409ab240bd8beae78896";
  EXPECT_EQ(spelled_like(id, "8A34A46B3D174ADC8DCEDC4E7D572698"), "57DAB8B1894C409AB240BD8BEAE78896");
  EXPECT_EQ(spelled_like(id, "8a34a46b-3d17-4adc-8dce-dc4e7d572698"), "57dab8b1-894c-409a-b240-bd8beae78896");
  EXPECT_EQ(spelled_like(id, "00000000-0000-0000-0000-000000000000"), "57dab8b1-894c-409a-b240-bd8beae78896");
}

}  // namespace
}  // namespace corpus
