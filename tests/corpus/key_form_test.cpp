#include "corpus/key_form.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace {

/// Whether the form stands at the start of that text, which is followed by the least padding there may be.
bool stands(const corpus::KeyForm& form, std::string text) {
  text.resize(text.size() + corpus::kRunPadding);
  text.shrink_to_fit();
  return form.stands_at(text.data());
}

template <std::size_t Size>
void expect_met_alone() {
  static constexpr std::array<char, 32> kLetters = [] {
    std::array<char, 32> letters{};
    for (std::size_t at = 0; at < letters.size(); ++at) letters[at] = static_cast<char>('a' + at % 26);
    return letters;
  }();
  constexpr corpus::KeyForm kForm(std::string_view(kLetters.data(), Size));
  const std::string key = "\"" + std::string(kLetters.data(), Size) + "\":";
  EXPECT_EQ(kForm.size(), key.size());
  EXPECT_TRUE(stands(kForm, key));
  EXPECT_TRUE(stands(kForm, key + "\"value\",\"other\":1"));
  for (std::size_t at = 0; at < key.size(); ++at) {
    EXPECT_FALSE(stands(kForm, key.substr(0, at))) << key << " cut at " << at;
    for (const char other : {'\0', ' ', '"', 'A', '\\'}) {
      std::string changed = key;
      changed[at] = other == key[at] ? 'x' : other;
      EXPECT_FALSE(stands(kForm, changed)) << changed;
    }
  }
}

TEST(KeyForm, IsMetWhereEveryByteOfItStands) {
  expect_met_alone<1>();
  expect_met_alone<5>();
  expect_met_alone<6>();
  expect_met_alone<12>();
  expect_met_alone<13>();
  expect_met_alone<14>();
  expect_met_alone<28>();
  expect_met_alone<29>();
}

TEST(KeyForm, IsNeverMetForANameThatIsTooLong) {
  constexpr corpus::KeyForm kForm("abcdefghijklmnopqrstuvwxyzabcd");
  EXPECT_EQ(kForm.size(), 0u);
  EXPECT_FALSE(stands(kForm, "\"abcdefghijklmnopqrstuvwxyzabcd\":"));
  EXPECT_FALSE(stands(kForm, ""));
}

}  // namespace
