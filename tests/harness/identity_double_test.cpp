#include "harness/identity_double.h"

#include <cjose/cjose.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <filesystem>
#include <set>

#include "harness/token_endpoint.h"
#include "tests/harness/test_certificates.h"

namespace harness {
namespace {

namespace json = boost::json;
using corpus::TokenFlaw;

constexpr std::string_view kBase = "https://login.microsoftonline.com";
constexpr std::string_view kApp = "11111111-2222-4333-8444-555555555555";
constexpr std::string_view kTenant = "99999999-8888-4777-8666-555555555555";

// By the clock of those who make tokens: std::time() may be a tick behind it.
std::int64_t now() {
  return std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
}

corpus::Request get(std::string target) {
  return {.method = "GET", .target = std::move(target), .headers = {}, .body = "", .extra = ""};
}

corpus::Request ask_for_token(std::string body, std::string tenant = std::string(kTenant)) {
  return {.method = "POST",
          .target = "/" + tenant + "/oauth2/v2.0/token",
          .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
          .body = std::move(body),
          .extra = ""};
}

std::string good_form() {
  return "client_id=" + std::string(kApp) +
         "&client_secret=s%20e%2Bcret&grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
}

json::object body_of(const std::optional<corpus::Response>& response) {
  if (!response) return {};
  const json::value body = json::parse(response->body);
  return body.as_object();
}

IdentitySettings for_app() {
  IdentitySettings settings;
  settings.token.audience = kApp;
  settings.token.tenant = kTenant;
  return settings;
}

// The set of keys, checked by other code than what signs.
bool verifies(std::string_view token, const json::object& keys) {
  for (const json::value& key : keys.at("keys").as_array()) {
    cjose_err error{};
    const std::string text = json::serialize(key);
    cjose_jwk_t* jwk = cjose_jwk_import(text.data(), text.size(), &error);
    cjose_jws_t* jws = cjose_jws_import(token.data(), token.size(), &error);
    const bool good = jwk != nullptr && jws != nullptr && cjose_jws_verify(jws, jwk, &error);
    if (jws != nullptr) cjose_jws_release(jws);
    if (jwk != nullptr) cjose_jwk_release(jwk);
    if (good) return true;
  }
  return false;
}

json::object claims(std::string_view token) {
  const auto text = claims_of(token);
  if (!text) return {};
  const json::value parsed = json::parse(*text);
  return parsed.as_object();
}

corpus::Headers fields_of(IdentityDouble& identity, std::optional<TokenFlaw> flaw = {}) {
  corpus::Headers headers{{"authorization", "Bearer recorded"}, {"Accept", "*/*"}};
  EXPECT_TRUE(identity.authorize(headers, flaw));
  EXPECT_EQ(headers.at(0), (corpus::Header{"Accept", "*/*"}));
  headers.erase(headers.begin());
  return headers;
}

std::string token_of(IdentityDouble& identity, std::optional<TokenFlaw> flaw = {}) {
  const corpus::Headers fields = fields_of(identity, flaw);
  constexpr std::string_view kBearer = "Bearer ";
  if (fields.size() != 1 || fields[0].name != "Authorization" || !fields[0].value.starts_with(kBearer)) return "";
  return fields[0].value.substr(kBearer.size());
}

json::object keys_of(IdentityDouble& identity) {
  return body_of(identity.answer(get("/v1/.well-known/keys"), "https://api.aps.skype.com"));
}

TEST(IdentityDouble, GivesABotItsToken) {
  IdentityDouble identity(for_app());
  const json::object answer = body_of(identity.answer(ask_for_token(good_form()), kBase));
  EXPECT_EQ(answer.at("token_type").as_string(), "Bearer");
  EXPECT_EQ(answer.at("expires_in").to_number<int>(), 3599);
  const auto token = std::string(answer.at("access_token").as_string());
  EXPECT_TRUE(verifies(token, keys_of(identity)));
  EXPECT_EQ(claims(token).at("aud").as_string(), "https://graph.microsoft.com");
  EXPECT_EQ(claims(token).at("appid").as_string(), kApp);
  EXPECT_EQ(claims(token).at("tid").as_string(), kTenant);
}

TEST(IdentityDouble, RefusesAsEntraDoes) {
  IdentityDouble identity(for_app());
  const auto refused = [&](const std::string& form, std::string_view error, int number, int status) {
    const auto answer = identity.answer(ask_for_token(form), kBase);
    const json::object body = body_of(answer);
    ASSERT_TRUE(body.contains("error")) << form;
    EXPECT_EQ(body.at("error").as_string(), error) << form;
    EXPECT_EQ(body.at("error_codes").as_array().at(0).to_number<int>(), number) << form;
    EXPECT_TRUE(body.at("error_description").as_string().starts_with("AADSTS" + std::to_string(number) + ": ")) << form;
    for (const char* member : {"timestamp", "trace_id", "correlation_id"}) EXPECT_TRUE(body.contains(member)) << member;
    EXPECT_EQ(answer->status, status) << form;
  };
  const std::string scope = "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
  const std::string who = "client_id=" + std::string(kApp);
  const std::string grant = "&grant_type=client_credentials";
  refused("", "invalid_request", 900144, 400);
  refused(who + grant, "invalid_request", 900144, 400);
  refused(who + scope + "&client_secret=x&grant_type=password", "unsupported_grant_type", 70003, 400);
  refused("client_id=somebody" + grant + scope + "&client_secret=x", "unauthorized_client", 700016, 400);
  refused(who + grant + scope, "invalid_client", 7000216, 401);
  refused(who + grant + "&client_secret=x&scope=User.Read", "invalid_scope", 1002012, 400);
  refused(who + grant + scope +
              "&client_assertion=x&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3A"
              "jwt-bearer",
          "invalid_request", 50027, 400);
}

// RS256 has no chance in it, so what was signed need not be signed again.
TEST(SigningKey, SignsTheSameClaimsOnce) {
  auto key = SigningKey::make();
  ASSERT_TRUE(key.has_value());
  const std::string first = key->sign(R"({"exp":1})").value();
  EXPECT_EQ(key->sign(R"({"exp":1})").value(), first);
  EXPECT_EQ(key->signatures(), 1u);
  auto other = SigningKey::from_pem(key->pem().value());
  EXPECT_EQ(other->sign(R"({"exp":1})").value(), first);
  std::set<std::string> tokens;
  for (int exp = 0; exp < 20; ++exp) tokens.insert(key->sign(json::serialize(json::value{{"exp", exp}})).value());
  EXPECT_EQ(tokens.size(), 20u);
  EXPECT_EQ(key->signatures(), 20u);
  EXPECT_EQ(key->sign(R"({"exp":1})").value(), first);
  EXPECT_EQ(key->signatures(), 21u);  // what is remembered is bounded
}

TEST(IdentityDouble, ChecksWhatACertificateAsserts) {
  IdentityDouble identity(for_app());
  const auto answer_to = [&](const json::value& assertion) {
    const std::string form = "client_id=" + std::string(kApp) +
                             "&grant_type=client_credentials&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"
                             "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                             "&client_assertion=" +
                             SigningKey::make()->sign(json::serialize(assertion)).value();
    return body_of(identity.answer(ask_for_token(form), kBase));
  };
  const std::string endpoint = std::string(kBase) + "/" + std::string(kTenant) + "/oauth2/v2.0/token";
  const std::string app(kApp);
  const auto at = now();
  const auto number = [](const json::object& body) { return body.at("error_codes").as_array()[0].to_number<int>(); };
  EXPECT_TRUE(answer_to({{"iss", app}, {"sub", app}, {"aud", endpoint}, {"exp", at + 60}}).contains("access_token"));
  EXPECT_EQ(number(answer_to({{"iss", app}, {"sub", app}, {"aud", endpoint}, {"exp", at - 60}})), 700024);
  EXPECT_EQ(number(answer_to({{"iss", app}, {"sub", app}, {"aud", "https://a.test"}, {"exp", at + 60}})), 700023);
  EXPECT_EQ(number(answer_to({{"iss", "x"}, {"sub", app}, {"aud", endpoint}, {"exp", at + 60}})), 700021);
}

TEST(IdentityDouble, IsFoundByItsDocuments) {
  IdentityDouble identity(for_app());
  const json::object tenant =
      body_of(identity.answer(get("/" + std::string(kTenant) + "/v2.0/.well-known/openid-configuration"), kBase));
  EXPECT_EQ(tenant.at("token_endpoint").as_string(),
            std::string(kBase) + "/" + std::string(kTenant) + "/oauth2/v2.0/token");
  const std::string keys(tenant.at("jwks_uri").as_string());
  EXPECT_EQ(body_of(identity.answer(get(keys.substr(kBase.size())), kBase)), keys_of(identity));
  const json::object platform =
      body_of(identity.answer(get("/v1/.well-known/OpenIdConfiguration"), "https://api.aps.skype.com"));
  EXPECT_EQ(platform.at("jwks_uri").as_string(), "https://api.aps.skype.com/v1/.well-known/keys");
  EXPECT_EQ(platform.at("issuer").as_string(), "https://api.botframework.com");
  const json::object instance = body_of(identity.answer(
      get("/common/discovery/instance?api-version=1.1&authorization_endpoint=x"), "http://127.0.0.1:9"));
  EXPECT_EQ(instance.at("metadata").as_array().at(1).at("aliases").as_array().at(0).as_string(), "127.0.0.1:9");
  EXPECT_FALSE(identity.answer(get("/v1.0/communications/calls/1"), kBase));
  EXPECT_FALSE(identity.answer(get("/"), kBase));
}

TEST(IdentityDouble, SignsDeliveries) {
  IdentityDouble identity(for_app());
  const std::string token = token_of(identity);
  const json::object said = claims(token);
  EXPECT_TRUE(verifies(token, keys_of(identity)));
  EXPECT_EQ(said.at("aud").as_string(), kApp);
  EXPECT_EQ(said.at("iss").as_string(), "https://api.botframework.com");
  EXPECT_EQ(said.at("tid").as_string(), kTenant);
  EXPECT_GT(said.at("exp").as_int64(), now() + 3600);
  EXPECT_LT(said.at("nbf").as_int64(), now());
}

TEST(IdentityDouble, MakesTheClaimsThatItIsTold) {
  IdentitySettings settings = for_app();
  ASSERT_TRUE(parse_token_settings(
      R"(issuer=https://graph.microsoft.com,tenant-claim=long,lifetime=2m,claims={"a":1,"iat":7,"b":"x,y"})",
      settings.token));
  IdentityDouble identity(settings);
  const json::object said = claims(token_of(identity));
  EXPECT_EQ(said.at("iss").as_string(), "https://graph.microsoft.com");
  EXPECT_EQ(said.at("http://schemas.microsoft.com/identity/claims/tenantid").as_string(), kTenant);
  EXPECT_FALSE(said.contains("tid"));
  EXPECT_EQ(said.at("b").as_string(), "x,y");
  EXPECT_EQ(said.at("iat").as_int64(), 7);
  EXPECT_LE(said.at("exp").as_int64(), now() + 120);
}

TEST(IdentityDouble, MakesEachBrokenToken) {
  IdentityDouble identity(for_app());
  const json::object keys = keys_of(identity);
  EXPECT_LT(claims(token_of(identity, TokenFlaw::expired)).at("exp").as_int64(), now() - 3000);
  EXPECT_NE(claims(token_of(identity, TokenFlaw::wrong_audience)).at("aud").as_string(), kApp);
  EXPECT_EQ(claims(token_of(identity, TokenFlaw::wrong_issuer)).at("iss").as_string(), "https://issuer.invalid");
  for (const TokenFlaw well_signed : {TokenFlaw::expired, TokenFlaw::wrong_audience, TokenFlaw::wrong_issuer}) {
    EXPECT_TRUE(verifies(token_of(identity, well_signed), keys));  // only one thing is wrong with each
  }
  const std::string unknown = token_of(identity, TokenFlaw::unknown_key);
  EXPECT_EQ(claims(unknown).at("aud").as_string(), kApp);
  EXPECT_FALSE(verifies(unknown, keys));
  EXPECT_TRUE(token_of(identity, TokenFlaw::alg_none).ends_with("."));
  EXPECT_EQ(claims(token_of(identity, TokenFlaw::alg_none)).at("aud").as_string(), kApp);
  EXPECT_TRUE(fields_of(identity, TokenFlaw::none).empty());
  const corpus::Headers two = fields_of(identity, TokenFlaw::two);
  ASSERT_EQ(two.size(), 2U);
  EXPECT_TRUE(verifies(std::string_view(two[0].value).substr(7), keys));
  EXPECT_FALSE(verifies(std::string_view(two[1].value).substr(7), keys));
}

TEST(IdentityDouble, ChangesItsKeyInTheMiddle) {
  IdentitySettings settings = for_app();
  settings.roll_after = 1;
  IdentityDouble identity(settings);
  const json::object before = keys_of(identity);
  const std::string first = token_of(identity);
  const std::string second = token_of(identity);
  EXPECT_TRUE(verifies(first, before));
  EXPECT_FALSE(verifies(second, before));
  EXPECT_TRUE(verifies(second, keys_of(identity)));
  EXPECT_TRUE(verifies(first, keys_of(identity)));
}

TEST(IdentityDouble, KeepsKeysWhereItIsTold) {
  const std::filesystem::path dir = std::filesystem::path(write_file("keys_near_here", "")).parent_path() / "kept_keys";
  std::filesystem::remove_all(dir);
  IdentitySettings settings = for_app();
  settings.keys_dir = dir.string();
  IdentityDouble one(settings);
  ASSERT_TRUE(one.prepare());
  struct stat status {};
  ASSERT_EQ(::stat((dir / "signing-key.pem").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  IdentityDouble other(settings);
  EXPECT_TRUE(verifies(token_of(other), keys_of(one)));
  std::filesystem::resize_file(dir / "signing-key.pem", 40);
  IdentityDouble third(settings);
  const auto prepared = third.prepare();
  ASSERT_FALSE(prepared);
  EXPECT_EQ(corpus::to_string(prepared.error()),
            "--keys " + (dir / "signing-key.pem").string() + ": no RSA private key in PEM form");
}

TEST(TokenSettings, SayWhatIsWrongWithThem) {
  const auto reason = [](std::string_view text) {
    TokenSettings settings;
    const auto parsed = parse_token_settings(text, settings);
    return parsed ? std::string() : parsed.error().what;
  };
  EXPECT_EQ(
      reason("stale"),
      "is NAME=VALUE or one of expired, wrong_audience, wrong_issuer, unknown_key, alg_none, none, two, not stale");
  EXPECT_EQ(reason("scope=x"), "knows issuer, audience, tenant-claim, lifetime and claims, not scope");
  EXPECT_EQ(reason("claims=[1]"), "claims must be a JSON object, not [1]");
  EXPECT_EQ(reason("tenant-claim=x"), "tenant-claim is tid or long, not x");
  EXPECT_EQ(reason("issuer="), "issuer= has no value");
  EXPECT_NE(reason("lifetime=soon"), "");
}

}  // namespace
}  // namespace harness
