#include "corpus/json_pass.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace {

/// A text with the padding that is wanted behind it.
class Padded {
 public:
  explicit Padded(std::string_view text) : size_(text.size()), bytes_(text) {
    bytes_.append(corpus::kRunPadding, '\0');
  }
  std::string_view text() const { return std::string_view(bytes_).substr(0, size_); }

 private:
  std::size_t size_;
  std::string bytes_;
};

/// Whether all of the text is passed as one value.
bool passes(std::string_view json, std::size_t depth = 64) {
  const Padded padded(json);
  std::vector<char> strings;
  corpus::JsonPass pass(padded.text(), strings);
  const char* const end = pass.value(pass.begin(), depth);
  return end != nullptr && pass.is_end(end);
}

/// The string that the text is.
std::optional<std::string> decoded(std::string_view json) {
  const Padded padded(json);
  std::vector<char> strings;
  corpus::JsonPass pass(padded.text(), strings);
  std::string_view text;
  const char* const end = pass.string(pass.begin(), text);
  if (end == nullptr || !pass.is_end(end)) return std::nullopt;
  return std::string(text);
}

TEST(JsonPass, PassesJson) {
  for (const char* json :
       {"{}", "[]", "null", "true", "false", "0", "-0", "12", "-1.50", "\"\"", R"({"a":[1,{"b":[]},"c"],"d":{}})",
        " [ 1 ,\t2\r\n] ", R"({"":""})", "[[[[]]]]", "123456789012345678", "\"\x7F\""}) {
    EXPECT_TRUE(passes(json)) << json;
  }
}

TEST(JsonPass, PassesNothingElse) {
  for (const char* json : {"",
                           "{",
                           "}",
                           "[1,]",
                           "[,1]",
                           "[1 2]",
                           R"({"status":"failed",})",
                           R"({"r":{"i":{"":}}})",
                           R"({"a"})",
                           R"({"a":})",
                           "{1:2}",
                           "[1}",
                           "{\"a\":1]",
                           "tru",
                           "nulll",
                           "truefalse",
                           "01",
                           "-",
                           "1.",
                           ".5",
                           "+1",
                           "1x",
                           "\"a",
                           "\"\\\"",
                           "\"a\nb\"",
                           R"("\x")",
                           R"("\u12")",
                           "{}{}",
                           "[]]",
                           "{} x",
                           "\f[]"}) {
    EXPECT_FALSE(passes(json)) << json;
  }
  EXPECT_FALSE(passes(std::string_view("[]\0", 3)));
  EXPECT_FALSE(passes(std::string_view("\"\0\"", 3)));
  for (const char* bytes : {"\"\x80\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xE2\x82\""}) {
    EXPECT_FALSE(passes(bytes));
  }
}

TEST(JsonPass, LeavesWhatIsNotUsual) {
  for (const char* json :
       {"1e5", "1234567890123456789", R"("\ud83d")", R"("\ude00\ud83d")", R"({"\u0061":1})", "{\"\xC3\xA9\":1}"}) {
    EXPECT_FALSE(passes(json)) << json;
  }
}

TEST(JsonPass, CountsArraysAndObjects) {
  EXPECT_TRUE(passes(R"([{"a":[1]}])", 3));
  EXPECT_FALSE(passes(R"([{"a":[1]}])", 2));
  EXPECT_TRUE(passes(std::string(64, '[') + std::string(64, ']')));
  EXPECT_FALSE(passes(std::string(65, '[') + std::string(65, ']'), 1000));
}

TEST(JsonPass, DecodesStrings) {
  EXPECT_EQ(decoded(R"("W/\"51\"")"), "W/\"51\"");
  EXPECT_EQ(decoded(R"("\"\\\/\b\f\n\r\t")"), "\"\\/\b\f\n\r\t");
  EXPECT_EQ(decoded(R"("\ud83d\ude00 \uDBFF\uDFFF")"), "\xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF");
  EXPECT_EQ(decoded(R"("a\u0041\u00e9\u20AC\uFFFFz")"), "aA\xC3\xA9\xE2\x82\xAC\xEF\xBF\xBFz");
  EXPECT_EQ(decoded(R"("\u0000")"), std::string(1, '\0'));
  EXPECT_EQ(decoded("\"Zo\xC3\xAB \xF0\x9F\x98\x80 \\n\""), "Zo\xC3\xAB \xF0\x9F\x98\x80 \n");
  EXPECT_EQ(decoded(R"("\u00g0")"), std::nullopt);
  EXPECT_EQ(decoded(R"("\ud800")"), std::nullopt);
}

TEST(JsonRun, EndsAtTheSameByteInBothWays) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t size = 0; size < 40; ++size) {
      std::string text(size, '~');
      text.append(1, static_cast<char>(byte)).append(64, '"');
      const bool plain = byte >= ' ' && byte < 0x80 && byte != '"' && byte != '\\';
      const char* const expected = text.data() + size + (plain ? 1 : 0);
      EXPECT_EQ(corpus::end_of_run(text.data()), expected);
      EXPECT_EQ(corpus::end_of_run_in_words(text.data()), expected);
    }
  }
}

}  // namespace
