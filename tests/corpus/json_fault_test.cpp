#include <gmock/gmock.h>

#include <string>

#include "corpus/json_place.h"

namespace {

/// "pointer: what, byte N"; "good" for a text without fault.
std::string fault(std::string_view text, std::size_t depth = 4) {
  const auto found = corpus::first_json_fault(text, depth);
  if (!found) return "good";
  return found->pointer + ": " + found->what + ", byte " + std::to_string(found->offset);
}

TEST(FirstJsonFault, FindsNoneInWholeDocuments) {
  for (const char* text :
       {"{}", "[]", " [1 , -0.5e+3]\r\n", R"({"a":{"b":[true,false,null]}})", R"("\u00e9\ud83d\ude00\n")", "0", "-0",
        "18446744073709551615", "-9223372036854775808", "1e308", "1e-999", "0.0e999", "\"\xC3\xA9\xF0\x9F\x98\x80\"",
        R"({"":{"":{}}})", "[[[[[]]]]]"}) {
    EXPECT_EQ(fault(text), "good") << text;
  }
}

TEST(FirstJsonFault, PointsAtTheByteThatCannotBe) {
  EXPECT_EQ(fault(""), ": expected JSON, found the end, byte 0");
  EXPECT_EQ(fault(R"({"status":"failed",})"), "/status: expected a key, found '}', byte 19");
  EXPECT_EQ(fault(R"({"a":1}{"b":2})"), ": expected the end, found '{', byte 7");
  EXPECT_EQ(fault(R"({"a":[1,{"b" 2}]})"), "/a/1/b: expected ':', found '2', byte 13");
  EXPECT_EQ(fault("[1 2]"), "/0: expected ',' or ']', found '2', byte 3");
  EXPECT_EQ(fault("[1,]"), "/1: expected a value, found ']', byte 3");
  EXPECT_EQ(fault("[1}"), "/0: expected ',' or ']', found '}', byte 2");
  EXPECT_EQ(fault(R"({"a":)"), "/a: expected a value, found the end, byte 5");
  EXPECT_EQ(fault("nul]"), ": expected null, found ']', byte 3");
  EXPECT_EQ(fault("01"), ": expected the end, found '1', byte 1");
  EXPECT_EQ(fault("[-]"), "/0: expected a digit, found ']', byte 2");
  EXPECT_EQ(fault("[1.]"), "/0: expected a digit, found ']', byte 3");
  EXPECT_EQ(fault("// x"), ": expected a value, found '/', byte 0");
  EXPECT_EQ(fault("\xEF\xBB\xBF{}"), ": expected a value, found byte 0xef, byte 0");
  EXPECT_EQ(fault("{a:1}"), ": expected a key or '}', found 'a', byte 1");
}

TEST(FirstJsonFault, PointsIntoStrings) {
  EXPECT_EQ(fault("[\"a\nb\"]"), "/0: expected an escape, found byte 0x0a in a string, byte 3");
  EXPECT_EQ(fault(R"(["a\x"])"), "/0: expected an escape, found 'x', byte 4");
  EXPECT_EQ(fault(R"(["\u12g4"])"), "/0: expected a hexadecimal digit, found 'g', byte 6");
  EXPECT_EQ(fault(R"(["abc)"), "/0: expected the end of the string, found the end, byte 5");
  EXPECT_EQ(fault("[\"\\"), "/0: expected the end of an escape, found the end, byte 3");
}

TEST(FirstJsonFault, PointsAtTheStartOfWhatIsNoCharacter) {
  for (const char* half : {R"(["x\ud800"])", R"(["x\udc00"])", R"(["x\ud800\u0041"])", R"(["x\ud800\ud800"])"}) {
    EXPECT_EQ(fault(half), "/0: expected a pair of surrogates, found half of one, byte 3") << half;
  }
  EXPECT_EQ(fault("[\"x\xC0\xAF\"]"), "/0: expected UTF-8, found byte 0xc0, byte 3");
  EXPECT_EQ(fault("[\"x\xED\xA0\x80\"]"), "/0: expected UTF-8, found byte 0xed, byte 3");
  EXPECT_EQ(fault("[\"x\xF4\x90\x80\x80\"]"), "/0: expected UTF-8, found byte 0xf4, byte 3");
  EXPECT_EQ(fault("[\"x\xE2\x82\"]"), "/0: expected UTF-8, found byte 0xe2, byte 3");
}

TEST(FirstJsonFault, PointsAtTheStartOfANumberThatDoesNotFit) {
  for (const char* number :
       {"18446744073709551616", "-9223372036854775809", "1e400", "-1e309", "0.001e999", "1e99999999999999999999"}) {
    EXPECT_EQ(fault("[" + std::string(number) + "]"),
              "/0: expected a number that 64 bits hold, found a larger one, byte 1");
  }
}

TEST(FirstJsonFault, PointsAtTheBracketThatIsTooDeep) {
  EXPECT_EQ(fault("[[[[1]]]]"), "good");
  EXPECT_EQ(fault("[[[[[1]]]]]"), "/0/0/0/0: nested deeper than 4 arrays and objects, byte 4");
  EXPECT_EQ(fault(std::string(20000, '['), 256).substr(512), ": nested deeper than 256 arrays and objects, byte 256");
}

TEST(FirstJsonFault, EscapesThePointer) {
  EXPECT_EQ(fault(R"({"a/~\u0062":})"), "/a~1~0b: expected a value, found '}', byte 13");
}

TEST(NthChild, FindsMembersAndElements) {
  const std::string_view text = R"( { "a" : [ 1 , "]," , {"x":2} ] , "b\"" : true } )";
  const std::size_t list = corpus::nth_child(text, 1, 0);
  EXPECT_EQ(text.substr(list, 1), "[");
  EXPECT_EQ(text.substr(corpus::nth_child(text, 1, 1), 4), "true");
  EXPECT_EQ(text.substr(corpus::nth_child(text, list, 2), 7), R"({"x":2})");
  EXPECT_EQ(text.substr(corpus::nth_sibling(text, corpus::nth_child(text, list, 0), 1), 4), R"("],")");
}

}  // namespace
