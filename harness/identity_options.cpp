#include "harness/identity_options.h"

namespace harness {
namespace {

namespace po = boost::program_options;

}  // namespace

void add_identity(po::options_description& list, IdentityOptions& options) {
  list.add_options()(
      "app-id", po::value(&options.app)->value_name("ID"),
      "the bot's application id: deliveries carry tokens for it, fresh ones, whose keys the bot finds at "
      "the OpenID configuration of the Graph double")("tenant", po::value(&options.tenant)->value_name("ID"),
                                                      "the tenant in those tokens")(
      "token", po::value(&options.tokens)->composing()->value_name("WHAT"),
      "what is in them: issuer=URL, audience=ID, tenant-claim=tid or long, lifetime=TIME, claims={JSON}; or what is "
      "wrong with them: expired, wrong_audience, wrong_issuer, unknown_key, alg_none, none, two")(
      "keys", po::value(&options.keys)->value_name("DIR"),
      "keep the keys that sign there, and use them again; without, each run makes new ones")(
      "roll-keys-after", po::value(&options.roll_after)->value_name("N"),
      "sign with another key after so many deliveries");
}

corpus::Result<std::shared_ptr<IdentityDouble>> set_up_identity(const IdentityOptions& options) {
  IdentitySettings settings;
  settings.token.audience = options.app;
  settings.token.tenant = options.tenant;
  settings.keys_dir = options.keys;
  settings.roll_after = options.roll_after;
  for (const std::string& text : options.tokens) {
    const auto parsed = parse_token_settings(text, settings.token);
    if (!parsed) return corpus::invalid("--token " + text, parsed.error().what);
  }
  const bool for_deliveries = !options.tokens.empty() || options.roll_after != 0;
  if (for_deliveries && settings.token.audience.empty()) {
    return corpus::invalid(options.tokens.empty() ? "--roll-keys-after" : "--token",
                           "needs to know whom the tokens are for: give --app-id too");
  }
  auto identity = std::make_shared<IdentityDouble>(std::move(settings));
  if (const auto prepared = identity->prepare(); !prepared) return std::unexpected(prepared.error());
  return identity;
}

}  // namespace harness
