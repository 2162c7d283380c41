#include "harness/token_maker.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "harness/duration.h"

namespace harness {
namespace {

namespace json = boost::json;
using corpus::TokenFlaw;
using Flaw = std::optional<TokenFlaw>;
using std::chrono::system_clock;

constexpr std::string_view kLongTenantClaim = "http://schemas.microsoft.com/identity/claims/tenantid";
constexpr std::string_view kOtherBot = "00000000-0000-4000-8000-00000badb015";
constexpr std::string_view kOtherIssuer = "https://issuer.invalid";

corpus::Result<void> set_claims(std::string_view value, TokenSettings& settings) {
  boost::system::error_code ec;
  const json::value parsed = json::parse(json::string_view(value.data(), value.size()), ec);
  if (ec || !parsed.is_object()) return corpus::invalid("", "claims must be a JSON object, not " + std::string(value));
  settings.claims = value;
  return {};
}

corpus::Result<void> set_one(std::string_view name, std::string_view value, TokenSettings& settings) {
  if (value.empty()) return corpus::invalid("", std::string(name) + "= has no value");
  if (name == "issuer") {
    settings.issuer = value;
  } else if (name == "audience") {
    settings.audience = value;
  } else if (name == "tenant-claim") {
    if (value != "tid" && value != "long")
      return corpus::invalid("", "tenant-claim is tid or long, not " + std::string(value));
    settings.tenant_claim = value == "tid" ? TenantClaim::tid : TenantClaim::long_name;
  } else if (name == "lifetime") {
    const auto lifetime = parse_duration(value);
    if (!lifetime) return corpus::invalid("", "lifetime " + std::string(value) + ": " + lifetime.error().what);
    settings.lifetime = std::chrono::duration_cast<std::chrono::seconds>(*lifetime);
  } else {
    return corpus::invalid("", "knows issuer, audience, tenant-claim, lifetime and claims, not " + std::string(name));
  }
  return {};
}

std::string claims_text(const TokenSettings& settings, Flaw flaw, system_clock::time_point now) {
  const auto seconds = [](system_clock::time_point time) { return system_clock::to_time_t(time); };
  // Clocks differ a little: a token that starts now may not be good yet over there.
  system_clock::time_point from = now - std::chrono::minutes(5);
  system_clock::time_point until = now + settings.lifetime;
  if (flaw == TokenFlaw::expired) {
    until = now - std::chrono::hours(1);
    from = until - settings.lifetime;
  }
  const std::string_view audience = flaw == TokenFlaw::wrong_audience ? kOtherBot : settings.audience;
  const std::string_view issuer = flaw == TokenFlaw::wrong_issuer ? kOtherIssuer : settings.issuer;
  const std::string_view tenant = settings.tenant_claim == TenantClaim::tid ? "tid" : kLongTenantClaim;
  json::object claims;
  claims["aud"] = json::string_view(audience);
  claims["iss"] = json::string_view(issuer);
  claims["iat"] = seconds(from);
  claims["nbf"] = seconds(from);
  claims["exp"] = seconds(until);
  if (!settings.tenant.empty()) claims[json::string_view(tenant)] = settings.tenant;
  if (!settings.claims.empty()) {
    const json::value further = json::parse(settings.claims);
    for (const auto& [name, value] : further.as_object()) claims[name] = value;
  }
  return json::serialize(claims);
}

}  // namespace

corpus::Result<void> parse_token_settings(std::string_view text, TokenSettings& settings) {
  while (!text.empty()) {
    constexpr std::string_view kClaims = "claims=";
    if (text.starts_with(kClaims)) return set_claims(text.substr(kClaims.size()), settings);
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    if (const std::size_t equals = part.find('='); equals != std::string_view::npos) {
      const auto set = set_one(part.substr(0, equals), part.substr(equals + 1), settings);
      if (!set) return set;
    } else if (const auto flaw = std::ranges::find(corpus::kTokenFlaws, part, corpus::word_of);
               flaw != std::end(corpus::kTokenFlaws)) {
      settings.flaw = *flaw;
    } else {
      std::string words;
      for (const TokenFlaw known : corpus::kTokenFlaws) words += std::string(corpus::word_of(known)) + ", ";
      return corpus::invalid("", "is NAME=VALUE or one of " + words + "not " + std::string(part));
    }
  }
  return {};
}

corpus::Result<std::vector<std::string>> delivery_tokens(const TokenSettings& settings, Flaw flaw, SigningKey& key,
                                                         SigningKey& stranger, system_clock::time_point now) {
  std::vector<std::string> tokens;
  if (flaw == TokenFlaw::none) return tokens;
  const std::string claims = claims_text(settings, flaw, now);
  const auto add = [&](SigningKey& by) -> corpus::Result<void> {
    auto token = by.sign(claims);
    if (!token) return std::unexpected(token.error());
    tokens.push_back("Bearer " + *token);
    return {};
  };
  if (flaw == TokenFlaw::alg_none) {
    tokens.push_back("Bearer " + unsigned_token(claims));
    return tokens;
  }
  if (const auto added = add(flaw == TokenFlaw::unknown_key ? stranger : key); !added) {
    return std::unexpected(added.error());
  }
  if (flaw == TokenFlaw::two) {
    if (const auto added = add(stranger); !added) return std::unexpected(added.error());
  }
  return tokens;
}

}  // namespace harness
