#include "corpus/json_escape.h"

#include <gtest/gtest.h>

#include <string>

namespace {

/// What the escape at the start stands for; nothing if that is nothing.
std::string decoded(std::string_view raw, std::size_t length) {
  char bytes[4];
  char* to = bytes;
  EXPECT_EQ(corpus::decode_escape(raw, to), length) << raw;
  return std::string(bytes, to);
}

TEST(JsonEscape, StandsForOneCharacter) {
  const std::string_view letters = R"("\/bfnrt)";
  const std::string_view meanings = "\"\\/\b\f\n\r\t";
  for (std::size_t at = 0; at < letters.size(); ++at) {
    EXPECT_EQ(decoded(std::string("\\") + letters[at] + "n", 2), std::string(1, meanings[at]));
  }
  EXPECT_EQ(decoded(R"(\u0000)", 6), std::string(1, '\0'));
  EXPECT_EQ(decoded(R"(\u007f0)", 6), "\x7F");
  EXPECT_EQ(decoded(R"(\u0080)", 6), "\xC2\x80");
  EXPECT_EQ(decoded(R"(\u07FF)", 6), "\xDF\xBF");
  EXPECT_EQ(decoded(R"(\u0800)", 6), "\xE0\xA0\x80");
  EXPECT_EQ(decoded(R"(\ufffF\u0041)", 6), "\xEF\xBF\xBF");
  EXPECT_EQ(decoded(R"(\ud800\udc00)", 12), "\xF0\x90\x80\x80");
  EXPECT_EQ(decoded(R"(\uDBFF\uDFFF\u0041)", 12), "\xF4\x8F\xBF\xBF");
}

TEST(JsonEscape, StandsForNothingIfItIsNone) {
  for (const char* raw : {"", "a", "\\", R"(\x)", R"(\u)", R"(\u12)", R"(\u12g4)", R"(\u+123)", R"(\u-123)",
                          R"(\u 123)", R"(\U0041)", R"(\ud800)", R"(\ud800A)", R"(\ud800\u0041)", R"(\ud800\ud800)",
                          R"(\ud800\udc0)", R"(\udc00)", R"(\udc00\ud800)", R"(\udfff\udc00)"}) {
    EXPECT_EQ(decoded(raw, 0), "");
  }
}

}  // namespace
