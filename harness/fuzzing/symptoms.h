// What a bot did wrong when it was sent a mutated session.
//
// What counts, and why, is on the page fuzz/TRAFFIC.md.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/exchange.h"
#include "harness/bot_process.h"
#include "replay/verdict.h"

namespace harness {

/// The ways in which a bot can fail under mutated traffic.
enum class Trouble {
  died,          ///< its process ended
  sanitizer,     ///< a sanitizer spoke in its output
  endless,       ///< it asked for more and more, and came to no end
  closed,        ///< it closed or reset the connection of a delivery, or was not there
  no_answer,     ///< a delivery was not answered within the limit
  server_error,  ///< a delivery was answered with 5xx
  token_taken,   ///< a delivery with a broken token was answered with success
  wrong_target,  ///< it asked for something about a call, or somebody in it, that nothing had named
  gone,          ///< it asked for something about a call that it knew to be over
  acted_twice,   ///< it asked for the same once more, although nothing new was told
  too_soon,      ///< it tried again before Retry-After was over, or again and again
  different,     ///< what Graph may do led to other requests than the recording demands
  grows,         ///< it holds more memory or descriptors with each session
  wedged         ///< it no longer does what it should when a clean session follows
};

/// The word for it, which also begins the names of finding files: "died", "server-error", …
std::string_view word_of(Trouble trouble);

/// The other way about; nothing for a word that names none.
std::optional<Trouble> trouble_from(std::string_view word);

/// Whether one such is believed although it does not show again: it cannot come of a machine that is busy.
bool leaves_no_doubt(Trouble trouble);

/// One thing that went wrong.
struct Symptom {
  Trouble trouble = Trouble::died;
  std::string shape;   ///< on what: the message's method and path without ids, and what it says
  std::string detail;  ///< one line for a person

  /// What symptoms of one fault have in common: trouble and shape.
  std::string bucket() const;
};

/// The bucket as a number that is the same everywhere, in twelve hexadecimal digits.
std::string bucket_hash(std::string_view bucket);

/// A session as it was played, and what can be seen of the bot afterwards. Nobody sees a secret of it, for whatever is
/// told of it is told after it has been redacted.
struct LiveRun {
  corpus::Session live;
  bool redacted = false;
  std::optional<BotEnd> end = {};        ///< the bot, if it is ours, ended by itself
  std::vector<std::string> alarms = {};  ///< lines of its output in which a sanitizer spoke
  bool restless = false;                 ///< the session was ended because the bot would not stop asking
};

/// How to look at a run.
struct Oracle {
  replay::JudgeOptions judging;  ///< with the noise of this very session, if there is any
  bool legal = false;            ///< the bot has to send the same requests
  bool tokens_checked = false;   ///< deliveries were signed, so that a broken token was really sent
  std::set<int> server_errors;   ///< that the recordings have: a bot that was told to be busy is busy
};

/// Statuses from 500 on with which the session has deliveries answered.
std::set<int> server_errors_in(const corpus::Session& session);

/// Everything that went wrong when `played` was played; the gravest first. A death explains all else. The run is
/// redacted if anything was found, or it had to be held against what was played.
std::vector<Symptom> symptoms_of(const corpus::Session& played, LiveRun& run, const Oracle& oracle);

/// A clean session was played behind a mutated one: what is wrong with it, if anything is.
std::optional<Symptom> wedged(const corpus::Session& clean, LiveRun& run, const replay::JudgeOptions& judging);

/// How many requests of the bot's are other ones than `played` has, though for the same.
std::size_t differing_requests(const corpus::Session& played, const corpus::Session& live,
                               const replay::JudgeOptions& judging);

/// Lines among these in which a sanitizer reports something.
std::vector<std::string> sanitizer_lines(const std::vector<std::string>& output);

}  // namespace harness
