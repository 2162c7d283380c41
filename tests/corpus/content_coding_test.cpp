#include "corpus/content_coding.h"

#include <gtest/gtest.h>

#include "tests/support/compressed.h"

namespace corpus {
namespace {

using support::compressed;

const std::string kText = R"({"id":"57dab8b1-894c-409a-b240-bd8beae78896","status":"Running"})";

TEST(ContentCoding, TakesOffEachCodingInTurn) {
  EXPECT_EQ(decoded_body({{"content-encoding", "gzip"}}, compressed(kText, support::kGzip)), kText);
  EXPECT_EQ(decoded_body({{"Content-Encoding", "X-GZIP"}}, compressed(kText, support::kGzip)), kText);
  EXPECT_EQ(decoded_body({{"Content-Encoding", "deflate"}}, compressed(kText, support::kZlib)), kText);
  EXPECT_EQ(decoded_body({{"Content-Encoding", "deflate"}}, compressed(kText, support::kRawDeflate)), kText);
  const std::string twice = compressed(compressed(kText, support::kZlib), support::kGzip);
  EXPECT_EQ(decoded_body({{"Content-Encoding", "deflate, identity"}, {"Content-Encoding", "gzip"}}, twice), kText);
  EXPECT_EQ(decoded_body({{"Content-Encoding", "gzip"}},
                         compressed("{\"a\"", support::kGzip) + compressed(":1}", support::kGzip)),
            "{\"a\":1}");
}

TEST(ContentCoding, PassesOverPadding) {
  for (const std::string& padding : {std::string("\r\n"), std::string(512, '\0'), std::string(" ")}) {
    EXPECT_EQ(decoded_body({{"Content-Encoding", "gzip"}}, compressed(kText, support::kGzip) + padding), kText);
    EXPECT_EQ(decoded_body({{"Content-Encoding", "deflate"}}, compressed(kText, support::kZlib) + padding), kText);
  }
}

TEST(ContentCoding, IsNamedByAHeader) {
  EXPECT_TRUE(names_coding({{"A", "b"}, {"content-encoding", "br"}}));
  EXPECT_FALSE(names_coding({{"Content-Encoding", "identity"}, {"A", "gzip"}}));
}

TEST(ContentCoding, LeavesWhatItCannotTakeOff) {
  const std::string good = compressed(kText, support::kGzip);
  EXPECT_FALSE(decoded_body({}, kText));
  EXPECT_FALSE(decoded_body({{"Content-Encoding", "identity"}}, kText));
  EXPECT_FALSE(decoded_body({{"Content-Encoding", "br"}}, good));
  EXPECT_FALSE(decoded_body({{"Content-Encoding", "gzip"}}, ""));
  for (std::size_t cut = 0; cut < good.size(); ++cut) {
    EXPECT_FALSE(decoded_body({{"Content-Encoding", "gzip"}}, good.substr(0, cut))) << cut;
  }
  // What might be a secret is not passed over.
  EXPECT_FALSE(decoded_body({{"Content-Encoding", "gzip"}}, good + "x"));
  EXPECT_FALSE(decoded_body({{"Content-Encoding", "gzip"}}, good + "\r\nx"));
}

TEST(ContentCoding, RefusesWhatGrowsWithoutEnd) {
  const std::string bomb = compressed(std::string(kLongestDecoded + 1, '0'), support::kGzip);
  EXPECT_LT(bomb.size(), std::size_t{1} << 20);
  EXPECT_FALSE(decoded_body({{"Content-Encoding", "gzip"}}, bomb));
}

TEST(ContentCoding, HeadersOfADecodedMessageSayWhatIsThere) {
  Response response;
  response.headers = {{"Content-Length", "9"}, {"Content-Encoding", "gzip"}, {"X", "y"}};
  response.body = compressed(kText, support::kGzip);
  EXPECT_TRUE(decode_body(response));
  EXPECT_EQ(response.body, kText);
  EXPECT_EQ(response.headers, (Headers{{"Content-Length", std::to_string(kText.size())}, {"X", "y"}}));
  EXPECT_FALSE(decode_body(response));
}

}  // namespace
}  // namespace corpus
