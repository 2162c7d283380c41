// `rollcall replay`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/exec_options.h"
#include "harness/identity_options.h"
#include "harness/judging_options.h"
#include "harness/noise_options.h"
#include "harness/options.h"
#include "harness/proxy_options.h"
#include "harness/replayer.h"
#include "harness/report_files.h"
#include "harness/tls_options.h"

namespace harness {

/// How often a session may be played in one run of a command.
inline constexpr unsigned kMostRuns = 1'000'000;

/// What `rollcall replay` was asked to do.
struct ReplayOptions {
  std::vector<std::string> sessions;
  ExecOptions bot;
  HostPort graph_listen;
  std::optional<double> speed;  ///< absent: as recorded
  bool asap = false;
  std::optional<Duration> max_gap;
  Duration patience;
  Duration settle;
  JudgingOptions judging;
  NoiseOptions noise;
  ReportOptions reports;
  bool keep_ids = false;
  std::optional<std::uint64_t> seed;
  unsigned repeat = 1;
  std::string live;  ///< empty: the live session is not kept
  TlsOptions tls;
  IdentityOptions identity;
  ProxyOptions proxy;
  bool step = false;
};

/// Adds the options that say what is played to whom, and how: those that every command has that replays.
void add_playing(boost::program_options::options_description& list, ReplayOptions& options);

/// What is wrong with these, as far as can be said before any session is read.
corpus::Result<void> check_playing(const ReplayOptions& options);

/// What a replay is told, and how its bot is started, if it is.
struct Playing {
  ReplaySettings settings;
  std::optional<BotCommand> exec;
};

/// All files that they have written.
std::vector<OutputFile> outputs_of(const ReplayOptions& options);

/// What the options come to. Reads certificates and keys, and tells on stderr what the bot has to trust. `command` is
/// what notes on stderr begin with, and has to last. The fault names the option.
corpus::Result<Playing> set_up_playing(const ReplayOptions& options, const replay::JudgeOptions& judging,
                                       std::string_view command);

/// Replays each session in turn and prints its verdict.
int run_replay(const ReplayOptions& options);
int replay_command(const Arguments& args);

}  // namespace harness
