// Whether a notification comes from the calling platform: the check of its token.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/exchange.h"
#include "tests/bots/flaws.h"

namespace bots {

/// What a TokenCheck says.
enum class TokenVerdict { good, bad, unknown_key };

/// Checks tokens as harness/IDENTITY.md describes them: one bearer token, RS256 by a key of the set, for this bot, of
/// the platform, in its time. With a flaw it leaves one of these out. Shares nothing with what makes the tokens.
class TokenCheck {
 public:
  TokenCheck(std::string app, Flaw flaw) : app_(std::move(app)), flaw_(flaw) {}

  /// Takes over a key set (RFC 7517); what is no key is left out.
  void learn(std::string_view key_set);

  /// `unknown_key`: look again once the set has been fetched anew.
  TokenVerdict look(const corpus::Headers& headers, std::chrono::system_clock::time_point now) const;

 private:
  struct Key;
  bool signed_by(std::string_view token, const Key& key) const;
  bool good_claims(std::string_view token, std::chrono::system_clock::time_point now) const;

  std::string app_;
  Flaw flaw_;
  std::map<std::string, std::shared_ptr<const Key>> keys_;  ///< by id
};

}  // namespace bots
