#include "harness/identity_double.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <filesystem>

#include "corpus/ascii.h"
#include "harness/http_message.h"
#include "harness/token_endpoint.h"
#include "harness/whole_file.h"

namespace harness {
namespace {

namespace json = boost::json;

constexpr std::string_view kPlatformDocument = "/v1/.well-known/openidconfiguration";
constexpr std::string_view kPlatformKeys = "/v1/.well-known/keys";
constexpr std::string_view kInstanceDiscovery = "/common/discovery/instance";
constexpr std::string_view kDocument = "/.well-known/openid-configuration";
constexpr std::string_view kNoTenant = "00000000-0000-0000-0000-000000000000";
constexpr std::int64_t kTokenLife = 3599;  // what Entra ID says

corpus::Response json_answer(const json::value& body) {
  return {.status = 200,
          .headers = {{"Content-Type", "application/json; charset=utf-8"}},
          .body = json::serialize(body),
          .extra = ""};
}

corpus::Response broken(const corpus::Fault& fault) {
  return error_response(500, "rollcallIdentityDouble", corpus::to_string(fault));
}

// Services that are reached by their real names have https addresses; others are below the Graph double's.
json::value platform_document(std::string_view base, std::string_view issuer) {
  return {{"issuer", json::string_view(issuer)},
          {"authorization_endpoint", "https://invalid.botframework.com"},
          {"jwks_uri", std::string(base) + std::string(kPlatformKeys)},
          {"id_token_signing_alg_values_supported", {"RS256"}},
          {"token_endpoint_auth_methods_supported", {"private_key_jwt"}}};
}

json::value tenant_document(std::string_view base, std::string_view tenant) {
  const std::string own = std::string(base) + "/" + std::string(tenant);
  return {{"token_endpoint", own + "/oauth2/v2.0/token"},
          {"token_endpoint_auth_methods_supported", {"client_secret_post", "private_key_jwt", "client_secret_basic"}},
          {"jwks_uri", own + "/discovery/v2.0/keys"},
          {"response_modes_supported", {"query", "fragment", "form_post"}},
          {"subject_types_supported", {"pairwise"}},
          {"id_token_signing_alg_values_supported", {"RS256"}},
          {"response_types_supported", {"code", "id_token", "code id_token", "id_token token"}},
          {"scopes_supported", {"openid", "profile", "email", "offline_access"}},
          {"issuer", own + "/v2.0"},
          {"authorization_endpoint", own + "/oauth2/v2.0/authorize"},
          {"device_authorization_endpoint", own + "/oauth2/v2.0/devicecode"},
          {"end_session_endpoint", own + "/oauth2/v2.0/logout"},
          {"tenant_region_scope", "EU"},
          {"cloud_instance_name", "microsoftonline.com"},
          {"msgraph_host", "graph.microsoft.com"}};
}

json::value instance_document(std::string_view base) {
  std::string_view host = base.substr(base.find("://") + 3);
  json::array metadata{
      {{"preferred_network", "login.microsoftonline.com"},
       {"preferred_cache", "login.windows.net"},
       {"aliases", {"login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"}}}};
  if (host != "login.microsoftonline.com") {
    metadata.push_back({{"preferred_network", json::string_view(host)},
                        {"preferred_cache", json::string_view(host)},
                        {"aliases", {json::string_view(host)}}});
  }
  return {{"tenant_discovery_endpoint", std::string(base) + "/common/v2.0" + std::string(kDocument)},
          {"api-version", "1.1"},
          {"metadata", std::move(metadata)}};
}

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), corpus::lower);
  return lowered;
}

// The key in that file, which is made if it is not there; in memory only, if there is to be no file.
corpus::Result<SigningKey> kept_key(const std::string& dir, const char* name) {
  if (dir.empty()) return SigningKey::make();
  const std::string path = (std::filesystem::path(dir) / name).string();
  const auto fault = [&](const corpus::Fault& why) {
    return std::unexpected(corpus::Fault{corpus::Error::unreadable, "--keys " + path, why.what});
  };
  std::error_code ec;
  if (!std::filesystem::exists(path, ec)) {
    std::filesystem::create_directories(dir, ec);
    auto key = SigningKey::make();
    const auto pem = key ? key->pem() : std::unexpected(key.error());
    if (!pem) return fault(pem.error());
    const auto written = write_secret(path, *pem);
    if (!written) return fault(written.error());
    if (*written) return key;
    // Another run has been quicker: its key counts.
  }
  const auto pem = read_whole(path);
  if (!pem) return fault(pem.error());
  auto key = SigningKey::from_pem(*pem);
  if (!key) return fault(key.error());
  return key;
}

}  // namespace

IdentityDouble::IdentityDouble(IdentitySettings settings) : settings_(std::move(settings)) {}

std::optional<corpus::Response> IdentityDouble::answer(const corpus::Request& request, std::string_view base) {
  const std::string path = lower(std::string_view(request.target).substr(0, request.target.find('?')));
  if (path == kPlatformDocument) return json_answer(platform_document(base, settings_.token.issuer));
  if (path == kPlatformKeys) return publish_keys();
  if (path == kInstanceDiscovery) return json_answer(instance_document(base));
  // The rest is /TENANT/…
  if (path.size() < 2 || path[0] != '/') return std::nullopt;
  const std::size_t slash = path.find('/', 1);
  if (slash == std::string::npos) return std::nullopt;
  const std::string_view rest = std::string_view(path).substr(slash);
  const std::string_view tenant = std::string_view(request.target).substr(1, slash - 1);
  if (rest == "/oauth2/v2.0/token") return give_token(request, tenant);
  if (rest == "/v2.0/.well-known/openid-configuration" || rest == kDocument) {
    return json_answer(tenant_document(base, tenant));
  }
  if (rest == "/discovery/v2.0/keys" || rest == "/discovery/keys") return publish_keys();
  return std::nullopt;
}

corpus::Response IdentityDouble::give_token(const corpus::Request& request, std::string_view tenant) {
  const auto grant = check_token_request(request, settings_.token.audience);
  if (!grant) return token_refusal(grant.error());
  if (const auto keys = need_keys(); !keys) return broken(keys.error());
  const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  const std::string resource = grant->scope.substr(0, grant->scope.find("/.default"));
  // "common" and "organizations" are no tenants of their own.
  const bool named = tenant.find('-') != std::string_view::npos || tenant.find('.') != std::string_view::npos;
  const std::string home = named                            ? std::string(tenant)
                           : settings_.token.tenant.empty() ? std::string(kNoTenant)
                                                            : settings_.token.tenant;
  const json::value claims{{"aud", resource},
                           {"iss", "https://sts.windows.net/" + home + "/"},
                           {"iat", now},
                           {"nbf", now},
                           {"exp", now + kTokenLife},
                           {"appid", grant->client},
                           {"tid", home},
                           {"idtyp", "app"},
                           {"ver", "1.0"}};
  const auto token = key_->sign(json::serialize(claims));
  if (!token) return broken(token.error());
  corpus::Response response = json_answer(
      {{"token_type", "Bearer"}, {"expires_in", kTokenLife}, {"ext_expires_in", kTokenLife}, {"access_token", *token}});
  response.headers.push_back({"Cache-Control", "no-store, no-cache"});
  return response;
}

// Before the roll-over the next key is not there; after it the old one stays: tokens that it signed are still good.
corpus::Response IdentityDouble::publish_keys() {
  if (const auto keys = need_keys(); !keys) return broken(keys.error());
  json::array set{json::parse(key_->jwk())};
  if (settings_.roll_after != 0 && authorized_ >= settings_.roll_after) set.push_back(json::parse(next_->jwk()));
  for (json::value& key : set) key.as_object()["endorsements"] = json::array{"msteams"};
  return json_answer({{"keys", std::move(set)}});
}

corpus::Result<void> IdentityDouble::authorize(corpus::Headers& headers, std::optional<corpus::TokenFlaw> flaw) {
  if (const auto keys = need_keys(); !keys) return keys;
  const bool rolled = settings_.roll_after != 0 && authorized_ >= settings_.roll_after;
  ++authorized_;
  const auto tokens = delivery_tokens(settings_.token, flaw ? flaw : settings_.token.flaw, rolled ? *next_ : *key_,
                                      *stranger_, std::chrono::system_clock::now());
  if (!tokens) return std::unexpected(tokens.error());
  std::erase_if(headers, [](const corpus::Header& field) { return same_token(field.name, "Authorization"); });
  for (const std::string& token : *tokens) headers.push_back({"Authorization", token});
  return {};
}

corpus::Result<void> IdentityDouble::prepare() {
  return settings_.keys_dir.empty() && !signs_deliveries() ? corpus::Result<void>() : need_keys();
}

corpus::Result<void> IdentityDouble::need_keys() {
  if (key_) return {};
  auto key = kept_key(settings_.keys_dir, "signing-key.pem");
  auto next = kept_key(settings_.keys_dir, "next-signing-key.pem");
  auto stranger = SigningKey::make();
  for (const auto* made : {&key, &next, &stranger}) {
    if (!*made) return std::unexpected(made->error());
  }
  key_ = std::move(*key);
  next_ = std::move(*next);
  stranger_ = std::move(*stranger);
  return {};
}

}  // namespace harness
