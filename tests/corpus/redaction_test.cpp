#include "corpus/redaction.h"

#include <gmock/gmock.h>

#include <random>

#include "corpus/json_text.h"
#include "corpus/line_writer.h"
#include "corpus/stand_in.h"
#include "tests/support/compressed.h"

namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kJwt =
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJib3QiLCJ0aWQiOiJ0ZW5hbnQifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";
/// Opaque, and spelled differently wherever something is escaped.
constexpr const char* kSecret = R"(s3cr+t/Va"l\ue=~8)";

corpus::Redactor::Key key(int byte = 7) {
  corpus::Redactor::Key made;
  made.fill(static_cast<std::byte>(byte));
  return made;
}

corpus::Request request(corpus::Headers headers, std::string body, std::string target = "/") {
  return {"POST", std::move(target), std::move(headers), std::move(body), {}};
}

/// The body after redaction by a new redactor.
std::string redacted(std::string body, corpus::Headers headers = {}) {
  corpus::Redactor redactor(key());
  corpus::Request message = request(std::move(headers), std::move(body));
  redactor.redact(message);
  return message.body;
}

std::string redacted_header(const std::string& name, const std::string& value) {
  corpus::Redactor redactor(key());
  corpus::Response message{200, {{name, value}}, {}, {}};
  redactor.redact(message);
  return message.headers[0].value;
}

std::string redacted_target(std::string target) {
  corpus::Redactor redactor(key());
  corpus::Request message = request({}, "", std::move(target));
  redactor.redact(message);
  return message.target;
}

std::string stand_in(std::string_view secret) {
  return corpus::Redactor(key()).stand_in(secret);
}

std::string json_string(std::string_view text) {
  std::string out;
  corpus::append_json_string(out, text);
  return out;
}

/// Everything percent-encoded but letters and digits.
std::string percent(std::string_view text) {
  std::string out;
  for (unsigned char byte : text) {
    char code[4];
    std::snprintf(code, sizeof code, "%%%02X", byte);
    out += std::isalnum(byte) ? std::string(1, static_cast<char>(byte)) : code;
  }
  return out;
}

TEST(StandIn, IsTheSameForTheSameValueUnderOneKey) {
  const corpus::Redactor redactor(key());
  const std::string one = redactor.stand_in("value");
  EXPECT_EQ(one.size(), 25u);
  EXPECT_TRUE(corpus::is_stand_in(one));
  EXPECT_EQ(one, corpus::Redactor(key()).stand_in("value"));
  EXPECT_NE(one, redactor.stand_in("Value"));
  EXPECT_NE(one, corpus::Redactor(key(8)).stand_in("value"));
}

TEST(StandIn, IsAHashThatOthersCanCompute) {
  // printf value | openssl dgst -sha256 -mac HMAC -macopt hexkey:0707…07
  EXPECT_EQ(stand_in("value"), "redacted-1a275ea7a06a1e32");
}

TEST(StandIn, IsToldFromOtherText) {
  EXPECT_TRUE(corpus::is_stand_in("redacted-0123456789abcdef"));
  for (const char* text : {"", "redacted-", "redacted-0123456789abcde", "redacted-0123456789abcdef0",
                           "redacted-0123456789ABCDEF", "Redacted-0123456789abcdef", " redacted-0123456789abcdef"}) {
    EXPECT_FALSE(corpus::is_stand_in(text)) << text;
  }
}

TEST(RedactedMessage, KeepsHowItsTokenIsBroken) {
  corpus::Redactor redactor(key());
  corpus::Request message = request({}, "it has expired");
  message.extra = R"("note":1,"token":"expired")";
  redactor.redact(message);
  EXPECT_EQ(message.extra, R"("note":1,"token":"expired")");
  EXPECT_EQ(message.body, "it has expired");
  message.extra = R"("token":"s3cr3t-that-is-no-flaw")";
  redactor.redact(message);
  EXPECT_THAT(message.extra, Not(HasSubstr("s3cr3t")));
}

TEST(RedactedHeader, KeepsTheScheme) {
  EXPECT_EQ(redacted_header("Authorization", "Bearer abc"), "Bearer " + stand_in("abc"));
  EXPECT_EQ(redacted_header("AUTHORIZATION", "bearer  abc"), "bearer  " + stand_in("abc"));
  EXPECT_EQ(redacted_header("proxy-authorization", "Basic dTpw"), "Basic " + stand_in("dTpw"));
  EXPECT_EQ(redacted_header("Authorization", "abc"), stand_in("abc"));
  EXPECT_EQ(redacted_header("Authorization", R"(Digest username="u", response="r")"),
            "Digest " + stand_in(R"(username="u", response="r")"));
  EXPECT_EQ(redacted_header("Authorization", ""), "");
}

TEST(RedactedHeader, KeepsNamesAndAttributesOfCookies) {
  EXPECT_EQ(redacted_header("Cookie", "a=1; b=\"x y\";c=; "),
            "a=" + stand_in("1") + "; b=\"" + stand_in("x y") + "\";c=; ");
  EXPECT_EQ(redacted_header("Set-Cookie", "id=a=b; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly"),
            "id=" + stand_in("a=b") + "; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly");
}

TEST(RedactedHeader, IsKnownByItsName) {
  for (const char* name :
       {"X-Api-Key", "x-functions-key", "Ocp-Apim-Subscription-Key", "X-MS-TOKEN-AAD-ACCESS-TOKEN", "api-key"}) {
    EXPECT_EQ(redacted_header(name, "k"), stand_in("k")) << name;
  }
  for (const char* name :
       {"Scenario-Id", "Client-Request-Id", "WWW-Authenticate", "X-Api-Keys", "X-MS-Tokens", "Idempotency-Key"}) {
    EXPECT_EQ(redacted_header(name, "some value 12345"), "some value 12345") << name;
  }
}

TEST(RedactedTarget, LosesSecretParametersOnly) {
  EXPECT_EQ(redacted_target("/a?code=k%2B1&x=1&access_token=t&Client%5FSecret=s&empty&code=#"),
            "/a?code=" + stand_in("k+1") + "&x=1&access_token=" + stand_in("t") + "&Client%5FSecret=" + stand_in("s") +
                "&empty&code=" + stand_in("#"));
  EXPECT_EQ(redacted_target("/v1.0/communications/calls/57da?$select=id&code"),
            "/v1.0/communications/calls/57da?$select=id&code");
  EXPECT_EQ(redacted_target(std::string("/t/") + kJwt + "/x"), "/t/" + stand_in(kJwt) + "/x");
  EXPECT_EQ(redacted_target("/r?next=https%3A%2F%2Fh%2F%3Fsig%3Dabc%252F%26z%3D1"),
            "/r?next=https%3A%2F%2Fh%2F%3Fsig%3D" + stand_in("abc/") + "%26z%3D1");
}

TEST(RedactedForm, LosesSecretsOfATokenRequest) {
  EXPECT_EQ(redacted("client_id=bot&client_secret=a%2Bb+c&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&grant_"
                     "type=client_credentials",
                     {{"content-type", "Application/X-WWW-Form-Urlencoded; charset=utf-8"}}),
            "client_id=bot&client_secret=" + stand_in("a+b c") +
                "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default&grant_type=client_credentials");
}

TEST(RedactedJson, LosesStringsUnderSecretNames) {
  EXPECT_EQ(redacted(R"({"token_type":"Bearer","access_token":"abc","expires_in":3599,"ACCESS_TOKEN" : "abc"})"),
            R"({"token_type":"Bearer","access_token":")" + stand_in("abc") +
                R"(","expires_in":3599,"ACCESS_TOKEN" : ")" + stand_in("abc") + "\"}");
  for (const char* name :
       {"accessToken", "client_secret", "refresh_token", "id_token", "password", "passcode", "token",
        "recordingAccessToken", "recordResourceAccessToken", "replacementLink", "replacesContext", "to\\u006ben"}) {
    EXPECT_EQ(redacted("{\"" + std::string(name) + "\":\"x\"}"),
              "{\"" + std::string(name) + "\":\"" + stand_in("x") + "\"}")
        << name;
  }
}

TEST(RedactedJson, KeepsEverythingElse) {
  const std::string body =
      "\xef\xbb\xbf{\r\n \"code\":500,\"subcode\":0,\"message\":\"code=580 "
      "subcode=5201\",\"token\":null,\"password\":[1],"
      "\"tokenMeetingInfo\":{\"token\":\"\"},\"a\":\"\\u00e9\\/\",\"n\":1e400,}\r\n";
  EXPECT_EQ(redacted(body), body);
}

TEST(RedactedJson, IsRedactedWhenBroken) {
  EXPECT_EQ(redacted("{\"token\":\"abc\",,} \"password\" : \"d\\\"e"),
            "{\"token\":\"" + stand_in("abc") + "\",,} \"password\" : \"" + stand_in("d\"e"));
  EXPECT_EQ(redacted("\xef\xbb\xbf{\r\n\"token\":\r\n\"abc\"}\xff"),
            "\xef\xbb\xbf{\r\n\"token\":\r\n\"" + stand_in("abc") + "\"}\xff");
}

// Texts with and without an escape are looked through in different ways.
TEST(RedactedJson, IsRedactedAlikeWithAndWithoutAnEscapeSomewhere) {
  std::mt19937 random(20261123);
  const auto pick = [&random](const auto& list) { return list[random() % std::size(list)]; };
  static constexpr const char* kNames[] = {
      "token", "a", "Client-Secret", ":", "access_token", "token:", "password", "", "authorization", ",", "sig"};
  static constexpr const char* kValues[] = {"\"x\"", "\"Bearer abc\"", "\"token\"", "\":\"",
                                            "\"\"",  "null",           "[\"y\"]",   "{}"};
  static constexpr const char* kBefore[] = {"", "", " ", "\r\n\t"};
  int changed = 0;
  for (int round = 0; round < 2000; ++round) {
    std::string text = "{";
    for (unsigned member = 0; member <= random() % 4; ++member) {
      if (member > 0) text += ",";
      text +=
          "\"" + std::string(pick(kNames)) + "\"" + pick(kBefore) + ":" + pick(kBefore) + pick(kValues) + pick(kBefore);
    }
    text += "}";
    const std::string plain = redacted(text);
    EXPECT_EQ(redacted("[" + text + ",\"\\n\"]"), "[" + plain + ",\"\\n\"]") << text;
    changed += plain != text;
  }
  EXPECT_GT(changed, 500);
}

TEST(RedactedJson, IsRedactedInsideStrings) {
  EXPECT_EQ(redacted(R"({"metadata":"{\"access_token\":\"a\\\"b\",\"n\":\"\u00e9\"}"})"),
            R"({"metadata":"{\"access_token\":\")" + stand_in("a\"b") + R"(\",\"n\":\"\u00e9\"}"})");
  EXPECT_EQ(redacted(R"({"url":"https://h/p?sv=1\u0026sig=a%2Fb%3D\u0026se=2"})"),
            R"({"url":"https://h/p?sv=1\u0026sig=)" + stand_in("a/b=") + R"(\u0026se=2"})");
}

TEST(RedactedCompressed, IsKeptExactlyUnlessThereIsASecretInIt) {
  const corpus::Headers headers = {{"Content-Encoding", "gzip"}, {"Content-Length", "1"}};
  const std::string harmless = support::compressed(R"({"state":"established"})");
  EXPECT_EQ(redacted(harmless, headers), harmless);
  corpus::Redactor redactor(key());
  corpus::Request message = request(headers, support::compressed(R"({"token":"very-secret"})"));
  redactor.redact(message);
  EXPECT_EQ(message.body, R"({"token":")" + stand_in("very-secret") + R"("})");
  EXPECT_EQ(message.headers, (corpus::Headers{{"Content-Length", std::to_string(message.body.size())}}));
}

TEST(RedactedHeader, MayBeACookieWithoutAName) {
  EXPECT_EQ(redacted_header("Cookie", "a=secret-one; secret-two"),
            "a=" + stand_in("secret-one") + "; " + stand_in("secret-two"));
  EXPECT_EQ(redacted_header("Set-Cookie", "secret-one; Path=/"), stand_in("secret-one") + "; Path=/");
}

TEST(RedactedHeader, IsKnownByTheEndOfItsName) {
  for (const char* name : {"X-Secret", "X-Custom-Token", "X-Hub-Password"}) {
    EXPECT_EQ(redacted_header(name, "abcdefgh"), stand_in("abcdefgh")) << name;
  }
  EXPECT_EQ(redacted_header("X-Token-Kind", "abcdefgh"), "abcdefgh");
}

TEST(RedactedJson, LosesEverythingBelowASecretName) {
  const std::string one = stand_in("secret-one");
  EXPECT_EQ(redacted(R"({"token":["secret-one"],"a":["plain"]})"), R"({"token":[")" + one + R"("],"a":["plain"]})");
  EXPECT_EQ(redacted(R"({"clientSecret":{"value":"secret-one","n":[1]},"b":"plain"})"),
            R"({"clientSecret":{"value":")" + one + R"(","n":[1]},"b":"plain"})");
}

TEST(RedactedJson, IsKnownByTheEndOfAName) {
  for (const char* name : {"joinToken", "bearer_token", "session-token", "appSecret", "userPassword", "clientState"}) {
    const std::string body = std::string(R"({")") + name + R"(":"abcdefgh"})";
    EXPECT_EQ(redacted(body), std::string(R"({")") + name + R"(":")" + stand_in("abcdefgh") + R"("})");
  }
  const std::string page = R"({"continuationToken":"abcdefgh","tokenType":"Bearer"})";
  EXPECT_EQ(redacted(page), page);
}

TEST(RedactedMultipart, LosesThePartsUnderSecretNames) {
  const auto body = [](std::string_view secret) {
    return "--b\r\nContent-Disposition: form-data; name=\"client_secret\"\r\n\r\n" + std::string(secret) +
           "\r\n--b\r\nContent-Disposition: form-data; name=\"scope\"\r\n\r\nplain\r\n--b--\r\n";
  };
  EXPECT_EQ(redacted(body("two words\r\nand a line"), {{"Content-Type", "multipart/form-data; boundary=b"}}),
            body(stand_in("two words\r\nand a line")));
}

TEST(RedactedText, LosesWhatLinesAndTagsName) {
  const std::string one = stand_in("secret-one");
  EXPECT_EQ(redacted("a: b\r\naccess_token: secret-one\r\n"), "a: b\r\naccess_token: " + one + "\r\n");
  EXPECT_EQ(redacted("GET / HTTP/1.1\nAuthorization: Bearer secret-one\n"),
            "GET / HTTP/1.1\nAuthorization: Bearer " + one + "\n");
  EXPECT_EQ(redacted("<r><ns:access_token id='1'>secret-one</ns:access_token><b>plain</b></r>"),
            "<r><ns:access_token id='1'>" + one + "</ns:access_token><b>plain</b></r>");
  EXPECT_EQ(redacted("<access_token"), "<access_token");
}

TEST(RedactedText, LosesPasswordsOfUrls) {
  EXPECT_EQ(redacted(R"({"url":"https://me:secret-one@host/x?a=b@c"})"),
            R"({"url":"https://me:)" + stand_in("secret-one") + R"(@host/x?a=b@c"})");
  EXPECT_EQ(redacted(R"({"url":"https://host:80/a@b"})"), R"({"url":"https://host:80/a@b"})");
}

TEST(RedactedTarget, LosesParametersOfThePath) {
  EXPECT_EQ(redacted_target("/a;token=secret-one/b?x=1"), "/a;token=" + stand_in("secret-one") + "/b?x=1");
}

TEST(RedactedText, LosesTokensByTheirShape) {
  const std::string jwt = kJwt;
  EXPECT_EQ(redacted("a " + jwt + ". b " + jwt + "\""), "a " + stand_in(jwt) + ". b " + stand_in(jwt) + "\"");
  EXPECT_EQ(redacted("eyJhbGciOiJSU0EtT0FFUCJ9.a2V5.aXY.dGV4dA.dGFn"),
            stand_in("eyJhbGciOiJSU0EtT0FFUCJ9.a2V5.aXY.dGV4dA.dGFn"));
  EXPECT_EQ(redacted("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."), stand_in("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."));
  EXPECT_EQ(redacted("eyJhbGciOiJub25lIn0 eyJ.a.b"), "eyJhbGciOiJub25lIn0 eyJ.a.b");
}

TEST(RedactedText, LosesUnmistakableParameters) {
  EXPECT_EQ(redacted("failed: client_secret=abc, password=d'"),
            "failed: client_secret=" + stand_in("abc") + ", password=" + stand_in("d") + "'");
  EXPECT_EQ(redacted("GET /?code=abc HTTP"), "GET /?code=" + stand_in("abc") + " HTTP");
  EXPECT_EQ(redacted("code=580 token=x"), "code=580 token=x");
}

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
