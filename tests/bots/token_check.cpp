#include "tests/bots/token_check.h"

#include <cjose/cjose.h>

#include <fmt/format.h>

#include "harness/http_message.h"
#include "harness/signing_key.h"
#include "tests/bots/json_access.h"

namespace bots {
namespace {

namespace json = boost::json;

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kIssuer = "https://api.botframework.com";

// A token's header: claims_of() reads the second part of three, whatever it is.
json::object header_of(std::string_view token) {
  const auto text = harness::claims_of(fmt::format("e30.{}.e30", token.substr(0, token.find('.'))));
  return text ? parse_object(*text) : json::object();
}

std::int64_t number_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  const auto* number = value != nullptr ? value->if_int64() : nullptr;
  return number != nullptr ? *number : 0;
}

}  // namespace

// Read once: that takes as long as to check a signature by it.
struct TokenCheck::Key {
  explicit Key(const std::string& text) : jwk(cjose_jwk_import(text.data(), text.size(), nullptr)) {}
  ~Key() {
    if (jwk != nullptr) cjose_jwk_release(jwk);
  }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;

  cjose_jwk_t* jwk;
};

void TokenCheck::learn(std::string_view key_set) {
  keys_.clear();
  const json::object set = parse_object(key_set);
  const auto* keys = array_at(set, "keys");
  if (keys == nullptr) return;
  for (const json::value& key : *keys) {
    if (!key.is_object()) continue;
    keys_[std::string(string_at(key.get_object(), "kid"))] = std::make_shared<const Key>(json::serialize(key));
  }
}

TokenVerdict TokenCheck::look(const corpus::Headers& headers, std::chrono::system_clock::time_point now) const {
  std::string_view token;
  int fields = 0;
  for (const corpus::Header& header : headers) {
    if (!harness::same_token(header.name, "Authorization")) continue;
    ++fields;
    token = header.value;
  }
  if (fields == 0 && flaw_ == Flaw::takes_no_token) return TokenVerdict::good;
  if (fields != 1 || !token.starts_with(kBearer)) return TokenVerdict::bad;
  token.remove_prefix(kBearer.size());
  const json::object header = header_of(token);
  const bool unsigned_one = string_at(header, "alg") == "none" && flaw_ == Flaw::takes_alg_none;
  if (!unsigned_one && flaw_ != Flaw::takes_unknown_key) {
    const auto key = keys_.find(std::string(string_at(header, "kid")));
    if (string_at(header, "alg") != "RS256") return TokenVerdict::bad;
    if (key == keys_.end()) return TokenVerdict::unknown_key;
    if (!signed_by(token, *key->second)) return TokenVerdict::bad;
  }
  if (flaw_ == Flaw::takes_unknown_key && string_at(header, "alg") != "RS256") return TokenVerdict::bad;
  return good_claims(token, now) ? TokenVerdict::good : TokenVerdict::bad;
}

bool TokenCheck::signed_by(std::string_view token, const Key& key) const {
  cjose_err error{};
  cjose_jws_t* jws = cjose_jws_import(token.data(), token.size(), &error);
  const bool good = key.jwk != nullptr && jws != nullptr && cjose_jws_verify(jws, key.jwk, &error);
  if (jws != nullptr) cjose_jws_release(jws);
  return good;
}

bool TokenCheck::good_claims(std::string_view token, std::chrono::system_clock::time_point now) const {
  const auto text = harness::claims_of(token);
  if (!text) return false;
  const json::object claims = parse_object(*text);
  const std::int64_t time = std::chrono::system_clock::to_time_t(now);
  const bool in_time = number_at(claims, "nbf") <= time && time < number_at(claims, "exp");
  return (in_time || flaw_ == Flaw::takes_expired) &&
         (string_at(claims, "aud") == app_ || flaw_ == Flaw::takes_wrong_audience) &&
         (string_at(claims, "iss") == kIssuer || flaw_ == Flaw::takes_wrong_issuer);
}

}  // namespace bots
