#include "tests/bots/flaws.h"

#include <algorithm>

namespace bots {
namespace {

constexpr FlawInfo kFlaws[] = {
    {Flaw::dies_unknown_state, "dies-unknown-state", "died",
     "a state of a call that it has no name for ends the program"},
    {Flaw::dies_early_roster, "dies-early-roster", "died", "so does the roster of a call that it was not told of"},
    {Flaw::dies_empty_batch, "dies-empty-batch", "died", "so does a delivery without any notification in it"},
    {Flaw::dies_no_identity, "dies-no-identity", "died", "so does a participant without an identity"},
    {Flaw::dies_no_data, "dies-no-data", "died", "so does a notification without its resource"},
    {Flaw::dies_after_end, "dies-after-end", "died", "so does a roster of a call that has ended"},
    {Flaw::dies_unknown_operation, "dies-unknown-operation", "died",
     "so does the end of an operation that has ended, which it has crossed off its list"},
    {Flaw::dies_on_reset, "dies-on-reset", "died", "so does a connection to Graph that breaks"},
    {Flaw::dies_on_broken_answer, "dies-on-broken-answer", "died",
     "so does an answer of Graph's that is no whole JSON"},
    {Flaw::closes_chunked, "closes-chunked", "closed", "hangs up on a body in chunks"},
    {Flaw::closes_gzip, "closes-gzip", "closed", "hangs up on a compressed body"},
    {Flaw::closes_large, "closes-large", "closed", "hangs up on a body above 64 KiB"},
    {Flaw::fails_duplicate, "fails-duplicate", "server-error",
     "500 to a message that it has had: a key that is there twice"},
    {Flaw::fails_no_json, "fails-no-json", "server-error", "500 to what is no JSON: nobody catches the exception"},
    {Flaw::fails_no_type, "fails-no-type", "server-error", "500 to a message without Content-Type"},
    {Flaw::slow_when_resent, "slow-when-resent", "no-answer",
     "the third copy of a message waits six seconds for a lock"},
    {Flaw::wedges, "wedges", "wedged", "a notification that is no JSON leaves a lock behind: nothing is sent any more"},
    {Flaw::wedges_on_error, "wedges-on-error", "wedged", "so does an answer of Graph's with 5xx"},
    {Flaw::answers_twice, "answers-twice", "acted-twice,different",
     "a call is answered again when its message comes again"},
    {Flaw::mutes_twice, "mutes-twice", "acted-twice,different", "people are muted again when the roster comes again"},
    {Flaw::invites_twice, "invites-twice", "acted-twice,different",
     "people are invited again when \"established\" comes again"},
    {Flaw::races, "races", "acted-twice,different",
     "what has been done is noted once Graph has answered: a copy that comes before is handled as well"},
    {Flaw::first_of_batch, "first-of-batch", "different", "of a batch, the first notification is looked at"},
    {Flaw::current_call, "current-call", "wrong-target,different",
     "people are muted in the call that was established last, whose roster it may not be"},
    {Flaw::latest_wish, "latest-wish", "different", "whom to invite is kept in one place for all calls"},
    {Flaw::acts_after_end, "acts-after-end", "acted-twice,different,gone",
     "a message about a call that has ended begins it anew"},
    {Flaw::doubts_completed, "doubts-completed", "acted-twice",
     "invites again where Graph says at once that the invitation is completed"},
    {Flaw::retries_too_soon, "retries-too-soon", "too-soon", "tries again at once, whatever Retry-After says"},
    {Flaw::loops_invite, "loops-invite", "too-soon", "tries an invitation that fails again and again"},
    {Flaw::asks_forever, "asks-forever", "too-soon,endless", "tries whatever fails again for ever"},
    {Flaw::takes_expired, "takes-expired", "broken-token", "does not look when a token ends"},
    {Flaw::takes_wrong_audience, "takes-wrong-audience", "broken-token", "does not look for whom a token is"},
    {Flaw::takes_wrong_issuer, "takes-wrong-issuer", "broken-token", "does not look whose a token is"},
    {Flaw::takes_unknown_key, "takes-unknown-key", "broken-token", "does not check the signature"},
    {Flaw::takes_alg_none, "takes-alg-none", "broken-token",
     "checks the signature unless the token says that it has none"},
    {Flaw::takes_no_token, "takes-no-token", "broken-token", "checks the token if there is one"},
    {Flaw::leaks_memory, "leaks-memory", "grows", "64 KiB of each call are never given back"},
    {Flaw::leaks_descriptors, "leaks-descriptors", "grows", "a file of each call stays open"},
    {Flaw::leaks_on_error, "leaks-on-error", "grows", "a file stays open for each notification that is no JSON"},
    {Flaw::keeps_calls, "keeps-calls", "grows", "everything that it was ever told is kept"},
};

}  // namespace

std::span<const FlawInfo> flaws() {
  return kFlaws;
}

std::optional<Flaw> flaw_from(std::string_view word) {
  const auto* found = std::ranges::find(kFlaws, word, &FlawInfo::name);
  return found == std::end(kFlaws) ? std::nullopt : std::optional(found->flaw);
}

bool is_about_tokens(Flaw flaw) {
  return flaw >= Flaw::takes_expired && flaw <= Flaw::takes_no_token;
}

}  // namespace bots
