// Makes a session that shows something smaller, as long as it shows it still.
//
//     fuzz::SessionShrinker shrinker(session, causes);
//     while (const corpus::Session* candidate = shrinker.next()) shrinker.verdict(shows_it(*candidate));
//     keep(shrinker.best());
//
// It asks and never plays: whoever calls runs each candidate, as often as it takes to be sure, and tells.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "corpus/error.h"
#include "corpus/exchange.h"
#include "fuzz/halving.h"
#include "fuzz/json_index.h"
#include "fuzz/session_causes.h"
#include "fuzz/session_draft.h"

namespace fuzz {

/// What is known of sessions that have been run, by content_hash(): whether they showed it.
using ShrinkVerdicts = std::map<std::uint64_t, bool>;

/// A number that stands for what a session says: its messages with their times and causes, not its header or end.
std::uint64_t content_hash(const corpus::Session& session);

/// The verdicts as lines of text, to be kept beside the best session of a shrinking that was interrupted.
std::string to_text(const ShrinkVerdicts& verdicts);
/// Reads them back. Error::damaged, with the line, if that is not what to_text() writes.
corpus::Result<ShrinkVerdicts> parse_verdicts(std::string_view text);

/// Takes out calls, then deliveries with what the bot did about them, then exchanges with what mentions their ids, and
/// these again as long as something goes; then members of batches, manners of sending, members of bodies; then it
/// shortens values and gaps; and once more from the begin. Each time in halves, quarters, and so on down to one. Steps
/// depend on the session and the verdicts alone, so an interrupted shrinking goes on when it is begun again with its
/// best session and its verdicts. Owned by whoever shrinks.
class SessionShrinker {
 public:
  /// `session` shows what is looked for; `causes` are its own. No more than `budget` candidates are handed out.
  SessionShrinker(corpus::Session session, const SessionCauses& causes, std::size_t budget = 300,
                  ShrinkVerdicts verdicts = {});

  /// The next session to be run; it lives until the next call. Null: nothing is left to try, or the budget is used up.
  const corpus::Session* next();
  /// What came of the one that next() gave last.
  void verdict(bool shows);
  /// It was not run, and counts as one that does not show it; the verdicts do not keep that.
  void rule_out() { waiting_ = false; }

  /// The smallest session so far that shows it.
  const corpus::Session& best() const { return best_; }
  const ShrinkVerdicts& verdicts() const { return verdicts_; }
  /// How many candidates have been handed out.
  std::size_t runs() const { return runs_; }
  /// Whether it ended because nothing is left to try.
  bool minimal() const { return halving_.finished(); }
  /// What is being taken out, for a person: "messages", "gaps", …
  std::string_view stage() const;

 private:
  bool make_candidate(const Halving::Step& step);
  void adopt();

  SessionDraft best_draft_;
  corpus::Session best_;
  SessionDraft draft_;
  corpus::Session candidate_;
  std::uint64_t hash_ = 0;  // of the candidate
  ShrinkVerdicts verdicts_;
  JsonIndex index_;
  std::size_t budget_;
  std::size_t runs_ = 0;
  Halving halving_;
  bool waiting_ = false;  // for the verdict
};

/// All steps at once.
corpus::Session shrink(corpus::Session session, const SessionCauses& causes,
                       const std::function<bool(const corpus::Session&)>& shows, std::size_t budget = 300);

}  // namespace fuzz
