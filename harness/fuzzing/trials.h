// Sessions made of one recording, played one by one, each looked at and, if a bot fails at it, played again.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "harness/fuzzing/live_bot.h"
#include "harness/fuzzing/traffic_options.h"

namespace harness {

/// A session that is played instead of the recording.
struct Trial {
  corpus::Session session;
  std::string what;      ///< "order 7": what was done, for a person
  bool legal = true;     ///< Graph may do it: the bot has to send the same requests
  bool checked = false;  ///< the recording is played behind it, and has to pass
};

/// What came of it.
struct TrialResult {
  std::string bucket;  ///< empty: it passed
  unsigned shown = 0;  ///< when it was played again
};

/// How trials are played.
struct TrialOptions {
  unsigned repeats = 3;    ///< how often one that fails is played again, with patience
  std::uint64_t seed = 0;  ///< for the notes in files
  std::string recording;   ///< the file that they are made of
  std::string findings;    ///< folder; empty: they are not kept
};

/// Plays trials to one bot, tells the first finding of each kind, and keeps it. What a trial fails at is played again
/// to a fresh bot each time. Owned by whoever explores; what it is given must outlive it.
class Trials {
 public:
  Trials(boost::asio::io_context& io, const CleanSession& clean, const Traffic& traffic,
         const TrafficOptions& command_line, TrialOptions options);

  /// Nothing if it came to no end: stopped() from then on. The trial must outlive the task.
  Task<std::optional<TrialResult>> play(const Trial& trial);

  /// Whether the recording passes as it is. If it does not, or nobody has asked, no trial is `checked`: what follows
  /// one says nothing.
  Task<bool> passes_clean();

  /// Ends the bot, if it is ours.
  Task<void> end() { return bot_.end(); }
  /// Ends a play() that is under way, soon.
  void stop();
  bool stopped() const { return stopped_; }
  /// What ended it, other than stop().
  const std::optional<corpus::Fault>& fault() const { return fault_; }

 private:
  Task<std::optional<Symptom>> look(const Trial& trial, Waits waits);
  Task<std::optional<Symptom>> look_behind(Waits waits);
  void give_up(corpus::Fault fault);
  void tell(const Trial& trial, const Symptom& symptom, unsigned shown);
  std::string repeat(const std::string& path, const Symptom& symptom) const;

  const CleanSession& clean_;
  const Traffic& traffic_;
  const TrafficOptions& command_line_;
  TrialOptions options_;
  LiveBot bot_;
  std::set<std::string> told_;  // buckets
  std::uint64_t ids_ = 0;
  bool clean_passes_ = false;
  std::optional<corpus::Fault> fault_;
  bool stopped_ = false;
};

}  // namespace harness
