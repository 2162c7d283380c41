// Hostile documents by category: what RFC 8259 says must be taken is taken, what must not be is not, and where it
// leaves a choice ours is the one of corpus/PAYLOADS.md. Each text stands in a member that the parser reads nothing of,
// and is refused at a byte that lies in it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "corpus/notification.h"

namespace {

using Texts = std::vector<std::string>;

/// The document around the text: valid if the text is.
constexpr std::string_view kBefore = R"({"value":[],"x":)";
constexpr std::string_view kAfter = "}";

void expect_taken(const Texts& texts) {
  corpus::NotificationParser parser;
  for (const std::string& text : texts) {
    const auto parsed = parser.parse(std::string(kBefore) + text + std::string(kAfter));
    EXPECT_TRUE(parsed) << text << ": " << to_string(parsed.error());
  }
}

void expect_refused(const Texts& texts) {
  corpus::NotificationParser parser;
  for (const std::string& text : texts) {
    const std::string body = std::string(kBefore) + text + std::string(kAfter);
    const auto parsed = parser.parse(body);
    ASSERT_FALSE(parsed) << text;
    EXPECT_GE(parsed.error().offset, kBefore.size()) << text << ": " << to_string(parsed.error());
    EXPECT_LE(parsed.error().offset, body.size()) << text << ": " << to_string(parsed.error());
    EXPECT_EQ(parsed.error().what.find("simdjson"), std::string::npos) << text << ": " << to_string(parsed.error());
  }
}

TEST(Conformity, TakesEveryFormOfNumber) {
  expect_taken({"0",
                "-0",
                "-0.0",
                "0.1",
                "-1",
                "1e1",
                "1E+2",
                "1e-2",
                "123.456e-7",
                "0e0",
                "0E999",
                "1.0",
                "9223372036854775807",
                "-9223372036854775808",
                "18446744073709551615",
                "1.7976931348623157e308",
                "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
                "123456789012345678901234567890.5",
                "1000000000000000000000e0",
                std::string(400, '1') + "e-400"});
}

TEST(Conformity, RefusesWhatOnlyLooksLikeANumber) {
  expect_refused({"01",   "-01",  "00",       "+1",        "-",     "--1",  ".5",    "-.5",      "1.",
                  "1.e1", "1e",   "1e+",      "1E-",       "1e1.5", "0x1F", "1_000", "1,000",    "1 2",
                  "NaN",  "nan",  "Infinity", "-Infinity", "inf",   "1f",   "1L",    "\xD9\xA1", "1\xC2\xA0",
                  "0b1",  "1ee1", "1e1e1",    "-a",        "2.e",   "0.e1", "0e",    "1a"});
}

TEST(Conformity, RefusesNumbersThatHaveNoType) {
  expect_refused({"18446744073709551616", "-9223372036854775809", "1e309", "-1e400", std::string(400, '9'),
                  "1e99999999999999999999", "100000000000000000000000000000000"});
}

TEST(Conformity, TakesNumbersTooSmallToTellFromZero) {
  expect_taken({"1e-400", "-1e-999", "0." + std::string(400, '0') + "1", "1e-99999999999999999999"});
}

TEST(Conformity, TakesEveryFormOfString) {
  expect_taken({R"("")", R"("\"\\\/\b\f\n\r\t")", R"("\u0000")", R"("\u001f\u007f")", R"("\uD83D\uDE00")",
                R"("\ud83d\ude00")", "\"\x7F\"", "\"\xC2\x80\"", "\"\xEF\xBF\xBF\"", "\"\xF4\x8F\xBF\xBF\"",
                "\"\xE2\x80\xA8\"", R"("\uFFFF")", R"("\uFDD0")", "\"" + std::string(5000, 'x') + "\"",
                R"("// no comment")", R"("'")", "\"\xEF\xBB\xBF\""});
}

TEST(Conformity, RefusesWhatIsNoString) {
  expect_refused({"'a'",         "a",           "\"a",       "a\"",       "\"\\\"",     R"("\x41")",
                  R"("\a")",     R"("\0")",     R"("\u")",   R"("\u12")", R"("\u123")", R"("\uqqqq")",
                  R"("\U0041")", R"("\u 041")", "\"\n\"",    "\"\t\"",    "\"\r\"",     std::string("\"\0\"", 3),
                  "\"\x1F\"",    R"("a" "b")",  R"("a""b")", R"("\)",     R"("\u00)"});
}

TEST(Conformity, RefusesHalvesOfSurrogatePairs) {
  expect_refused({R"("\uD800")", R"("\uDC00")", R"("\uDBFF\uDBFF")", R"("\uD800\n")", R"("\uD800\u0041")",
                  R"("\uDC00\uD800")", R"("\uD800x")", R"("\ud83d\ude00\ud83d")", R"({"\uD800":1})"});
}

TEST(Conformity, RefusesWhatIsNoUtf8) {
  expect_refused({"\"\x80\"",
                  "\"\xBF\"",
                  "\"\xC0\x80\"",
                  "\"\xC1\xBF\"",
                  "\"\xC2\"",
                  "\"\xE0\x80\x80\"",
                  "\"\xE0\x9F\xBF\"",
                  "\"\xE2\x82\"",
                  "\"\xED\xA0\x80\"",
                  "\"\xED\xBF\xBF\"",
                  "\"\xF0\x80\x80\x80\"",
                  "\"\xF0\x8F\xBF\xBF\"",
                  "\"\xF4\x90\x80\x80\"",
                  "\"\xF5\x80\x80\x80\"",
                  "\"\xFE\"",
                  "\"\xFF\"",
                  "\"\xF0\x9F\x98\"",
                  "{\"\xFF\":1}",
                  "\xFF",
                  "\xEF\xBB\xBF\"\"",
                  "\"\xFC\x80\x80\x80\x80\x80\""});
}

TEST(Conformity, TakesEveryStructure) {
  expect_taken({"[]", "{}", "[ ]", "{ }", "[[]]", "[{}]", R"({"":0})", R"({"":{"":{"":[]}}})", R"({"a":1,"a":2})",
                R"({"\u0061":1,"a":2})", "[1,[2,[3]],{}]", " \t\r\n1\t", "[\n]", R"({ "a" : 1 , "b" : [ ] })", "true",
                "false", "null", R"({"a\u0000b":1})", R"({"__proto__":null})"});
}

TEST(Conformity, RefusesBrokenStructure) {
  expect_refused({"",
                  "[",
                  "{",
                  "]",
                  "[}",
                  "[1",
                  "[1,",
                  "[,1]",
                  "[1,,2]",
                  "[1,]",
                  "[,]",
                  "[1 2]",
                  "[1:2]",
                  "[1;2]",
                  R"({"a")",
                  R"({"a":)",
                  R"({"a":1)",
                  R"({"a":1,})",
                  R"({,"a":1})",
                  R"({"a" 1})",
                  R"({"a"::1})",
                  R"({"a":1 "b":2})",
                  R"({"a":1,,"b":2})",
                  R"({"a","b"})",
                  R"({"a":1:2})",
                  R"({"r":{"i":{"":}}})",
                  "{1:1}",
                  "{null:1}",
                  "{a:1}",
                  "{'a':1}",
                  R"({["a"]:1})",
                  R"([1]])",
                  "[[1]",
                  R"({"a":[})",
                  R"([{"a":1])"});
}

TEST(Conformity, RefusesBrokenWords) {
  expect_refused({"True", "TRUE", "tru", "truee", "falsey", "fals", "nul", "nulll", "Null", "undefined", "None",
                  "true false", "nul\xC3\xA9", "[tru]", "[nullnull]"});
}

TEST(Conformity, RefusesCommentsAndOtherSpace) {
  expect_refused({"1//x", "1/*x*/", "/**/1", "#x\n1", "1\f", "1\v",
                  "\xC2\xA0"
                  "1",
                  "\xE2\x80\xA8"
                  "1",
                  std::string("1\0", 2), std::string("\0", 1), "1\x1A", "<!-- -->1", "1\xEF\xBB\xBF"});
}

TEST(Conformity, KeepsToTheDepth) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + "1" + std::string(depth, ']'); };
  expect_taken({nested(255)});
  expect_refused({nested(256), nested(20000), std::string(20000, '['), std::string(100000, '{')});
}

TEST(Conformity, HoldsAtEveryPlaceInABlock) {
  // simdjson looks at 64 bytes at a time: what is right or wrong at one place is so at each.
  for (std::size_t space = 0; space < 130; ++space) {
    const std::string before(space, ' ');
    expect_taken({before + R"("\\\"\\")" + before, before + R"(["a",-1.5e3,{"b":null}])"});
    expect_refused({before + R"("\\\")", before + R"(["a" 1])", before + "\"\xC3\"", before + "tru", before + "01"});
  }
}

TEST(Conformity, RefusesWhatStandsAroundTheDocument) {
  corpus::NotificationParser parser;
  for (const std::string& body :
       Texts{R"({"value":[]}{})", R"({"value":[]},)", R"({"value":[]}])", R"({"value":[]}x)", R"(x{"value":[]})",
             R"(,{"value":[]})", std::string(R"({"value":[]})") + '\0', R"({"value":[]}//)", "\xFE\xFF{\"value\":[]}",
             ")]}'{\"value\":[]}", std::string("{\0\"\0", 4)}) {
    const auto parsed = parser.parse(body);
    ASSERT_FALSE(parsed) << body;
    EXPECT_LE(parsed.error().offset, body.size());
  }
  EXPECT_TRUE(parser.parse("\r\n\t {\"value\":[]} \r\n\t"));
}

}  // namespace
