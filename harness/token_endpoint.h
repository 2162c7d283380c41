// The token endpoint of Entra ID, version 2.0, as far as a bot needs it.
#pragma once

#include <string>
#include <string_view>

#include "corpus/exchange.h"

namespace harness {

/// A request for a token that is good.
struct TokenGrant {
  std::string client;  ///< the bot's application id
  std::string scope;
};

/// Checks a request for a token by client credentials: with a secret, or with a certificate's assertion. The secret is
/// taken as it is, and so is the assertion's signature: the double has neither. Everything else that Entra ID refuses
/// is refused: a missing field, another grant, a scope that is no `.default`, an assertion that has run out or is
/// meant for somebody else. `only_client`: the one client that there is; empty: any.
///
/// A fault's `where` is Entra's error code ("invalid_client"), its `what` the text, which starts with the AADSTS
/// number.
corpus::Result<TokenGrant> check_token_request(const corpus::Request& request, std::string_view only_client);

/// A refusal in Entra's shape: error, error_description, error_codes, timestamp, trace_id, correlation_id, error_uri.
corpus::Response token_refusal(const corpus::Fault& fault);

}  // namespace harness
