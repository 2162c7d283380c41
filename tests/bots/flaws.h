// Mistakes that a bot can have planted, one at a time: the benchmark of the traffic fuzzer looks for each.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace bots {

/// Mistakes in handling what comes in an unusual way. No recording shows them: a clean replay passes.
enum class Flaw {
  none,
  dies_unknown_state,
  dies_early_roster,
  dies_empty_batch,
  dies_no_identity,
  dies_no_data,
  dies_after_end,
  dies_unknown_operation,
  dies_on_reset,
  dies_on_broken_answer,
  closes_chunked,
  closes_gzip,
  closes_large,
  fails_duplicate,
  fails_no_json,
  fails_no_type,
  slow_when_resent,
  wedges,
  wedges_on_error,
  answers_twice,
  mutes_twice,
  invites_twice,
  races,
  first_of_batch,
  current_call,
  latest_wish,
  acts_after_end,
  doubts_completed,
  retries_too_soon,
  loops_invite,
  asks_forever,
  takes_expired,
  takes_wrong_audience,
  takes_wrong_issuer,
  takes_unknown_key,
  takes_alg_none,
  takes_no_token,
  leaks_memory,
  leaks_descriptors,
  leaks_on_error,
  keeps_calls
};

/// What is known about a flaw.
struct FlawInfo {
  Flaw flaw = Flaw::none;
  std::string_view name;   ///< for `--flaw`
  std::string_view shows;  ///< the kinds of finding, as fuzz/TRAFFIC.md names them, with commas; the first one mostly
  std::string_view about;  ///< what the bot does, in one line
};

/// All flaws, in the order of the enumeration.
std::span<const FlawInfo> flaws();

/// The flaw of this name; nothing for a word that names none.
std::optional<Flaw> flaw_from(std::string_view word);

/// Whether the bot has to be told its application id for the flaw to matter.
bool is_about_tokens(Flaw flaw);

}  // namespace bots
