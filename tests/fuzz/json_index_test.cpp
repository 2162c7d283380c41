#include "fuzz/json_index.h"

#include <gtest/gtest.h>

#include <string>

#include "fuzz/random.h"
#include "fuzz/repair.h"
#include "tests/fuzz/payloads.h"

namespace fuzz {
namespace {

/// Key, value and parent of each value, a line each: what an index found.
std::string places_in(std::string_view text) {
  JsonIndex index;
  index.scan(text);
  std::string places;
  for (std::size_t at = 1; at < index.nodes().size(); ++at) {
    const Node& node = index[at];
    places +=
        std::to_string(node.parent) + " " + std::string(index.key(node)) + "=" + std::string(index.value(node)) + "\n";
  }
  return places;
}

bool well_formed(std::string_view text) {
  JsonIndex index;
  index.scan(text);
  return index.well_formed();
}

std::string repaired(std::string_view text) {
  JsonIndex index;
  index.scan(text);
  return repair(index);
}

TEST(JsonIndex, FindsValuesWithTheirKeysAndContainers) {
  EXPECT_EQ(places_in(R"({"a":[1, "x"],"b":{"c":null}})"),
            "0 ={\"a\":[1, \"x\"],\"b\":{\"c\":null}}\n1 a=[1, \"x\"]\n2 =1\n2 =\"x\"\n1 b={\"c\":null}\n5 c=null\n");
}

TEST(JsonIndex, ReadsOnAfterDamage) {
  EXPECT_EQ(places_in(R"({"a":1,,"b" "c":[2}})"), "0 ={\"a\":1,,\"b\" \"c\":[2}}\n1 a=1\n1 =\"b\"\n1 c=[2}\n4 =2\n");
}

TEST(JsonIndex, ClosesWhatTheTextLeavesOpen) {
  EXPECT_EQ(places_in("{\"a\":[\"x"), "0 ={\"a\":[\"x\n1 a=[\"x\n2 =\"x\n");
}

TEST(JsonIndex, JudgesAsAParserDoes) {
  for (const char* text : {"",
                           " ",
                           "1",
                           "{}",
                           "[]",
                           "[1,]",
                           "[,1]",
                           "{\"a\":1,}",
                           "{\"a\"}",
                           "{\"a\":}",
                           "{a:1}",
                           "[1 2]",
                           "{\"a\" 1}",
                           "{\"a\":1 \"b\":2}",
                           "[01]",
                           "[-]",
                           "[1.]",
                           "[.5]",
                           "[1e]",
                           "[1e5]",
                           "[-0]",
                           "[tru]",
                           "[true]",
                           "nul",
                           "\"\\x\"",
                           "\"\\u12\"",
                           "\"\\ud800\"",
                           "\"\\ud83d\\ude00\"",
                           "\"\\ude00\"",
                           "\"\xc3\xa9\"",
                           "\"\xc3\"",
                           "\"\xed\xa0\x80\"",
                           "\"\xf4\x90\x80\x80\"",
                           "\"\x01\"",
                           "\"a",
                           "[}",
                           "{]",
                           "}",
                           "]",
                           "[1]]",
                           "{\"a\":[1,{\"b\":2}]}",
                           "{\"a\":1}{\"b\":2}",
                           "/*c*/1",
                           "[1]x",
                           "{\"\":0}",
                           "[\"a\":1]",
                           "{1:2}"}) {
    EXPECT_EQ(well_formed(text), is_json(text)) << text;
  }
}

TEST(JsonIndex, JudgesDamagedSamplesAsAParserDoes) {
  Random random(1);
  for (const std::string& payload : sample_payloads()) {
    for (int round = 0; round < 40; ++round) {
      std::string text = payload.substr(0, 900);
      const std::size_t place = random.below(text.size());
      static constexpr std::string_view kBytes = "{}[],:\"\\ 0x\n\x80";
      if (random.one_in(2)) text[place] = random.pick(kBytes);
      if (random.one_in(2)) text += payload.substr(text.size());
      ASSERT_EQ(well_formed(text), is_json(text)) << text;
    }
  }
}

TEST(JsonIndex, StopsRecordingWhereItIsFull) {
  JsonIndex index;
  const std::string text = "[" + std::string(std::size_t{20000}, '[') + std::string(std::size_t{20000}, ']') + "]";
  index.scan(text);
  EXPECT_FALSE(index.complete());
  EXPECT_EQ(index.nodes().size(), JsonIndex::kCapacity);
  EXPECT_EQ(index.value(index[1]), text);
}

TEST(JsonIndex, TellsNamesApart) {
  EXPECT_NE(name_of("state"), name_of("status"));
  EXPECT_NE(name_of("resourceUrl"), name_of("resourceUrI"));
  EXPECT_NE(name_of("resource"), name_of("esourcer"));
  EXPECT_NE(name_of(""), name_of(std::string_view("\0", 1)));
}

TEST(Repair, PutsRightWhatTheSamplesOfDocumentationGetWrong) {
  EXPECT_EQ(repaired(R"({"status":"failed",})"), R"({"status":"failed"})");
  EXPECT_EQ(repaired("{\"a\":1 // c\n \"b\":2}"), R"({"a":1,"b":2})");
  EXPECT_EQ(repaired(R"({"a":[1,{"b":"x)"), R"({"a":[1,{"b":"x"}]})");
  EXPECT_EQ(repaired("{\"a\":nope}"), R"({"a":null})");
  EXPECT_EQ(repaired("[\"\\ud800\\x\n\"]"), R"(["\\ud800\\x\u000a"])");
}

TEST(Repair, MakesJsonOfAnyCutAndKeepsWhatIsWhole) {
  const std::string payload = sample_payloads().front();
  EXPECT_EQ(repaired(payload), payload);
  for (std::size_t cut = 1; cut < payload.size(); ++cut) {
    ASSERT_TRUE(is_json(repaired(payload.substr(0, cut)))) << "cut at " << cut;
  }
}

}  // namespace
}  // namespace fuzz
