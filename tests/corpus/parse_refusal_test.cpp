// What the parsers refuse: with what words, at which value, at which byte.
#include <gmock/gmock.h>

#include <string>

#include "corpus/notification.h"

namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

std::string refusal(std::string_view body, corpus::ParseLimits limits = {}) {
  corpus::NotificationParser parser(limits);
  const auto parsed = parser.parse(body);
  return parsed ? "taken" : to_string(parsed.error());
}

TEST(ParseRefusal, IsOneLineWithPlaceAndByte) {
  const std::string body =
      R"({"value":[{},{"a":"]"},{},{"x":[1,{"y":2}],"resourceData":{"id":"\"}","id":"2","status":["failed"]}}]})";
  EXPECT_EQ(refusal(body), "value/3/resourceData/status: expected string, found array, byte " +
                               std::to_string(body.find(R"(["failed"])")));
}

TEST(ParseRefusal, TakesNullsForNoNotification) {
  EXPECT_THAT(refusal(R"({"resourceData":null,"changeType":null})"), HasSubstr("expected a member \"value\""));
  EXPECT_THAT(refusal(R"({"resource":null,"resource":"/app/calls/1"})"), HasSubstr("expected a member \"value\""));
  EXPECT_EQ(refusal(R"({"resourceData":null,"changeType":"created"})"), "taken");
}

TEST(ParseRefusal, CountsTheByteOrderMark) {
  EXPECT_EQ(refusal("\xEF\xBB\xBF []"), "expected object, found array, byte 4");
  EXPECT_EQ(refusal("\xEF\xBB\xBF{\"value\":1}"), "value: expected array, found number, byte 12");
  EXPECT_EQ(refusal("\xEF\xBB\xBF{\"value\":[}"), "value/0: expected a value, found '}', byte 13");
  EXPECT_EQ(refusal("\xEF\xBB\xBF\xEF\xBB\xBF{}"), "expected a value, found byte 0xef, byte 3");
}

TEST(ParseRefusal, NamesTheTypeThatBelongsThere) {
  const auto data = [](std::string_view json) {
    return refusal(R"({"value":[{"resourceData":)" + std::string(json) + "}]}");
  };
  EXPECT_THAT(data("true"), StartsWith("value/0/resourceData: expected object or array, found boolean"));
  EXPECT_THAT(data("[1]"), StartsWith("value/0/resourceData/0: expected object, found number"));
  EXPECT_THAT(data(R"({"@odata.type":[]})"),
              StartsWith("value/0/resourceData/@odata.type: expected string, found array"));
  EXPECT_THAT(data(R"({"status":"x","resultInfo":{"code":{}}})"),
              StartsWith("value/0/resourceData/resultInfo/code: expected number, found object"));
  EXPECT_THAT(data(R"([{"info":{},"isMuted":"maybe"}])"),
              StartsWith("value/0/resourceData/0/isMuted: expected boolean, found string"));
  EXPECT_THAT(data(R"({"state":"x","chatInfo":"y"})"),
              StartsWith("value/0/resourceData/chatInfo: expected object, found string"));
}

TEST(ParseRefusal, WantsADelivery) {
  EXPECT_EQ(refusal("{}"), "expected a member \"value\" with notifications, found none, byte 0");
  EXPECT_EQ(refusal(""), "expected JSON, found the end, byte 0");
  EXPECT_EQ(refusal(" \n"), "expected JSON, found the end, byte 2");
  EXPECT_EQ(refusal(R"({"value":null})"), "value: expected array, found null, byte 9");
}

TEST(ParseRefusal, BelievesNothingOfABrokenDocument) {
  // Members that nobody reads, and what stands behind the end, are part of the document.
  EXPECT_THAT(refusal(R"({"value":[],"x":{"y":[1,]}})"), HasSubstr("byte 24"));
  EXPECT_THAT(refusal(R"({"value":[]}{"value":[]})"), HasSubstr("expected the end, found '{', byte 12"));
  EXPECT_THAT(refusal(R"({"value":[]}])"), HasSubstr("byte 12"));
  EXPECT_THAT(refusal(R"({"value":[],"x":"\ud800"})"), HasSubstr("half of one"));
}

TEST(ParseRefusal, KeepsToTheLimits) {
  EXPECT_EQ(refusal(R"({"value":[]})", {.bytes = 11}), "longer than 11 bytes, byte 11");
  EXPECT_EQ(refusal(R"({"value":[]})", {.bytes = 12}), "taken");
  EXPECT_EQ(refusal(R"({"value":[{"a":[1]}]})", {.depth = 4}), "taken");
  EXPECT_THAT(refusal(R"({"value":[{"a":[1]}]})", {.depth = 3}), StartsWith("value/0/a: nested deeper than 3"));
  EXPECT_EQ(refusal(R"({"value":[{},{}]})", {.notifications = 2}), "taken");
  EXPECT_EQ(refusal(R"({"value":[{},{}]})", {.notifications = 1}),
            "value: expected no more than 1 values here, found more, byte 9");
  EXPECT_THAT(refusal(R"({"value":[{"resourceData":[{"info":{"identity":{}}}]}]})", {.values = 3}),
              StartsWith("value/0/resourceData/0/info/identity: expected no more than 0 values"));
}

TEST(ParseRefusal, HoldsForTwentyThousandBrackets) {
  for (const std::string bracket : {"[", R"({"a":)", R"({"value":[)"}) {
    std::string body;
    for (int depth = 0; depth < 20000; ++depth) body += bracket;
    EXPECT_THAT(refusal(body), HasSubstr("nested deeper than 256 arrays and objects")) << bracket;
  }
}

TEST(ParseRefusal, PointsIntoTheDocumentWhereverItIsCutOrChanged) {
  const std::string whole =
      R"({"value":[{"changeType":"updated","resourceData":[{"id":"\u00e9","info":{"region":null},"isMuted":true,)"
      R"("rosterSequenceNumber":-1.5e3}]}]})";
  corpus::NotificationParser parser;
  ASSERT_TRUE(parser.parse(whole));
  std::size_t refused = 0;
  const auto check = [&](const std::string& body) {
    const auto parsed = parser.parse(body);
    if (parsed) return;
    ++refused;
    EXPECT_LE(parsed.error().offset, body.size()) << body;
    EXPECT_THAT(parsed.error().what, testing::Not(HasSubstr("simdjson"))) << body;
    EXPECT_TRUE(parsed.error().pointer.empty() || parsed.error().pointer.front() == '/') << body;
  };
  for (std::size_t at = 0; at < whole.size(); ++at) {
    check(whole.substr(0, at));
    std::string changed = whole;
    for (int byte = 0; byte < 256; ++byte) {
      changed[at] = static_cast<char>(byte);
      check(changed);
    }
  }
  EXPECT_GT(refused, whole.size() * 100);
}

TEST(ParseRefusal, KeepsAFewWarningsAndCountsTheRest) {
  corpus::NotificationParser parser({.warnings = 2});
  ASSERT_TRUE(parser.parse(R"({"value":[null,null,null,null,null]})"));
  EXPECT_EQ(parser.warnings().list.size(), 2u);
  EXPECT_EQ(parser.warnings().more, 3u);
  ASSERT_TRUE(parser.parse(R"({"value":[]})"));
  EXPECT_THAT(parser.warnings().list, IsEmpty());
  EXPECT_EQ(parser.warnings().more, 0u);
}

TEST(ParseRefusal, LeavesTheParserUsable) {
  corpus::NotificationParser parser;
  EXPECT_FALSE(parser.parse("{"));
  EXPECT_FALSE(parser.parse("[]"));
  EXPECT_TRUE(parser.parse(R"({"value":[]})"));
}

}  // namespace
