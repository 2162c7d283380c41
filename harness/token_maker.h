// Tokens as Graph puts them on what it delivers.
//
// Which claims bots ask for is on the page harness/IDENTITY.md.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/error.h"
#include "corpus/manner.h"
#include "harness/signing_key.h"

namespace harness {

/// The name of the claim that holds the tenant.
enum class TenantClaim {
  tid,       ///< as tokens of Entra ID have it
  long_name  ///< http://schemas.microsoft.com/identity/claims/tenantid, which the sample bots look for
};

/// What is in the tokens of deliveries.
struct TokenSettings {
  std::string issuer = "https://api.botframework.com";
  std::string audience;  ///< the bot's application id; empty: deliveries get no token
  std::string tenant;    ///< a GUID
  TenantClaim tenant_claim = TenantClaim::tid;
  std::chrono::seconds lifetime = std::chrono::minutes(65);  ///< as Graph's have
  std::string claims;                                        ///< further claims, a JSON object; empty: none
  std::optional<corpus::TokenFlaw> flaw;                     ///< what is wrong with each, on purpose
};

/// Reads one `--token` into `settings`: words and NAME=VALUE with commas between them. Names: issuer, audience,
/// tenant-claim (tid or long), lifetime (a duration), claims (a JSON object, which takes the rest of the text). A word
/// is a flaw, as corpus/FORMAT.md names them. The fault's `where` is empty: the caller knows the option.
corpus::Result<void> parse_token_settings(std::string_view text, TokenSettings& settings);

/// The values of the `Authorization` fields of a delivery, "Bearer …": mostly one. `stranger` signs what is to be
/// signed by an unknown key.
corpus::Result<std::vector<std::string>> delivery_tokens(const TokenSettings& settings,
                                                         std::optional<corpus::TokenFlaw> flaw, SigningKey& key,
                                                         SigningKey& stranger,
                                                         std::chrono::system_clock::time_point now);

}  // namespace harness
