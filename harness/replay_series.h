// Several sessions replayed one after the other, each to its verdict.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "harness/bot_process.h"
#include "harness/noise_options.h"
#include "harness/options.h"
#include "harness/progress.h"
#include "harness/replayer.h"
#include "replay/report.h"
#include "replay/run_report.h"
#include "replay/verdict.h"

namespace harness {

/// What the replays of several sessions have in common.
struct Series {
  ReplaySettings settings;
  replay::JudgeOptions judging;
  NoiseOptions noise;
  std::optional<std::uint64_t> seed;  ///< of fresh ids; absent: chance
  unsigned repeat = 1;                ///< how often each session is played
  replay::TextStyle style = {};       ///< of the verdicts
  bool paged = false;                 ///< somebody asked for a page
  ProgressLine* progress = nullptr;   ///< to be kept up to date while something is played; may be absent
  bool interrupted = false;           ///< by a signal: no more sessions are to be played
  /// Starts a bot for each run, so that none knows of another; absent: it is there.
  std::optional<BotCommand> exec = {};
  /// For a bot in our own process: starts it, once the Graph double listens at the first; it is to listen at the
  /// second. Takes the place of `exec`. False: it could not be started.
  std::function<bool(const std::string& graph, const Url& bot)> start = {};
  bool own_program = true;  ///< standard output and signals are ours to use; not so in somebody else's program
};

/// One file, played, and the exit status that this is worth.
struct Played {
  replay::SessionResult result;
  ExitStatus status = bad_usage;
};

/// Replays a session once, with noise if `series` has some: the live session, or the fault of a replay that could not
/// be carried through. A port that was left to the system is kept in `series`, as below.
corpus::Result<corpus::Session> play_once(const corpus::Session& session, Series& series);

/// Reads a session file for a replay: with its bodies decoded, and with at least one exchange.
corpus::Result<corpus::Session> load_for_replay(std::string_view command, const std::string& file);

/// Replays one session file as often as was asked for. The first SIGINT or SIGTERM ends a replay in good order, the
/// second at once. A port that was left to the system is kept in `series` for the files that follow: the bot has been
/// told of one Graph.
Played play_file(const std::string& file, Series& series);

/// Prints the verdict to standard output, or why there is none to standard error.
void show(const Played& played, const replay::TextStyle& style);

}  // namespace harness
