#include "corpus/name_table.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "corpus/ascii.h"

namespace {

constexpr corpus::NameTable<6> kExact{
    {"id", "subcode", "subCode", "status", "x", "isContentSharingNotificationEnabled"}};

TEST(NameTable, FindsEachNameAndNothingElse) {
  EXPECT_EQ(kExact.find("id"), 0);
  EXPECT_EQ(kExact.find("subcode"), 1);
  EXPECT_EQ(kExact.find("subCode"), 2);
  EXPECT_EQ(kExact.find("status"), 3);
  EXPECT_EQ(kExact.find("x"), 4);
  EXPECT_EQ(kExact.find("isContentSharingNotificationEnabled"), 5);
  for (const char* other :
       {"", "isContentSharingNotificatioXEnabled", "y", "i", "ID", "statuS", "stXtus", "statuss", "state"}) {
    EXPECT_EQ(kExact.find(other), kExact.kNone) << other;
  }
  EXPECT_EQ(kExact.find(std::string_view("id\0", 3)), kExact.kNone);
}

TEST(NameTable, FindsNamesOfEverySize) {
  constexpr corpus::NameTable<9> kSizes{
      {"a", "ab", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq"}};
  const std::string all = "abcdefghijklmnopqr";
  const std::vector<int> expected = {-1, 0, 1, 2, 3, -1, -1, 4, 5, 6, -1, -1, -1, -1, -1, -1, 7, 8, -1};
  for (std::size_t size = 0; size <= all.size(); ++size) {
    EXPECT_EQ(kSizes.find(all.substr(0, size)), expected[size]);
    EXPECT_EQ(kSizes.find_padded(std::string_view(all).substr(0, size)), expected[size]);
  }
}

TEST(SameWord, PassesOverCasingOfLettersOnly) {
  EXPECT_TRUE(corpus::same_word("notStarted", "NOTSTARTED"));
  EXPECT_FALSE(corpus::same_word("running", "running "));
  EXPECT_FALSE(corpus::same_word("[", "{"));
}

}  // namespace
