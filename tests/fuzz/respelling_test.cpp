#include "fuzz/targets/respelling.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

namespace fuzz {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

constexpr int kTrials = 400;

/// The text in many spellings, each once. White space is taken out if it is not wanted.
std::set<std::string> spellings(std::string_view text, bool with_space = false) {
  simdjson::dom::parser parser;
  const Respelling::Element root = parser.parse(text.data(), text.size()).value();
  std::set<std::string> found;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::string spelled = Respelling(std::to_string(trial)).spell(root);
    if (!with_space) std::erase_if(spelled, [](char c) { return std::string_view(" \t\r\n").contains(c); });
    found.insert(std::move(spelled));
  }
  return found;
}

bool twins(std::string_view text) {
  simdjson::dom::parser parser;
  return has_twins(parser.parse(text.data(), text.size()).value());
}

TEST(Respelling, DependsOnTheTextThatItIsMadeFor) {
  simdjson::dom::parser parser;
  const std::string_view text = R"({"a":[1,"b"],"c":{"d":null}})";
  const Respelling::Element root = parser.parse(text.data(), text.size()).value();
  EXPECT_EQ(Respelling("x").spell(root), Respelling("x").spell(root));
  EXPECT_NE(Respelling("x").spell(root), Respelling("y").spell(root));
}

TEST(Respelling, PutsMembersIntoEveryOrder) {
  const auto found = spellings("{\"a\":true,\"b\":null,\"c\":false}");
  for (const char* order :
       {R"({"a":true,"b":null,"c":false})", R"({"a":true,"c":false,"b":null})", R"({"b":null,"a":true,"c":false})",
        R"({"b":null,"c":false,"a":true})", R"({"c":false,"a":true,"b":null})", R"({"c":false,"b":null,"a":true})"}) {
    EXPECT_THAT(found, Contains(order));
  }
}

TEST(Respelling, KeepsTheOrderOfElements) {
  EXPECT_THAT(spellings("[true,false,null,[],{}]"), testing::ElementsAre("[true,false,null,[],{}]"));
}

TEST(Respelling, SpellsWholeNumbersWithFractionAndExponent) {
  EXPECT_THAT(spellings(R"({"k":1})"), AllOf(Contains(HasSubstr(":1.0")), Contains(HasSubstr(":1e0")),
                                             Contains(HasSubstr(":10e-1")), Contains(HasSubstr(":1}"))));
  const auto thousands = spellings("5000");
  EXPECT_THAT(thousands, AllOf(Contains("5e3"), Contains("5.000e3"), Contains("5000.0"), Contains("5000")));
  EXPECT_THAT(spellings("-12"), AllOf(Contains("-1.2e1"), Contains("-12.000")));
}

TEST(Respelling, KeepsDigitsThatATextIsMadeOf) {
  // As a double 100000 is "1e+05", the shortest way to write it.
  EXPECT_EQ(spellings(R"(100000)"), std::set<std::string>{"100000"});
  EXPECT_GT(spellings(R"({"code":100000})").size(), 1u);
  EXPECT_EQ(spellings("9007199254740993").size(), 1u);
  EXPECT_EQ(spellings("[18446744073709551615]").size(), 1u);
}

TEST(Respelling, OfANumberIsTheSameNumber) {
  simdjson::dom::parser parser;
  for (const std::string_view number : {"0", "7", "-1", "10", "5001", "-99999", "0.5", "-12.25", "1e300"}) {
    const double wanted = std::stod(std::string(number));
    for (const std::string& spelled : spellings(number)) {
      EXPECT_EQ(parser.parse(spelled.data(), spelled.size()).get_double().value(), wanted) << spelled;
    }
  }
}

TEST(Respelling, EscapesCharactersInEveryWay) {
  const auto found = spellings("[\"a\\n\xC3\xA9\xF0\x9F\x98\x80\"]");
  EXPECT_THAT(found, AllOf(Contains(HasSubstr("\\n")), Contains(HasSubstr("\\u000")), Contains(HasSubstr("\\u00e9")),
                           Contains(HasSubstr("\xC3\xA9"))));
  EXPECT_THAT(found, AllOf(Contains(HasSubstr("\\ud83d")), Contains(HasSubstr("\\uD83D")),
                           Contains(HasSubstr("\xF0\x9F\x98\x80")), Contains(HasSubstr("\\u0061"))));
  simdjson::dom::parser parser;
  for (const std::string& spelled : found) {
    EXPECT_EQ(parser.parse(spelled.data(), spelled.size()).at(0).get_string().value(), "a\n\xC3\xA9\xF0\x9F\x98\x80");
  }
}

TEST(Respelling, AddsNoMoreSpaceThanItMay) {
  std::string many = "[";
  for (int at = 0; at < 20'000; ++at) many += "null,";
  many.back() = ']';
  for (const std::string& spelled : spellings("[0.25,[],{}]", true)) EXPECT_LE(spelled.size(), 2000u);
  simdjson::dom::parser parser;
  const std::string spelled = Respelling("x").spell(parser.parse(many.data(), many.size()).value());
  EXPECT_EQ(spelled.size(), many.size() + Respelling::kMostSpace);
}

TEST(Twins, AreMembersThatAreOneToAParser) {
  EXPECT_TRUE(twins(R"({"a":1,"a":1})"));
  EXPECT_TRUE(twins(R"([{"x":{"subCode":1,"subcode":2}}])"));
  EXPECT_TRUE(twins(R"({"recordingLocation":1,"recordResourceLocation":2})"));
  EXPECT_TRUE(twins(R"({"recordResourceAccessToken":1,"recordingAccessToken":2})"));
  EXPECT_FALSE(twins(R"({"a":{"a":1},"b":[{"a":1},{"a":1}]})"));
}

TEST(SameButRaw, PassesOverRawAndNothingElse) {
  corpus::Notification one;
  corpus::Notification other;
  one.data.raw = "{}";
  EXPECT_TRUE(same_but_raw(one, other));
  other.resource = "/app/calls/1";
  EXPECT_FALSE(same_but_raw(one, other));
}

}  // namespace
}  // namespace fuzz
