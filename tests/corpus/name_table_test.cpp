#include "corpus/name_table.h"

#include <gtest/gtest.h>

#include <string>

namespace {

constexpr corpus::NameTable<4> kExact{{"id", "subcode", "subCode", "status"}};
constexpr corpus::NameTable<3, corpus::Casing::any> kAnyCasing{{"running", "notStarted", "a"}};

TEST(NameTable, FindsEachNameAndNothingElse) {
  EXPECT_EQ(kExact.find("id"), 0);
  EXPECT_EQ(kExact.find("subcode"), 1);
  EXPECT_EQ(kExact.find("subCode"), 2);
  EXPECT_EQ(kExact.find("status"), 3);
  for (const char* other : {"", "i", "ID", "statuS", "stXtus", "statuss", "state"}) {
    EXPECT_EQ(kExact.find(other), kExact.kNone) << other;
  }
  EXPECT_EQ(kExact.find(std::string_view("id\0", 3)), kExact.kNone);
}

TEST(NameTable, PassesOverCasingWhereAsked) {
  EXPECT_EQ(kAnyCasing.find("Running"), 0);
  EXPECT_EQ(kAnyCasing.find("NOTSTARTED"), 1);
  EXPECT_EQ(kAnyCasing.find("A"), 2);
  EXPECT_EQ(kAnyCasing.find("RuNnINg "), kAnyCasing.kNone);
}

}  // namespace
