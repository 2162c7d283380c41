// Texts that an attacker could send. If looking through them took the square of their length, each test would run for
// minutes: ctest ends it then.
#include <gtest/gtest.h>

#include <string>

#include "corpus/leaks.h"
#include "corpus/redaction.h"
#include "corpus/session_redaction.h"
#include "corpus/stand_in.h"

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

corpus::Request request(corpus::Headers headers, std::string body) {
  return {"POST", "/", std::move(headers), std::move(body), {}};
}

std::string redacted(std::string body, corpus::Headers headers = {}) {
  corpus::Redactor redactor(corpus::Redactor::Key{});
  corpus::Request message = request(std::move(headers), std::move(body));
  redactor.redact(message);
  return message.body;
}

TEST(SecretHang, IsNotCausedByNamesOfParametersInARow) {
  constexpr std::string_view kName = "password=";
  const std::string text = redacted(repeated(kName, 100'000));
  EXPECT_EQ(text.substr(0, kName.size()), kName);
  EXPECT_TRUE(corpus::is_stand_in(text.substr(kName.size()))) << text.size();
  constexpr std::string_view kMeeting = "/meet/1?p=";
  const std::string link = redacted(repeated(kMeeting, 100'000));
  EXPECT_TRUE(corpus::is_stand_in(link.substr(kMeeting.size()))) << link.size();
}

TEST(SecretHang, IsNotCausedByTagsThatDoNotEnd) {
  const std::string open(2'000'000, '<');
  EXPECT_TRUE(redacted(open + ">") == open + ">");
  const std::string tags = repeated("<password ", 100'000) + ">";
  const std::string text = redacted(tags + std::string(500'000, '-'));
  EXPECT_TRUE(text.starts_with(tags));
  EXPECT_TRUE(corpus::is_stand_in(text.substr(tags.size()))) << text.size();
}

TEST(SecretHang, IsNotCausedByPartsWithoutAnEnd) {
  const std::string names = repeated("name=\"token\"\n", 200'000);
  const corpus::Headers headers = {{"Content-Type", "multipart/form-data; boundary=b"}};
  // (To compare long texts with EXPECT_EQ takes the square of their length as soon as they differ.)
  EXPECT_TRUE(redacted(names, headers) == names);
  const std::string text = redacted(names + "\r\n" + std::string(200'000, '-'), headers);
  EXPECT_TRUE(text.starts_with(names + "\r\n"));
  EXPECT_TRUE(corpus::is_stand_in(text.substr(names.size() + 2))) << text.size();
}

TEST(SecretHang, IsNotCausedByBrokenJson) {
  for (const char* piece : {R"("token":"\)", R"(x"token":)", R"('token':'\)", R"(\"token\":)", R"("\"token":1234 )",
                            "Bearer 1", "a=Bearer "}) {
    EXPECT_GT(redacted(repeated(piece, 100'000)).size(), 0u) << piece;
  }
}

TEST(SecretHang, IsNotCausedByManyValuesOfOneLetter) {
  std::string cookies;
  for (std::size_t size = 15; size < 1000; ++size) cookies += "c=" + std::string(size, 'a') + "; ";
  corpus::Redactor redactor(corpus::Redactor::Key{});
  corpus::Request first = request({{"Cookie", cookies}}, "");
  redactor.redact(first);
  corpus::Request second = request({}, std::string(2'000'000, 'a'));
  redactor.redact(second);
  EXPECT_LT(second.body.size(), 1'000u);
}

TEST(SecretHang, IsNotCausedByAValueThatStandsVeryOften) {
  corpus::Session session;
  session.exchanges.emplace_back().request =
      request({}, R"("password":"hunter2hunter2" )" + repeated("hunter2hunter2 ", 300'000));
  EXPECT_EQ(corpus::leaks_in(session, {}).size(), 2u);
}

TEST(SecretHang, IsNotCausedByAValueThatStandsBesideManyStandIns) {
  corpus::Redactor redactor(corpus::Redactor::Key{});
  corpus::Request message =
      request({{"X-Api-Key", "redacted-0123"}}, repeated("redacted-0123 redacted-0123456789abcdef ", 400'000));
  redactor.redact(message);
  const std::string stand_in = redactor.stand_in("redacted-0123");
  EXPECT_TRUE(message.body == repeated(stand_in + " redacted-0123456789abcdef ", 400'000));
}

}  // namespace
