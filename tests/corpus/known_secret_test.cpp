#include <gmock/gmock.h>

#include <string>

#include "corpus/base64.h"
#include "corpus/line_writer.h"
#include "corpus/redaction.h"
#include "redacted.h"

namespace redaction {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A session in which a secret has been seen once.
class KnownSecret : public testing::Test {
 protected:
  KnownSecret() {
    corpus::Request first = request({{"Authorization", std::string("Bearer ") + kSecret}}, "");
    redactor_.redact(first);
  }

  std::string redacted(std::string body) {
    corpus::Response message{200, {}, std::move(body), {}};
    redactor_.redact(message);
    return message.body;
  }

  corpus::Redactor redactor_{key()};
};

TEST_F(KnownSecret, IsFoundInEverySpelling) {
  const std::string raw = kSecret;
  for (const std::string& spelled :
       {raw, percent(raw), percent(percent(raw)), json_string(raw), json_string(json_string(raw)),
        "{\"a\":" + json_string("x?y=" + percent(raw)) + "}"}) {
    EXPECT_THAT(redacted("<" + spelled + ">"), HasSubstr(stand_in(kSecret))) << spelled;
    EXPECT_THAT(redacted("<" + spelled + ">"), Not(HasSubstr("s3cr"))) << spelled;
  }
}

TEST_F(KnownSecret, IsFoundAtEveryPlace) {
  for (std::size_t before = 0; before < 40; ++before) {
    for (std::size_t after : {0, 1, 7, 8, 9, 100}) {
      const std::string left(before, 'x');
      const std::string right(after, 'y');
      EXPECT_EQ(redacted(left + kSecret + right), left + stand_in(kSecret) + right);
    }
  }
}

// "Bearer", and words behind it, are no token; with a stand-in among them they look like one.
TEST_F(KnownSecret, WithinALongerWordIsReplacedOnceAndForAll) {
  corpus::Request first = request({{"Authorization", "que-token-value"}}, "");
  redactor_.redact(first);
  const std::string once = redacted("<Bearer aque-token-value>");
  EXPECT_THAT(once, Not(HasSubstr("que-token-value")));
  corpus::Redactor other(corpus::Redactor::Key{std::byte{1}});
  corpus::Response again{200, {}, once, {}};
  other.redact(again);
  EXPECT_EQ(again.body, once);
}

TEST_F(KnownSecret, IsNotLeftInTheLettersOfATextThatKeepsWhatItSays) {
  const std::string letters = "c2VjcmV0IGluIGxldHRlcnMh";  // of the value of "a" in the claims below, too
  const std::string other = "s3cr3tOfTheOtherKind77";
  for (const std::string& secret : {letters, other}) {
    corpus::Request first = request({{"Authorization", "Bearer " + secret}}, "");
    redactor_.redact(first);
  }
  const std::string claims = "eyJhIjoi" + letters + "In0";
  ASSERT_EQ(corpus::base64_bytes(claims), R"({"a":"secret in letters!"})");
  const std::string both = corpus::to_base64("secret in letters! and " + other, {});
  ASSERT_TRUE(both.starts_with(letters));
  for (const std::string& text : {"eyJhbGciOiJub25lIn0." + claims + ".",
                                  "{\"token\":\"eyJhbGciOiJub25lIn0." + claims + ".c2ln\"}", "a " + both + " b"}) {
    const std::string once = redacted(text);
    EXPECT_THAT(once, Not(HasSubstr(letters)));
    EXPECT_EQ(redacted(once), once);
  }
}

TEST_F(KnownSecret, MayBeShortIfItStandsApart) {
  corpus::Request first = request({}, R"({"passcode":"12345678"})");
  redactor_.redact(first);
  EXPECT_EQ(redacted("code 12345678, 123456789 and 012345678"),
            "code " + stand_in("12345678") + ", 123456789 and 012345678");
  first = request({}, R"({"passcode":"1234567"})");
  redactor_.redact(first);
  EXPECT_EQ(redacted("code 1234567"), "code 1234567");
}

TEST_F(KnownSecret, IsFoundBeforeThePlaceThatGivesItAway) {
  corpus::Request message =
      request({{"Authorization", "Bearer another-secret"}}, "x another-secret x", "/p/another-secret");
  redactor_.redact(message);
  EXPECT_EQ(message.target, "/p/" + stand_in("another-secret"));
  EXPECT_EQ(message.body, "x " + stand_in("another-secret") + " x");
}

// Fields that are the same in each message are not looked into each time.
TEST_F(KnownSecret, IsFoundInAFieldThatHeldNothingBefore) {
  const corpus::Headers fields = {{"X-Trace", "of later-secret-7"}, {"X-Other", "of nothing"}};
  corpus::Request message = request(fields, "");
  for (int i = 0; i < 3; ++i) redactor_.redact(message);
  EXPECT_EQ(message.headers, fields);
  EXPECT_EQ(redacted(R"({"password":"later-secret-7"})"), R"({"password":")" + stand_in("later-secret-7") + "\"}");
  redactor_.redact(message);
  EXPECT_EQ(message.headers,
            (corpus::Headers{{"X-Trace", "of " + stand_in("later-secret-7")}, {"X-Other", "of nothing"}}));
}

TEST_F(KnownSecret, IsFoundInAFieldThatTaughtNothing) {
  corpus::Redactor redactor(key());
  corpus::Request message = request({{"X-Trace", "of later-secret-7"}}, R"({"password":"later-secret-7"})");
  corpus::Request again = message;
  redactor.learn_only(true);
  redactor.redact(message);
  redactor.learn_only(false);
  redactor.redact(again);
  EXPECT_EQ(again.headers[0].value, "of " + stand_in("later-secret-7"));
}

TEST_F(KnownSecret, MayBeThePasswordOfBasicCredentials) {
  corpus::Request message = request({{"Authorization", "Basic Ym90OmEgbG9uZyBwYXNzd29yZA=="}}, "a long password");
  redactor_.redact(message);
  EXPECT_EQ(message.body, stand_in("a long password"));
}

TEST_F(KnownSecret, IsForgottenAfterThousandsOfOthersButKeepsItsStandIn) {
  for (int i = 0; i < 10'000; ++i) {
    corpus::Request message = request({{"X-Api-Key", "another secret, number " + std::to_string(i)}}, "");
    redactor_.redact(message);
    EXPECT_EQ(redacted("number another secret, number " + std::to_string(i)), "number " + message.headers[0].value);
  }
  EXPECT_EQ(redacted("another secret, number 9000"), stand_in("another secret, number 9000"));
  EXPECT_EQ(redacted("another secret, number 1"), "another secret, number 1");
  corpus::Request again = request({{"Authorization", std::string("Bearer ") + kSecret}}, "");
  redactor_.redact(again);
  EXPECT_EQ(again.headers[0].value, "Bearer " + stand_in(kSecret));
}

/// The value of a header after redaction.
std::string redacted_by(corpus::Redactor& redactor, const std::string& name, const std::string& value) {
  corpus::Request message = request({{name, value}}, "");
  redactor.redact(message);
  return message.headers[0].value;
}

TEST_F(KnownSecret, HasOneStandInInAFieldThatComesAgainAndAgain) {
  const std::string first = redacted_by(redactor_, "Authorization", std::string("Bearer ") + kJwt);
  EXPECT_THAT(first, Not(HasSubstr("c2lnbmF0")));
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(redacted_by(redactor_, "Authorization", std::string("Bearer ") + kJwt), first);
    EXPECT_EQ(redacted_by(redactor_, "authorization", std::string("Bearer ") + kJwt), first);
    EXPECT_EQ(redacted_by(redactor_, "X-Trace", std::string("Bearer ") + kJwt), first);
  }
}

TEST_F(KnownSecret, IsFoundBesideAnotherOneInAFieldThatCameBefore) {
  const std::string field = "Scheme-0123456789 token-9876543210";
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(redacted_by(redactor_, "Authorization", field), "Scheme-0123456789 " + stand_in("token-9876543210"));
  }
  redacted_by(redactor_, "X-Api-Key", "Scheme-0123456789");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(redacted_by(redactor_, "Authorization", field),
              stand_in("Scheme-0123456789") + " " + stand_in("token-9876543210"));
  }
}

TEST_F(KnownSecret, IsRememberedLongerThanOneThatWasSeenBeforeIt) {
  const std::string one = "the token number one";
  const std::string two = "the token number two";
  // The third time nothing has to be looked up any more.
  for (int i = 0; i < 3; ++i) {
    redacted_by(redactor_, "X-Api-Key", one);
    redacted_by(redactor_, "X-Auth-Key", two);
  }
  redacted_by(redactor_, "X-Api-Key", one);
  for (int i = 0; redacted(two) != two; ++i) {
    ASSERT_LT(i, 5000);
    ASSERT_EQ(redacted(one), stand_in(one));
    redacted_by(redactor_, "X-Api-Key", "another secret, number " + std::to_string(i));
  }
  EXPECT_EQ(redacted(one), stand_in(one));
}

TEST(Redactor, LeavesStandInsAlone) {
  const std::string r = "redacted-0123456789abcdef";
  corpus::Request message =
      request({{"Authorization", "Bearer " + r}, {"Cookie", "a=" + r + "; b=" + r}, {"X-Api-Key", r}},
              R"({"token":")" + r + R"(","metadata":"{\"password\":\")" + r + R"(\"}"} client_secret=)" + r,
              "/?code=" + r + "&token=" + r);
  const corpus::Request before = message;
  corpus::Redactor redactor(key());
  redactor.redact(message);
  EXPECT_EQ(message, before);
}

TEST(Redactor, LeavesThemAloneWhenThePasswordIsTheWord) {
  corpus::Redactor redactor(key());
  corpus::Request message = request({{"X-Api-Key", "redacted"}}, "redacted and redacted-0123456789abcdef");
  redactor.redact(message);
  EXPECT_EQ(message.body, "redacted and redacted-0123456789abcdef");
  message = request({{"X-Api-Key", "redacted-0123"}}, "redacted-0123 and redacted-0123456789abcdef");
  redactor.redact(message);
  EXPECT_EQ(message.body, stand_in("redacted-0123") + " and redacted-0123456789abcdef");
}

/// One message with the secret in every place and spelling that we know of.
corpus::Request planted(const std::string& secret) {
  const std::string inner = "{\"access_token\":" + json_string(secret) + "}";
  return request({{"Authorization", "Bearer " + secret},
                  {"Location", "https://h/x?access_token=" + percent(secret)},
                  {"X-Odd", "opaque " + secret},
                  {"Cookie", "a=1; session=" + secret}},
                 "{\"token\":" + json_string(secret) + ",\"text\":" + json_string("see " + secret + " there") +
                     ",\"metadata\":" + json_string(inner) + ",\"twice\":" + json_string(json_string(inner)) +
                     ",\"url\":\"https://h/?q=" + percent(secret) + "\",\"deep\":" +
                     json_string("https://h/?q=" + percent("https://h/?sig=" + percent(secret))) + ",}\xff",
                 "/a/" + percent(secret) + "?code=" + percent(secret) + "&q=" + percent(inner));
}

TEST(Redactor, LetsNoPlantedSecretIntoTheFile) {
  for (const std::string& secret : {std::string(kJwt), std::string("0123456789abcdefXYZ"), std::string(kSecret),
                                    std::string("p\xc3\xa4ss w\xc3\xb6rd / 1")}) {
    corpus::Redactor redactor(key());
    corpus::Exchange exchange;
    exchange.request = planted(secret);
    redactor.redact(exchange.request);
    std::string line;
    corpus::LineWriter().request(line, exchange);
    // The first bytes of the secret in any spelling; the text is plain, as base64 would hide what is in it.
    EXPECT_THAT(line + exchange.request.body, Not(HasSubstr(secret)));
    EXPECT_THAT(exchange.request.body, Not(HasSubstr(json_string(secret))));
    for (const std::string& spelled : {secret, percent(secret), json_string(secret).substr(1, secret.size())}) {
      EXPECT_THAT(line, Not(HasSubstr(spelled.substr(0, 8)))) << line;
      EXPECT_THAT(exchange.request.body, Not(HasSubstr(spelled.substr(0, 8)))) << line;
    }
  }
}

TEST(Redactor, DoesNothingTheSecondTime) {
  for (const std::string& secret : {std::string(kJwt), std::string(kSecret)}) {
    corpus::Request once = planted(secret);
    corpus::Redactor(key()).redact(once);
    corpus::Request twice = once;
    corpus::Redactor(key(99)).redact(twice);
    EXPECT_EQ(once, twice);
  }
}

}  // namespace
}  // namespace redaction
