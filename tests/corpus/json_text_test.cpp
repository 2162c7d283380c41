#include "corpus/json_text.h"

#include <gmock/gmock.h>
#include <simdjson.h>

using std::string_literals::operator""s;

namespace {

std::string as_json(std::string_view text) {
  std::string out;
  corpus::append_json_string(out, text);
  return out;
}

std::string nested(std::size_t depth, std::string_view inside = "") {
  return std::string(depth, '[').append(inside).append(depth, ']');
}

TEST(JsonString, EscapesWhatJsonDemandsAndNothingElse) {
  EXPECT_EQ(as_json("a\"b\\c/d"), R"("a\"b\\c/d")");
  EXPECT_EQ(as_json("\b\f\n\r\t"), R"("\b\f\n\r\t")");
  EXPECT_EQ(as_json("\0\x01\x1f\x7f"s), "\"\\u0000\\u0001\\u001f\x7f\"");
  EXPECT_EQ(as_json("é\u2028😀"), "\"é\u2028😀\"");
  EXPECT_EQ(as_json(""), R"("")");
}

TEST(JsonString, EscapesAtEveryPlace) {
  simdjson::dom::parser parser;
  for (std::size_t size = 1; size < 50; ++size) {
    for (std::size_t place = 0; place < size; ++place) {
      for (char special : {'"', '\\', '\n', '\0', '\x1f'}) {
        std::string text(size, 'a');
        text[place] = special;
        EXPECT_EQ(parser.parse(as_json(text)).get_string().value_unsafe(), text);
      }
    }
  }
}

TEST(JsonBytes, AreWrappedInBase64UnlessUtf8) {
  std::string out;
  corpus::append_json_bytes(out, "caf\xe9");
  EXPECT_EQ(out, R"({"base64":"Y2Fm6Q=="})");
  out.clear();
  corpus::append_json_bytes(out, "café");
  EXPECT_EQ(out, "\"café\"");
}

TEST(JsonBytes, AreLookedAtToTheLast) {
  for (std::size_t size = 1; size < 50; ++size) {
    for (std::size_t place = 0; place < size; ++place) {
      for (char special : {'"', '\x01', '\xff'}) {
        std::string text(size, 'a');
        text[place] = special;
        std::string out;
        corpus::append_json_bytes(out, text);
        const bool is_utf8 = special != '\xff';
        EXPECT_EQ(out.starts_with("{\"base64\":"), !is_utf8) << size << " " << place;
        if (is_utf8) {
          EXPECT_EQ(out, as_json(text));
        }
      }
    }
  }
}

TEST(Utf8, RefusesWhatIsNone) {
  EXPECT_TRUE(corpus::is_utf8(""));
  EXPECT_TRUE(corpus::is_utf8("plain \xef\xbb\xbf é 😀"));
  EXPECT_FALSE(corpus::is_utf8("\xff"));
  EXPECT_FALSE(corpus::is_utf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(corpus::is_utf8("\xc0\xaf"));          // an overlong slash
  EXPECT_FALSE(corpus::is_utf8("\xf4\x90\x80\x80"));  // beyond the last code point
  EXPECT_FALSE(corpus::is_utf8("12345678\xf0\x9f"));  // cut off
}

TEST(Base64, GivesBackWhatItTook) {
  std::string bytes;
  for (int length = 0; length < 600; ++length) {
    std::string text;
    corpus::append_base64(text, bytes);
    EXPECT_EQ(text.size() % 4, 0u);
    EXPECT_EQ(corpus::decode_base64(text), bytes);
    bytes.push_back(static_cast<char>(length * 37));
  }
}

TEST(Base64, MatchesTheVectorsOfItsStandard) {
  std::string out;
  corpus::append_base64(out, "foobar");
  EXPECT_EQ(out, "Zm9vYmFy");
  EXPECT_EQ(corpus::decode_base64("Zm9vYg=="), "foob");
  EXPECT_EQ(corpus::decode_base64("Zm9vYmE="), "fooba");
}

TEST(Base64, TakesTenMegabytes) {
  const std::string bytes(10'000'001, '\x80');
  std::string text;
  corpus::append_base64(text, bytes);
  EXPECT_TRUE(corpus::decode_base64(text) == bytes);
}

TEST(Base64, RefusesEverySecondSpelling) {
  for (const char* text : {"Zm9vYg", "Zm9vYg=", "Zm9v Yg==", " Zm9v", "Zm9v\n", "Zm9vYh==", "Zm9vYmF=", "=",
                           "==", "===", "====", "Zm9v====", "Zm9=Yg==", "Zm_v", "Zm-v", "Zm9vYg==Zm9v", "Zm9v-"}) {
    EXPECT_EQ(corpus::decode_base64(text), std::nullopt) << text;
  }
}

TEST(JsonCheck, TakesOneWholeText) {
  corpus::JsonCheck check;
  for (const char* text : {"{}", "[]", "0", "-0", "1.5e3", "true", "null", R"("a")", R"({"a": [1, 2]})",
                           "{\"é\":\"😀\"}", R"({"a":1,"a":2})", R"("😀")", "18446744073709551615"}) {
    EXPECT_TRUE(check.embeddable(text)) << text;
  }
}

TEST(JsonCheck, RefusesWhatIsNoText) {
  corpus::JsonCheck check;
  for (const char* text : {"", "{", "{}}", "{} {}", "[1,]", "{\"a\":1,}", "nul", "01", "+1", "'a'", "{a:1}", "// x\n{}",
                           "\"\x01\"", "\"\xff\"", R"("\x")", "[1 2]", "\xef\xbb\xbf{}"}) {
    EXPECT_FALSE(check.embeddable(text)) << text;
  }
  EXPECT_FALSE(check.embeddable("{}\0"s));
}

TEST(JsonCheck, RefusesSpaceAroundAndLineBreaksInside) {
  corpus::JsonCheck check;
  for (const char* text : {" {}", "{} ", "\t{}", "{}\t", "{}\n", "\r{}", "{\n}", "[1,\r2]", "{\"a\":\r\n1}"}) {
    EXPECT_FALSE(check.embeddable(text)) << text;
  }
}

TEST(JsonCheck, RefusesWhatIsDeeperThan256) {
  corpus::JsonCheck check;
  EXPECT_TRUE(check.embeddable(nested(255)));
  EXPECT_TRUE(check.embeddable(nested(256)));
  EXPECT_FALSE(check.embeddable(nested(257)));
  EXPECT_TRUE(check.embeddable(nested(255, "1")));
  EXPECT_FALSE(check.embeddable(nested(257, "1")));
  EXPECT_FALSE(check.embeddable(nested(100'000)));
}

TEST(JsonCheck, StaysRightAfterAHugeText) {
  corpus::JsonCheck check;
  const std::string huge = "[\"" + std::string(3'000'000, 'x') + "\"]";
  EXPECT_TRUE(check.embeddable(huge));
  EXPECT_FALSE(check.embeddable(huge.substr(0, huge.size() - 1)));
  EXPECT_FALSE(check.embeddable(nested(257)));
  EXPECT_TRUE(check.embeddable(nested(256)));
}

}  // namespace
