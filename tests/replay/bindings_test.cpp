#include "replay/bindings.h"

#include <gtest/gtest.h>

namespace replay {
namespace {

constexpr const char* kRecorded = "57dab8b1-894c-409a-b240-bd8beae78896";
constexpr const char* kLive = "11111111-2222-4333-8444-5555aaaabbbb";

TEST(Bindings, RewritesEverySpellingInItsOwnSpelling) {
  Bindings bindings;
  ASSERT_EQ(bindings.bind(kRecorded, kLive), Bindings::Outcome::bound);
  EXPECT_EQ(bindings.to_live(
                R"({"a":"57DAB8B1894C409AB240BD8BEAE78896","b":"/app/calls/57dab8b1894c409ab240bd8beae78896/x"})"),
            R"({"a":"111111112222433384445555AAAABBBB","b":"/app/calls/111111112222433384445555aaaabbbb/x"})");
  EXPECT_EQ(
      bindings.to_live(
          "/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/answer?id=57DAB8B1-894C-409A-B240-BD8BEAE78896"),
      "/communications/calls/11111111-2222-4333-8444-5555aaaabbbb/answer?id=11111111-2222-4333-8444-5555AAAABBBB");
}

TEST(Bindings, FindsGuidsInsideLongerStrings) {
  Bindings bindings;
  bindings.bind(kRecorded, kLive);
  EXPECT_EQ(bindings.to_live("failed for 28:57dab8b1-894c-409a-b240-bd8beae78896, code=580"),
            "failed for 28:11111111-2222-4333-8444-5555aaaabbbb, code=580");
}

TEST(Bindings, GoesBackToTheVeryBytes) {
  Bindings bindings;
  bindings.bind(kRecorded, kLive);
  const std::string text = R"( {"id" : "57DAB8B1894C409AB240BD8BEAE78896", "n": 1} )";
  EXPECT_EQ(bindings.to_recorded(bindings.to_live(text)), text);
}

TEST(Bindings, KeepsTextsOfTheBotsOwnMaking) {
  Bindings bindings;
  bindings.bind("context number 1", "context number 77");
  EXPECT_EQ(bindings.to_live(R"({"clientContext":"context number 1","x":"see context number 1"})"),
            R"({"clientContext":"context number 77","x":"see context number 1"})");
}

TEST(Bindings, EscapesWhatJsonDemands) {
  Bindings bindings;
  bindings.bind("say \"hello\"", "back\\slash");
  EXPECT_EQ(bindings.to_live(R"({"clientContext":"say \"hello\""})"), R"({"clientContext":"back\\slash"})");
}

TEST(Bindings, LeavesShortTextsAloneWhereTheyStandByChance) {
  Bindings bindings;
  bindings.bind("1", "2");
  EXPECT_EQ(bindings.to_live(R"({"sourceId":"1","clientContext":"1","path":"/operations/1"})"),
            R"({"sourceId":"1","clientContext":"2","path":"/operations/2"})");
}

TEST(Bindings, AreOneToOne) {
  Bindings bindings;
  bindings.bind(kRecorded, kLive);
  EXPECT_EQ(bindings.bind("57DAB8B1894C409AB240BD8BEAE78896", "222222222222433384445555aaaabbbb"),
            Bindings::Outcome::recorded_taken);
  EXPECT_EQ(bindings.bind("90ed37dc-d8e3-4e11-9de3-30a955dda06f", kLive), Bindings::Outcome::live_taken);
  EXPECT_EQ(bindings.bind("57DAB8B1894C409AB240BD8BEAE78896", "111111112222433384445555aaaabbbb"),
            Bindings::Outcome::known);
  EXPECT_EQ(bindings.size(), 1u);
}

TEST(Bindings, TakeUnclosedStringsAsTheyAre) {
  Bindings bindings;
  bindings.bind(kRecorded, kLive);
  EXPECT_EQ(bindings.to_live(R"({"a":"57dab8b1-894c-409a-b240-bd8beae78896)"),
            R"({"a":"11111111-2222-4333-8444-5555aaaabbbb)");
}

}  // namespace
}  // namespace replay
