// Tokens that a bot must not take.
//
// The flawed message is one more, in front of the sound one: so the rest of the session is as it was, and a bot that
// takes the flawed one acts on it.
#include <algorithm>

#include "corpus/manner.h"
#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

using corpus::TokenFlaw;

template <TokenFlaw flaw>
bool token(SessionBench& bench) {
  SessionDraft& draft = bench.draft;
  const std::vector<std::size_t> places = draft.notifications();
  if (places.empty()) return false;
  const std::size_t at = bench.pick(places);
  bench.what = bench.name(at) + " comes first with a token that is flawed: " + std::string(corpus::word_of(flaw));
  const std::size_t flawed = draft.copy(at, at, draft[at].exchange.sent);
  corpus::Request& request = draft[flawed].exchange.request;
  corpus::Manner manner = corpus::manner_of(request.extra).value_or(corpus::Manner{});
  manner.token = flaw;
  corpus::set_manner(request.extra, manner);
  renew_message(bench, flawed);
  draft[flawed].exchange.outcome = corpus::Response{.status = 401, .headers = {}, .body = {}, .extra = {}};
  draft[flawed].exchange.ended = draft[flawed].exchange.sent + 1;
  draft.wait(flawed + 1, draft[flawed].exchange.number, true);
  return true;
}

constexpr SessionMutationRow kIdentityRows[] = {
    {{"token_expired", SessionGroup::identity, 1, false, false, "a token whose time is over"},
     token<TokenFlaw::expired>},
    {{"token_wrong_audience", SessionGroup::identity, 1, false, false, "a token for another bot"},
     token<TokenFlaw::wrong_audience>},
    {{"token_wrong_issuer", SessionGroup::identity, 1, false, false, "a token of another issuer"},
     token<TokenFlaw::wrong_issuer>},
    {{"token_unknown_key", SessionGroup::identity, 1, false, false, "a token under a key that nobody has published"},
     token<TokenFlaw::unknown_key>},
    {{"token_alg_none", SessionGroup::identity, 1, false, false, "a token without a signature"},
     token<TokenFlaw::alg_none>},
    {{"token_none", SessionGroup::identity, 1, false, false, "no token"}, token<TokenFlaw::none>},
    {{"token_two", SessionGroup::identity, 1, false, false, "two tokens, one good and one broken"},
     token<TokenFlaw::two>},
};

}  // namespace

std::span<const SessionMutationRow> identity_mutations() {
  return kIdentityRows;
}

}  // namespace fuzz
