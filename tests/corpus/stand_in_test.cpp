#include "corpus/stand_in.h"

#include <gmock/gmock.h>

#include <string>

#include "corpus/base64.h"
#include "corpus/ids.h"
#include "corpus/json_text.h"
#include "corpus/redaction.h"

namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

corpus::Redactor::Key key(int byte = 7) {
  corpus::Redactor::Key made;
  made.fill(static_cast<std::byte>(byte));
  return made;
}

std::string stand_in(std::string_view secret, int byte = 7) {
  return corpus::Redactor(key(byte)).stand_in(secret);
}

std::string base64url(std::string_view bytes) {
  return corpus::to_base64(bytes, {true, false});
}

std::string token(std::string_view claims) {
  return base64url(R"({"alg":"RS256","kid":"k1"})") + "." + base64url(claims) + "." +
         base64url("a signature of somebody");
}

TEST(StandIn, OfAGuidIsAGuidOfTheSameSpelling) {
  const std::string dashed = stand_in("0b8e4f62-7d15-4c9a-9e03-52c1a7f6d840");
  EXPECT_TRUE(corpus::is_guid(dashed));
  EXPECT_EQ(dashed.size(), 36u);
  EXPECT_TRUE(corpus::is_stand_in(dashed));
  const std::string upper = stand_in("0B8E4F627D154C9A9E0352C1A7F6D840");
  EXPECT_EQ(upper.size(), 32u);
  EXPECT_EQ(upper.find_first_of("abcdef"), std::string::npos);
  EXPECT_TRUE(corpus::is_stand_in(upper));
  EXPECT_FALSE(corpus::is_stand_in("0b8e4f62-7d15-4c9a-9e03-52c1a7f6d840"));
  std::string other = dashed;
  other.back() = other.back() == '0' ? '1' : '0';
  EXPECT_FALSE(corpus::is_stand_in(other)) << "its check sum is wrong";
}

TEST(StandIn, OfAPersonsGuidIsNoneOfASecret) {
  const std::string digits = corpus::guid_stand_in(corpus::Digest{1, 2, 3}, corpus::GuidOf::person);
  EXPECT_TRUE(corpus::is_guid_stand_in(digits, corpus::GuidOf::person));
  EXPECT_FALSE(corpus::is_guid_stand_in(digits, corpus::GuidOf::secret));
  EXPECT_FALSE(corpus::is_stand_in(digits));
}

TEST(StandIn, OfBase64IsBase64AsLong) {
  const std::string secret = corpus::to_base64("0123456789 bytes that nobody can guess, Xy", {false, true});
  const std::string one = stand_in(secret);
  EXPECT_EQ(one.size(), secret.size());
  EXPECT_TRUE(corpus::decode_base64(one)) << one;
  EXPECT_TRUE(corpus::is_stand_in(one));
  EXPECT_NE(one, stand_in(secret, 8));
  EXPECT_THAT(stand_in("a3f9c2d47b6e5f8091a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6"), StartsWith("redacted-")) << "hex digits";
}

TEST(StandIn, OfATokenIsATokenWhoseClaimsDecode) {
  const std::string jwt = token(R"({"aud":"bot","exp":1700000000,"nonce":{"client_secret":"hunter2hunter2"}})");
  const std::string one = stand_in(jwt);
  ASSERT_TRUE(corpus::is_stand_in(one)) << one;
  const std::string claims = corpus::token_claims(one);
  EXPECT_THAT(claims, StartsWith(R"({"aud":"bot","exp":1700000000,"nonce":{"client_secret":"redacted-)"));
  EXPECT_THAT(claims, HasSubstr(R"(,"redacted":")"));
  EXPECT_NE(one, stand_in(jwt, 8));
  EXPECT_NE(one, stand_in(jwt.substr(0, jwt.size() - 4) + "AAAA")) << "another token with the same claims";
  std::string forged = one;
  forged.back() = forged.back() == 'A' ? 'B' : 'A';
  EXPECT_FALSE(corpus::is_stand_in(forged + "x"));
}

TEST(StandIn, OfATokenThatIsLongOrDoesNotDecodeHasNoForm) {
  EXPECT_THAT(stand_in(token("{\"a\":\"" + std::string(5000, 'x') + "\"}")), StartsWith("redacted-"));
  EXPECT_THAT(stand_in("eyJhbGciOiJub25lIn0.bm90IGpzb24.c2lnbmF0dXJl"), StartsWith("redacted-"));
}

TEST(StandIn, IsFoundAmongOtherText) {
  const std::string plain = stand_in("a secret");
  const std::string guid = stand_in("0b8e4f62-7d15-4c9a-9e03-52c1a7f6d840");
  const std::string jwt = stand_in(token(R"({"aud":"bot"})"));
  EXPECT_EQ(corpus::stand_ins_in("x" + plain + "," + guid + ";" + jwt + ".").size(), 3u);
  EXPECT_TRUE(corpus::stand_ins_in("redacted- 0b8e4f62-7d15-4c9a-9e03-52c1a7f6d840").empty());
}

TEST(StandIn, IsLeftOutWhereTwoSessionsAreCompared) {
  const std::string secret = corpus::to_base64("0123456789 bytes that nobody can guess, Xy", {false, true});
  for (const std::string& value : {std::string("a secret"), secret, token(R"({"aud":"bot"})")}) {
    const std::string one = "<" + stand_in(value, 1) + ">";
    const std::string other = "<" + stand_in(value, 2) + ">";
    EXPECT_NE(one, other);
    EXPECT_EQ(corpus::without_stand_ins(one), corpus::without_stand_ins(other));
    EXPECT_TRUE(corpus::holds_stand_in(one));
  }
  EXPECT_EQ(corpus::without_stand_ins("nothing redacted- here, and nothing long"),
            "nothing redacted- here, and nothing long");
}

/// The body after redaction.
std::string redacted(std::string body) {
  corpus::Redactor redactor(key());
  corpus::Response message{200, {}, std::move(body), {}};
  redactor.redact(message);
  return message.body;
}

TEST(RedactedBase64, LosesTheSecretsInIt) {
  const std::string inner = R"({"user":"me","access_token":"very-secret-indeed"})";
  for (const corpus::Base64Form form : {corpus::Base64Form{false, true}, corpus::Base64Form{true, false}}) {
    const std::string body = redacted("{\"state\":\"" + corpus::to_base64(inner, form) + "\",\"n\":1}");
    const std::string text = body.substr(10, body.size() - 18);
    ASSERT_TRUE(corpus::base64_form(text)) << body;
    EXPECT_EQ(corpus::base64_bytes(text), R"({"user":"me","access_token":")" + stand_in("very-secret-indeed") + "\"}");
  }
}

TEST(RedactedBase64, LosesWhatIsKnownFromElsewhere) {
  const std::string hidden = base64url("some text around the very-secret-indeed value");
  const std::string body = redacted("{\"token\":\"very-secret-indeed\",\"a\":\"https://h/x/" + hidden + "/y\"}");
  EXPECT_THAT(body, Not(HasSubstr(hidden)));
  EXPECT_THAT(body, HasSubstr(base64url("some text around the " + stand_in("very-secret-indeed") + " value")));
}

TEST(RedactedBase64, IsKeptExactlyUnlessThereIsASecretInIt) {
  const std::string body =
      "{\"a\":\"" + base64url("a harmless text of some length") + "\",\"b\":\"/v1.0/communications/calls\"}";
  EXPECT_EQ(redacted(body), body);
}

// Each of these took minutes where runs of letters were looked at again from each place that something may begin at.
TEST(RedactedNonsense, TakesTimeInStepWithItsLength) {
  for (const std::string piece : {"eyJ", "eyJhbGciOiJIUzI1NiIsImtpZCI6InJlZGFjdGVkIiwidHlwIjoiSldUIn0", "cmVkYWN0ZWQt",
                                  "Pz8/", "redacted-", "8:a:", "1:", "1.1.", "+1-", "a@", "/users/", "=", "%25"}) {
    std::string body = "{\"token\":\"cmVkYWN0ZWQtcmVk1\",\"a\":\"";
    while (body.size() < 60'000) body += piece;
    corpus::Redactor redactor(key(), corpus::Redactor::Scope::people);
    redactor.redact(body);
    EXPECT_THAT(body, StartsWith("{\"token\":\"redacted-"));
  }
}

TEST(RedactedLink, LosesThePassCodeOfAMeeting) {
  EXPECT_EQ(redacted(R"({"joinUrl":"https://teams.microsoft.com/meet/2345678901234?p=AbC9dEf0GhI1"})"),
            R"({"joinUrl":"https://teams.microsoft.com/meet/2345678901234?p=)" + stand_in("AbC9dEf0GhI1") + "\"}");
  EXPECT_EQ(redacted(R"({"url":"https://h/list?p=2"})"), R"({"url":"https://h/list?p=2"})");
}

TEST(KnownSecretOfAForm, ThatIsAGuidIsFoundInEverySpelling) {
  corpus::Redactor redactor(key());
  corpus::Request message{"GET",
                          "/x/0b8e4f627d154c9a9e0352c1a7f6d840",
                          {{"X-Api-Key", "0B8E4F62-7D15-4C9A-9E03-52C1A7F6D840"}},
                          "0b8e4f62-7d15-4c9a-9e03-52c1a7f6d840",
                          {}};
  redactor.redact(message);
  EXPECT_EQ(message.target.substr(3), corpus::canonical_id(message.body));
  EXPECT_TRUE(corpus::is_stand_in(message.body));
  EXPECT_TRUE(corpus::same_id(message.headers[0].value, message.body));
}

TEST(KnownSecretOfAForm, ThatIsAWordIsReplacedAtItsPlaceAlone) {
  corpus::Redactor redactor(key());
  corpus::Request message{"POST", "/", {}, R"({"password":"established","state":"established"})", {}};
  redactor.redact(message);
  EXPECT_THAT(message.body, HasSubstr(R"("state":"established")"));
  EXPECT_THAT(message.body, StartsWith(R"({"password":"redacted-)"));
}

TEST(KnownSecretOfAForm, IsForgottenInAllSpellingsAtOnce) {
  corpus::Redactor redactor(key());
  const auto redact = [&](const std::string& body) {
    corpus::Request message{"POST", "/", {}, body, {}};
    redactor.redact(message);
    return message.body;
  };
  redact(R"({"password":"one\/secret\/value"})");
  for (int i = 0; i < 4000; ++i) redact("{\"password\":\"another secret, number " + std::to_string(i) + "\"}");
  redact(R"({"password":"one\/secret\/value"})");  // seen again: it is not the oldest any more
  for (int i = 0; i < 4000; ++i) redact("{\"password\":\"yet another one, number " + std::to_string(i) + "\"}");
  const std::string one = corpus::Redactor(key()).stand_in("one/secret/value");
  EXPECT_EQ(redact("<one/secret/value>"), "<" + one + ">");
  EXPECT_EQ(redact(R"(<one\/secret\/value>)"), "<" + one + ">");
}

}  // namespace
