// `rollcall replay` and `rollcall judge`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/options.h"

namespace harness {

/// What `rollcall replay` was asked to do.
struct ReplayOptions {
  std::vector<std::string> sessions;
  Url bot;
  HostPort graph_listen;
  double speed = 1;
  bool asap = false;
  std::optional<Duration> max_gap;
  Duration patience;
  Duration settle;
  Duration answer_limit;
  Duration lateness_budget;
  std::vector<std::string> ignore;
  bool count_polling = false;
  bool keep_ids = false;
  std::optional<std::uint64_t> seed;
  std::string live;     ///< empty: the live session is not kept
  std::string ca_file;  ///< empty: the system's roots alone
};

/// Replays each session in turn and prints its verdict.
int run_replay(const ReplayOptions& options);
int replay_command(const Arguments& args);

/// What `rollcall judge` was asked to do.
struct JudgeCommandOptions {
  std::string recorded;
  std::string live;
  Duration answer_limit;
  Duration lateness_budget;
  std::vector<std::string> ignore;
  bool count_polling = false;
};

/// Prints the verdict of a live session that was kept.
int run_judge(const JudgeCommandOptions& options);
int judge_command(const Arguments& args);

}  // namespace harness
