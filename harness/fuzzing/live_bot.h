// A bot to which many sessions are played, one after the other: while it lives, the same process.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "corpus/error.h"
#include "harness/bot_process.h"
#include "harness/fuzzing/symptoms.h"
#include "harness/process_table.h"
#include "harness/replayer.h"

namespace harness {

/// How long a replay waits for what may not come.
struct Waits {
  corpus::Micros patience = 0;              ///< for a request of the bot's
  corpus::Micros settle = 0;                ///< at the end, for a request too many
  std::optional<corpus::Micros> unheard{};  ///< as in replay::ScheduleOptions
};

/// What is known of a session that is played. All of it may be null, and has to outlive the playing.
struct Knowledge {
  const replay::Noise* noise = nullptr;
  const replay::Plan* plan = nullptr;
};

/// What a bot of ours holds.
struct BotHolding {
  int process = 0;  ///< another one for a bot that was started afresh
  Footprint footprint;
};

/// Plays sessions to a bot, which it starts if it is told how, and again once it has died. The Graph double listens at
/// one port all the time, since the bot has been told of it, and connections outlast the sessions. One session at a
/// time; everything happens on the io_context, which must outlive it.
class LiveBot {
 public:
  /// `exec` absent: the bot runs already, at settings.bot.
  LiveBot(boost::asio::io_context& io, ReplaySettings settings, std::optional<BotCommand> exec);

  /// Plays the session and says what came of it. `ids`: what fresh ids are made from; two runs with one bot must not
  /// have the same. A fault if there is no bot, or no port. The session must outlive the task.
  Task<corpus::Result<LiveRun>> play(const corpus::Session& session, Waits waits, std::uint64_t ids, Knowledge known);

  /// Ends a bot of ours: the next session gets a fresh one. Nothing to a bot that somebody else has started.
  Task<void> end();
  bool is_ours() const { return exec_.has_value(); }

  /// What the bot holds now, with all that it has started. Nothing if it does not run, somebody else has started it, or
  /// the system does not tell.
  std::optional<BotHolding> held();

  /// Ends a play() that is under way, soon.
  void stop();

 private:
  Task<corpus::Result<LiveRun>> try_to_play(const corpus::Session& session, Waits waits, std::uint64_t ids,
                                            Knowledge known);
  Task<corpus::Result<void>> be_there(std::string graph, Replayer& replayer);
  Task<void> look_for_end(LiveRun& run);

  boost::asio::io_context& io_;
  ReplaySettings settings_;  // with connections, once there are some
  std::optional<BotCommand> exec_;
  Url wanted_;  // where a bot of ours is to listen: maybe with port 0
  std::unique_ptr<BotProcess> bot_;
  std::vector<int> members_;      // of the bot's process group, when it was last looked at
  int looks_ = 0;                 // since then
  bool lost_port_ = false;        // the bot's port was somebody else's
  Replayer* replayer_ = nullptr;  // of the session that is being played
};

}  // namespace harness
