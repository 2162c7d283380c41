#include "corpus/redaction.h"

#include <gmock/gmock.h>

#include <random>

#include "corpus/line_writer.h"
#include "corpus/stand_in.h"
#include "redacted.h"
#include "tests/support/compressed.h"

namespace redaction {
namespace {

using testing::HasSubstr;
using testing::Not;

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

}  // namespace
}  // namespace redaction
