// The options of every command that gives a verdict.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "harness/color.h"
#include "harness/options.h"
#include "replay/report.h"
#include "replay/verdict.h"

namespace harness {

/// How to judge, as given on the command line.
struct JudgingOptions {
  std::vector<std::string> ignore;
  bool count_polling = false;
  Duration answer_limit{std::chrono::seconds(5)};
  /// Some fifty times what an idle machine needs (tests/bench/lateness_bench.cpp), and nothing that a bot could notice.
  Duration lateness_budget{std::chrono::milliseconds(10)};
  bool histograms = false;
  std::optional<double> deadline_factor;  ///< 0: requests have no deadline; absent: what is usual
  ColorMode color = ColorMode::automatic;
};

/// Adds all of them to the options of a command. `options` must outlive the reading.
void add_judging(boost::program_options::options_description& list, JudgingOptions& options);

/// The same in parts, for commands to which the rest would mean nothing: what is compared; how long the bot may take to
/// acknowledge; how long to ask; how late the player may be; how verdicts are printed.
void add_comparing(boost::program_options::options_description& list, JudgingOptions& options);
void add_answer_limit(boost::program_options::options_description& list, JudgingOptions& options);
void add_deadline(boost::program_options::options_description& list, JudgingOptions& options);
void add_lateness_budget(boost::program_options::options_description& list, JudgingOptions& options);
void add_color(boost::program_options::options_description& list, JudgingOptions& options);

/// What judge() is told; a fault that names the option if one of them is wrong. `asap`: the live session does not wait
/// for recorded times, so that requests have no deadline unless one is asked for.
corpus::Result<replay::JudgeOptions> judge_options(const JudgingOptions& options, bool asap = false);

/// How to print verdicts on standard output.
replay::TextStyle text_style(const JudgingOptions& options);

/// What a verdict is worth as an exit status. One about damaged files is about the rest of them.
ExitStatus status_of(const replay::Verdict& verdict);

/// The status of two sessions together: a broken environment says more than a file that cannot be read, that more than
/// findings, and findings more than a run that proves nothing.
ExitStatus worse_of(ExitStatus one, ExitStatus other);

}  // namespace harness
