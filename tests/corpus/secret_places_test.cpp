// Places where secrets stand that are easily overlooked, and texts that look like secrets and are none.
#include <gmock/gmock.h>

#include <string>

#include "corpus/redaction.h"
#include "corpus/stand_in.h"
#include "tests/support/compressed.h"

namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kToken = "AbCdEfGhIjKlMnOp12";

corpus::Redactor redactor(corpus::Redactor::Scope scope = corpus::Redactor::Scope::recording) {
  return corpus::Redactor(corpus::Redactor::Key{}, scope);
}

corpus::Request request(corpus::Headers headers, std::string body, std::string target = "/") {
  return {"POST", std::move(target), std::move(headers), std::move(body), {}};
}

std::string stand_in(std::string_view secret) {
  return redactor().stand_in(secret);
}

std::string redacted(std::string body, corpus::Headers headers = {}) {
  corpus::Request message = request(std::move(headers), std::move(body));
  redactor().redact(message);
  return message.body;
}

std::string redacted_target(std::string target) {
  corpus::Request message = request({}, "", std::move(target));
  redactor().redact(message);
  return message.target;
}

std::string redacted_header(const std::string& name, const std::string& value) {
  corpus::Request message = request({{name, value}}, "");
  redactor().redact(message);
  return message.headers[0].value;
}

/// Expects that of the text the token alone is replaced, and nothing the second time.
void expect_replaced(const std::string& text, const corpus::Headers& headers = {}) {
  const std::size_t at = text.find(kToken);
  ASSERT_NE(at, text.npos);
  std::string expected = text;
  expected.replace(at, kToken.size(), stand_in(kToken));
  EXPECT_EQ(redacted(text, headers), expected);
  EXPECT_EQ(redacted(expected, headers), expected);
}

TEST(SecretPlaces, AreInTargetsThatAreUrls) {
  EXPECT_EQ(redacted_target("https://bob:hunter2hunter2@proxy.example/x"),
            "https://bob:" + stand_in("hunter2hunter2") + "@proxy.example/x");
  EXPECT_EQ(redacted_target("https://teams.microsoft.com/meet/2345678901234?p=" + kToken),
            "https://teams.microsoft.com/meet/2345678901234?p=" + stand_in(kToken));
  EXPECT_EQ(redacted_target("/cb#access_token=" + kToken), "/cb#access_token=" + stand_in(kToken));
}

TEST(SecretPlaces, AreBehindAStrayQuote) {
  const std::string member = R"("access_token":")" + kToken + "\"}";
  for (const std::string before : {R"(size 5" at 50% {)", R"({"a":"50%,)", "C:\\x \"\n{"}) {
    expect_replaced(before + member);
  }
  expect_replaced(R"(a " \n {"access_token" : ")" + kToken + R"(","b":"x\"y"})");
}

TEST(SecretPlaces, AreInJsonWithOtherQuotes) {
  expect_replaced(R"({\"access_token\":\")" + kToken + R"(\"})");
  expect_replaced("{'access_token': '" + kToken + "'}");
  expect_replaced(R"({"log":"{'a': 1, 'access_token': ')" + kToken + R"('}"})");
  // A quote that is left open takes nothing with it that belongs to the JSON around it.
  EXPECT_EQ(redacted(R"({"m":"use 'token': 'abcdefgh","b":"it's"})"),
            R"({"m":"use 'token': ')" + stand_in("abcdefgh") + R"(","b":"it's"})");
}

TEST(SecretPlaces, AreNumbers) {
  const auto quoted = [](std::string_view secret) { return '"' + stand_in(secret) + '"'; };
  EXPECT_EQ(redacted(R"({"passcode":12345678901,"n":1})"), R"({"passcode":)" + quoted("12345678901") + R"(,"n":1})");
  EXPECT_EQ(redacted(R"({"a":"\\","pin" : 4711})"), R"({"a":"\\","pin" : )" + quoted("4711") + "}");
  for (const char* kept : {R"({"token":123})", R"({"token":12.5e3})", R"({"token":null})", R"({"n":4711})"}) {
    EXPECT_EQ(redacted(kept), kept);
  }
  const std::string once = redacted(R"({"passcode":12345678901})");
  EXPECT_EQ(redacted(once), once);
}

TEST(SecretPlaces, AreNumbersThatStandAgain) {
  const std::string digits = stand_in("12345678");
  EXPECT_EQ(redacted(R"({"passcode":"12345678","size":12345678,"list":[12345678, -12345678],"s":"a,12345678,b"})"),
            R"({"passcode":")" + digits + R"(","size":")" + digits + R"(","list":[")" + digits + R"(", ")" + digits +
                R"("],"s":"a,)" + digits + R"(,b"})");
  EXPECT_EQ(redacted("call: 1, [12345678, 2]", {{"X-Api-Key", "12345678"}}), "call: 1, [" + digits + ", 2]");
}

TEST(SecretPlaces, AreParametersThatEndLikeSecrets) {
  for (const char* name : {"subject_token", "joinToken", "webhook_secret", "userPassword", "device_code",
                           "id_token_hint", "access_key", "authorization", "pin", "meetingPasscode"}) {
    EXPECT_EQ(redacted_target(std::string("/?a=b&") + name + "=" + kToken),
              std::string("/?a=b&") + name + "=" + stand_in(kToken));
  }
  for (const std::string& target :
       {"/users?$skiptoken=" + kToken, "/users?%24deltatoken=" + kToken, "/?validationToken=" + kToken}) {
    EXPECT_EQ(redacted_target(target), target);
  }
}

TEST(SecretPlaces, AreMembersOfManyNames) {
  for (const char* name : {"pwd", "passwd", "secretText", "secretKey", "accessKey", "primaryKey", "cookie",
                           "set-cookie", "x-functions-key", "Ocp-Apim-Subscription-Key", "code_verifier",
                           "samlResponse", "meetingPasscode", "dialinPassCode", "pin", "sig", "jwt"}) {
    expect_replaced(std::string("{\"") + name + "\":\"" + kToken + "\"}");
  }
  const std::string about = R"({"authentication":{"type":"AbCdEfGhIjKlMnOp12"}})";
  EXPECT_EQ(redacted(about), about);
}

TEST(SecretPlaces, AreHeadersOfManyNames) {
  for (const char* name : {"X-Auth", "X-Auth-Key", "X-Secret-Key", "X-Access-Key", "X-ApiKey", "api_key",
                           "X-ARR-ClientCert", "X_Api_Key"}) {
    EXPECT_EQ(redacted_header(name, kToken), stand_in(kToken)) << name;
  }
  EXPECT_EQ(redacted_header("X-Author", kToken), kToken);
}

TEST(SecretPlaces, ArePartsOfManyForms) {
  const corpus::Headers form = {{"Content-Type", "multipart/form-data; boundary=b"}};
  expect_replaced("--b\nContent-Disposition: form-data; name=\"client_secret\"\n\n" + kToken + "\n--b--\n", form);
  expect_replaced("--b\r\nContent-Disposition: form-data; name=client_secret\r\n\r\n" + kToken + "\r\n--b--\r\n", form);
  expect_replaced("--b\r\nContent-Disposition: form-data; name=\"client_secret\"\r\n\r\n" + kToken + "\r\n--b--\r\n",
                  {{"Content-Type", "multipart/mixed; boundary=b"}});
  // A key has such lines itself.
  const std::string key = "-----BEGIN KEY-----\nAbCd\n-----END KEY-----\n";
  EXPECT_THAT(redacted("--b\nContent-Disposition: form-data; name=client_secret\n\n" + key + "\n--b--\n", form),
              Not(HasSubstr("AbCd\n")));
  const std::string file = "--b\r\nContent-Disposition: form-data; filename=token; name=x\r\n\r\nplain\r\n--b--\r\n";
  EXPECT_EQ(redacted(file, form), file);
}

TEST(SecretPlaces, AreBehindASchemeInTheMiddleOfALine) {
  expect_replaced("12:30 INFO Authorization: Bearer " + kToken + ", done");
  expect_replaced("sent bearer " + kToken + ".");
  expect_replaced(R"({"log":"a\nBearer )" + kToken + R"(\n"})");
  for (const char* kept : {"Bearer authorization_uri=\"https://login.example/x\"", "the Bearer of this letter",
                           "Bearer a1b2c3", "Bearer authentication-is-required"}) {
    EXPECT_EQ(redacted(kept), kept);
  }
}

TEST(SecretPlaces, AreInBodiesWithPaddingBehindThem) {
  const corpus::Headers gzip = {{"Content-Encoding", "gzip"}};
  const std::string body = support::compressed(R"({"access_token":")" + kToken + R"("})");
  for (const std::string& padding : {std::string("\r\n"), std::string(3, '\0')}) {
    EXPECT_EQ(redacted(body + padding, gzip), R"({"access_token":")" + stand_in(kToken) + R"("})");
  }
}

TEST(SecretPlaces, AreNotWhereCredentialsAreMissing) {
  for (const char* value : {"Bearer", "Bearer ", "basic", "BASIC  "}) {
    EXPECT_EQ(redacted_header("Authorization", value), value);
  }
}

TEST(SecretPlaces, DoNotMakeSecretsOfEverydayTexts) {
  corpus::Redactor kept = redactor();
  corpus::Request message = request({{"Cookie", "last=/api/calls/Callback; d=2026-11-23; t=2026-11-23T10:00:00Z"}},
                                    R"({"clientState":"microsoft.graph","secret":"clientContext"})");
  kept.redact(message);
  EXPECT_THAT(message.headers[0].value, Not(HasSubstr("2026")));
  const std::string text =
      R"({"@odata.type":"#microsoft.graph.call","clientContext":"/api/calls/Callback","t":"2026-11-23T10:00:00Z"})";
  corpus::Request other = request({}, text, "/api/calls/Callback");
  kept.redact(other);
  EXPECT_EQ(other.body, text);
  EXPECT_EQ(other.target, "/api/calls/Callback");
  // Base64 may begin with a slash.
  message = request({{"X-Api-Key", "/AbCdEfGhIjKlMnOp12"}}, "see /AbCdEfGhIjKlMnOp12");
  kept.redact(message);
  EXPECT_EQ(message.body, "see " + stand_in("/AbCdEfGhIjKlMnOp12"));
}

TEST(SecretPlaces, AreNoneWhereAPersonsStandInIs) {
  for (const std::string& body : {std::string(R"({"password":"person-0123456789abcdef@redacted.example"})"),
                                  std::string("https://bob:person-0123456789abcdef@redacted.example/x"),
                                  std::string(R"({"password":"Person-01234567"})")}) {
    EXPECT_EQ(redacted(body), body);
  }
  // A number of the same form is a pass code all the same.
  EXPECT_EQ(redacted(R"({"passcode":"00123456"})"), R"({"passcode":")" + stand_in("00123456") + "\"}");
}

TEST(SecretPlaces, StayTheSameOnceRedactedWithPeople) {
  corpus::Request once = request({{"Referer", "https://bob:hunter2hunter2@h.example/x"}}, "");
  redactor(corpus::Redactor::Scope::people).redact(once);
  EXPECT_THAT(once.headers[0].value, Not(HasSubstr("hunter2")));
  corpus::Request twice = once;
  redactor(corpus::Redactor::Scope::people).redact(twice);
  EXPECT_EQ(once, twice);
}

}  // namespace
