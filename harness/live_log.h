// The live session of a replay, as it comes about.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "corpus/exchange.h"
#include "corpus/redaction.h"
#include "corpus/session_file.h"
#include "replay/by_hand.h"
#include "replay/death.h"

namespace harness {

/// Notes down what happens during a replay, redacted, in memory and (if asked to) in a file at the same time, so that
/// the verdict is drawn from exactly what a reader of the file would find.
class LiveLog {
 public:
  /// When messages are redacted: as they come, or by whoever takes the session, if anybody is to see it.
  enum class Redacting { at_once, later };

  /// Without a file. `info` is the first line.
  explicit LiveLog(corpus::SessionInfo info, Redacting when = Redacting::at_once);
  /// With a file, which must not exist yet.
  static corpus::Result<LiveLog> create(corpus::SessionInfo info, const std::string& path);

  /// A request has been sent or received. Returns its place for outcome(). `by_hand`: what somebody did to it.
  std::size_t request(corpus::Leg leg, corpus::Request request, corpus::Micros sent,
                      std::optional<corpus::Micros> due = {}, const std::optional<replay::HandMark>& by_hand = {});
  /// What became of it.
  void outcome(std::size_t exchange, corpus::Outcome outcome, corpus::Micros ended);

  /// The bot has died: the end of the session will say so. Secrets in its output are replaced like all others.
  void died(replay::Death death);
  /// What was done by hand to the replay: the end of the session will say that too.
  void note(const replay::HandNote& note);

  /// Ends the session. A fault if the file could not be written; the session is whole all the same, see session().
  corpus::Result<void> finish(corpus::Micros time);

  /// The session so far; exchanges stand in order of time once finish() has been called.
  corpus::Session& session() { return session_; }

 private:
  corpus::Session session_;
  std::optional<corpus::Redactor> redactor_;
  std::optional<corpus::SessionWriter> writer_;
  std::size_t lines_ = 1;
  std::string died_;  // members of the end
  std::string noted_;
};

/// Redacts a live session as a log that does so at once would have.
void redact(corpus::Session& live);

/// A fresh key for a redactor, from the system's source of randomness.
corpus::Redactor::Key random_key();

/// The wall clock as session files have it: RFC 3339 in UTC with microseconds.
std::string utc_now();

}  // namespace harness
