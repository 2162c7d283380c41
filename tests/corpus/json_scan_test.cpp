#include "corpus/json_scan.h"

#include <gmock/gmock.h>

namespace {

using Kind = corpus::JsonToken::Kind;
using testing::ElementsAre;

/// The tokens of a text, as a person would write them down: kind letter and bytes.
std::vector<std::string> tokens(std::string_view text) {
  std::vector<std::string> all;
  corpus::JsonScanner scanner(text);
  for (corpus::JsonToken token; scanner.next(token);) {
    std::string bytes(scanner.bytes_of(token));
    if (token.kind == Kind::key) bytes = "k:" + bytes;
    if (token.kind == Kind::string) bytes = "s:" + bytes;
    if (token.escaped) bytes += " (escaped)";
    if (!token.closed) bytes += " (open)";
    all.push_back(bytes);
  }
  return all;
}

std::string unescaped(std::string_view raw) {
  std::string out;
  corpus::append_unescaped(out, raw);
  return out;
}

TEST(JsonScanner, TellsKeysFromStrings) {
  EXPECT_THAT(tokens(R"({"a":"b","c":["d",{"e" : -1.5}],"f":null})"),
              ElementsAre("{", "k:a", "s:b", "k:c", "[", "s:d", "{", "k:e", "-1.5", "}", "]", "k:f", "null", "}"));
}

TEST(JsonScanner, GivesThePlaceWithoutQuotes) {
  corpus::JsonScanner scanner(R"( "ab" )");
  corpus::JsonToken token;
  ASSERT_TRUE(scanner.next(token));
  EXPECT_EQ(token, (corpus::JsonToken{Kind::string, false, true, 2, 4}));
  EXPECT_FALSE(scanner.next(token));
}

TEST(JsonScanner, SeesEscapedQuotesAndBackslashes) {
  EXPECT_THAT(tokens(R"(["a\"b","c\\","\u0041"])"),
              ElementsAre("[", R"(s:a\"b (escaped))", R"(s:c\\ (escaped))", R"(s:\u0041 (escaped))", "]"));
}

TEST(JsonScanner, WalksBrokenText) {
  EXPECT_THAT(tokens("{\"a\":1,,} // x\n\"b\" 'c' ]["),
              ElementsAre("{", "k:a", "1", "}", "//", "x", "s:b", "'c'", "]", "["));
  EXPECT_THAT(tokens("\xef\xbb\xbf{\"a\":\"\xff\"}"), ElementsAre("\xef\xbb\xbf", "{", "k:a", "s:\xff", "}"));
}

TEST(JsonScanner, EndsWhereThePartialTextEnds) {
  EXPECT_THAT(tokens(R"({"a":"b)"), ElementsAre("{", "k:a", "s:b (open)"));
  EXPECT_THAT(tokens(R"({"a\)"), ElementsAre("{", R"(s:a\ (escaped) (open))"));
  EXPECT_THAT(tokens("\""), ElementsAre("s: (open)"));
  EXPECT_THAT(tokens(""), ElementsAre());
}

TEST(JsonValueEnd, IsOnePastTheLastByte) {
  EXPECT_EQ(corpus::end_of_json_value("12,", 0), 2u);
  EXPECT_EQ(corpus::end_of_json_value(R"("a]}",)", 0), 5u);
  EXPECT_EQ(corpus::end_of_json_value(R"({"a":"}","b":[{}]} ,)", 0), 18u);
  EXPECT_EQ(corpus::end_of_json_value("x[1,[2]]]", 1), 8u);
  EXPECT_EQ(corpus::end_of_json_value("[[", 0), 2u);
  EXPECT_EQ(corpus::end_of_json_value("\"a\\", 0), 3u);
}

TEST(JsonUnescape, DecodesWhatIsValid) {
  EXPECT_EQ(unescaped(R"(a\"\\\/\b\f\n\r\tz)"), "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(unescaped(R"(\u0041\u00e9\u20ac\ud83d\ude00)"), "Aé€😀");
  EXPECT_EQ(unescaped(R"(\u0000)"), std::string(1, '\0'));
}

TEST(JsonUnescape, KeepsWhatIsNot) {
  for (const char* raw :
       {R"(\x)", R"(\)", R"(\u12)", R"(\u12g4)", R"(\u+123)", R"(\ud800)", R"(\ud800A)", R"(\udc00)"}) {
    EXPECT_EQ(unescaped(raw), raw);
  }
  EXPECT_EQ(unescaped(R"(\ud800\u0041)"), R"(\ud800A)");
}

}  // namespace
