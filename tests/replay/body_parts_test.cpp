#include "replay/body_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace replay {
namespace {

using testing::ElementsAre;

std::vector<std::string> shown(const std::vector<BodyPart>& parts) {
  std::vector<std::string> texts;
  for (const BodyPart& part : parts) texts.push_back(part.name + "|" + std::string(part.type) + "|" + part.content);
  return texts;
}

TEST(BodyParts, AreTheFieldsOfAFormDecoded) {
  EXPECT_THAT(shown(form_fields("scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&a+b=c+d&&flag&broken=%4")),
              ElementsAre("scope||https://graph.microsoft.com/.default", "a b||c d", "flag||", "broken||%4"));
}

TEST(BodyParts, HaveTheNameThatTheirHeadersGiveThem) {
  const std::string body =
      "preamble\r\n--x y\r\nContent-Disposition: form-data; filename=\"a;b\"; name=\"meta\\\"data\"\r\n"
      "Content-Type: application/json\r\n\r\n{\"a\":1}\r\n--x y\r\ncontent-id: <two>\r\n\r\nline\r\n\r\n--x y\r\n\r\n"
      "third\r\n--x y--\r\nepilogue";
  const auto parts = multipart_parts("Multipart/Form-Data; charset=utf-8; boundary=\"x y\"", body);
  ASSERT_TRUE(parts);
  EXPECT_THAT(shown(*parts), ElementsAre("meta\"data|application/json|{\"a\":1}", "<two>||line\r\n", "3||third"));
}

TEST(BodyParts, DoNotEndAtALongerBoundary) {
  const auto parts = multipart_parts("multipart/mixed; boundary=b", "--b\n\none\n--bb\n--b--");
  ASSERT_TRUE(parts);
  EXPECT_THAT(shown(*parts), ElementsAre("1||one\n--bb"));
}

TEST(BodyParts, AreNoneWhereTheBodyDoesNotKeepToItsType) {
  EXPECT_FALSE(multipart_parts("multipart/mixed", "--b\n\none\n--b--"));
  EXPECT_FALSE(multipart_parts("multipart/mixed; boundary=b", "{}"));
  EXPECT_FALSE(multipart_parts("multipart/mixed; boundary=b", "--b\n\ncut off"));
  EXPECT_FALSE(multipart_parts("multipart/mixed; boundary=b", "--b"));
}

TEST(BodyParts, OfNothingAreNone) {
  EXPECT_TRUE(form_fields("").empty());
  EXPECT_FALSE(multipart_parts("multipart/mixed; boundary=b", ""));
}

TEST(BodyParts, AreReadByTheTypeWithoutItsParameters) {
  EXPECT_EQ(media_type(" Application/JSON ; charset=utf-8"), "application/json");
  EXPECT_EQ(header_value({{"CONTENT-TYPE", "a/b"}, {"content-type", "c/d"}}, "content-type"), "a/b");
  EXPECT_EQ(header_value({}, "content-type"), "");
}

}  // namespace
}  // namespace replay
