// Stands in, during a replay, for the two identity services that a bot needs.
//
// Paths, answers and errors are described on the page harness/IDENTITY.md.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/exchange.h"
#include "harness/signing_key.h"
#include "harness/token_maker.h"

namespace harness {

/// What the double gives out.
struct IdentitySettings {
  TokenSettings token;         ///< of deliveries; its audience is also the only client that gets a token, if it is set
  std::string keys_dir;        ///< where the keys are kept from run to run; empty: in memory only
  std::size_t roll_after = 0;  ///< the key changes after so many deliveries; 0: never
};

/// Hands the bot its own token (Entra ID) and publishes the keys by which it checks the tokens of deliveries (the
/// platform's OpenID configuration). Keys are made when they are first needed: a bot that asks for neither costs
/// nothing.
class IdentityDouble {
 public:
  explicit IdentityDouble(IdentitySettings settings);

  /// The answer to a request to one of the services; nothing if the path is none of theirs. Addresses in the answer
  /// are below `base`, such as "https://login.microsoftonline.com".
  std::optional<corpus::Response> answer(const corpus::Request& request, std::string_view base);

  /// Whether deliveries get a token of ours.
  bool signs_deliveries() const { return !settings_.token.audience.empty(); }
  /// Gives a delivery its `Authorization`, in place of what it has: with `flaw` or else with that of the settings.
  corpus::Result<void> authorize(corpus::Headers& headers, std::optional<corpus::TokenFlaw> flaw = {});

  /// Reads the keys from `keys_dir`, or makes and keeps them: a folder that cannot be used should be told before a
  /// replay starts. Makes them too if deliveries are signed: it takes some tenths of a second, in which the first would
  /// be late. Else nothing.
  corpus::Result<void> prepare();

 private:
  corpus::Result<void> need_keys();
  corpus::Response give_token(const corpus::Request& request, std::string_view tenant);
  corpus::Response publish_keys();

  IdentitySettings settings_;
  std::optional<SigningKey> key_;
  std::optional<SigningKey> next_;      // the key after the roll-over
  std::optional<SigningKey> stranger_;  // in no key set
  std::size_t authorized_ = 0;
};

}  // namespace harness
