// Plays versions of a finding, each to a fresh bot if it is ours, and looks whether they still show it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "harness/fuzzing/clean_session.h"
#include "harness/fuzzing/finding_file.h"
#include "harness/fuzzing/live_bot.h"
#include "harness/fuzzing/traffic_options.h"

namespace harness {

/// How a finding showed.
struct Sighting {
  std::string detail;         ///< one line for a person
  std::size_t differing = 0;  ///< requests of the bot's that are other ones than the session has, though for the same
};

/// One finding at one bot. Everything happens on the io_context; what it is given must outlive it.
class FindingPlayer {
 public:
  /// `clean` may be null: it is played behind each version, for a bot that is wedged.
  FindingPlayer(boost::asio::io_context& io, const FindingNote& note, const CleanSession& finding,
                const CleanSession* clean, const Traffic& traffic);

  /// Plays this version of the finding. Nothing if it does not show, or the player was stopped.
  Task<std::optional<Sighting>> look(const corpus::Session& version, Waits waits);

  /// Whether the bot does all that this version demands, and nothing else, if nothing unusual is done to it
  /// (fuzz/straight_order.h). The first version that passes has to be the finding as it is: how the bot behaves there
  /// is the measure for the others.
  Task<bool> passes_straight(const corpus::Session& version, Waits waits);

  /// Ends the bot, if it is ours.
  Task<void> end() { return bot_.end(); }
  /// Ends what is under way, soon.
  void stop();
  bool stopped() const { return stopped_; }
  /// What stopped it, other than stop().
  const std::optional<corpus::Fault>& fault() const { return fault_; }

 private:
  // A session that was played, with what it was judged by.
  struct Played {
    std::unique_ptr<replay::Noise> noise;
    replay::Plan plan;
    LiveRun run;
    replay::JudgeOptions judging;
    std::vector<Symptom> found;
  };

  Task<std::unique_ptr<Played>> play(const corpus::Session& session, Waits waits, bool legal);
  void set_think_times(const corpus::Session& session, replay::Plan& plan) const;
  Task<std::optional<Symptom>> look_behind();
  void give_up(corpus::Fault fault);

  const FindingNote& note_;
  const CleanSession& finding_;
  const CleanSession* clean_;
  const Traffic& traffic_;
  LiveBot bot_;
  std::set<int> allowed_;                            // see Oracle::server_errors
  std::optional<std::size_t> straight_differences_;  // of all kinds, in the finding as it is
  std::optional<corpus::Micros> longest_think_;      // that any request is waited for beyond patience, once known
  std::uint64_t ids_ = 0;
  std::optional<corpus::Fault> fault_;
  bool stopped_ = false;
};

}  // namespace harness
