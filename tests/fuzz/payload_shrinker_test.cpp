#include "fuzz/payload_shrinker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/fuzz/payloads.h"

namespace {

using fuzz::PayloadShrinker;
using fuzz::shrink_payload;

bool holds(std::string_view text, std::string_view mark) {
  return text.find(mark) != text.npos;
}

// Makes it smaller as long as it holds `mark`; what it began as JSON has to stay JSON at every step.
std::string smallest_json(std::string payload, std::string_view mark) {
  return shrink_payload(std::move(payload), [&](const std::string& text) {
    EXPECT_TRUE(fuzz::is_json(text)) << text;
    return holds(text, mark);
  });
}

std::string longest_sample() {
  const auto payloads = fuzz::sample_payloads();
  return *std::ranges::max_element(payloads, {}, &std::string::size);
}

TEST(PayloadShrinker, LeavesTheMemberThatMatters) {
  const std::string payload = longest_sample();
  ASSERT_GT(payload.size(), 1000u);
  EXPECT_EQ(smallest_json(payload, "\"resourceData\""), R"({"resourceData":0})");
}

TEST(PayloadShrinker, AsksSeldom) {
  PayloadShrinker shrinker(longest_sample());
  while (const std::string* const candidate = shrinker.next()) shrinker.verdict(holds(*candidate, "\"resourceData\""));
  EXPECT_TRUE(shrinker.minimal());
  EXPECT_LE(shrinker.runs(), 300u);
}

TEST(PayloadShrinker, TakesLevelsOfNestingAway) {
  EXPECT_EQ(smallest_json(R"([[[[[[{"a":[1,2,{"bad":true}]}]]]]]])", R"({"bad":true})"), R"({"bad":true})");
  EXPECT_EQ(smallest_json(R"({"a":{"b":{"c":[[7]]}}})", "[[7]]"), "[[7]]");
}

TEST(PayloadShrinker, TakesACommaWithEachValue) {
  EXPECT_EQ(smallest_json(R"([ "x" , "y" , "z" ])", "\"x\""), R"("x")");
  const std::string kept = smallest_json(R"({"a":1,"b":2,"c":3,"d":4})", "\"b\":2");
  EXPECT_EQ(kept, R"({"b":2})");
  const std::string two = shrink_payload(R"([1,2,3,4,5])", [](const std::string& text) {
    EXPECT_TRUE(fuzz::is_json(text)) << text;
    return holds(text, "2") && holds(text, "5") && holds(text, "[");
  });
  EXPECT_EQ(two, "[2,5]");
}

TEST(PayloadShrinker, CutsStringsBetweenCharacters) {
  EXPECT_EQ(smallest_json("{\"name\":\"Jos\xc3\xa9 \xf0\x9f\x98\x80 M\xc3\xbcller\"}", "\xf0\x9f\x98\x80"),
            "\"\xf0\x9f\x98\x80\"");
  EXPECT_EQ(smallest_json(R"(["a\"b\\\ud83d\ude00\u00e9"])", R"(\ud83d\ude00)"), R"("\ud83d\ude00")");
}

TEST(PayloadShrinker, ShortensKeysAndNumbers) {
  EXPECT_EQ(smallest_json(R"({"sequenceNumber":-1234599e10})", "99"), "99");
  EXPECT_EQ(smallest_json(R"({"longKey":12})", "y\":"), R"({"y":1})");
}

TEST(PayloadShrinker, MendsWhatIsBrokenWhereItCan) {
  EXPECT_EQ(shrink_payload(R"({"a":"x","b":[1,2],})", [](const std::string& text) { return holds(text, "\"a\":"); }),
            R"({"a":0})");
}

TEST(PayloadShrinker, KeepsWhatIsBrokenWhereItHasTo) {
  PayloadShrinker shrinker(R"({"status":"failed","r":{"i":{"":}}})");
  while (const std::string* const candidate = shrinker.next()) shrinker.verdict(holds(*candidate, ":}"));
  EXPECT_EQ(shrinker.best(), ":}");
  EXPECT_FALSE(shrinker.is_json());
  EXPECT_TRUE(shrinker.minimal());
}

TEST(PayloadShrinker, KeepsToItsBudget) {
  PayloadShrinker shrinker(longest_sample(), 7);
  std::size_t asked = 0;
  for (; shrinker.next() != nullptr; ++asked) shrinker.verdict(false);
  EXPECT_EQ(asked, 7u);
  EXPECT_FALSE(shrinker.minimal());
  EXPECT_EQ(shrinker.best(), longest_sample());
}

TEST(PayloadShrinker, EndsWithNothingToTakeAway) {
  for (const char* payload : {"", "0", "{}", "\"\"", "\x80"}) {
    const std::string best = shrink_payload(payload, [](const std::string&) { return false; });
    EXPECT_EQ(best, payload);
  }
}

}  // namespace
