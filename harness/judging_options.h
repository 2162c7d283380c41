// The options of every command that gives a verdict.
#pragma once

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
  Duration answer_limit;
  Duration lateness_budget;
  bool histograms = false;
  std::optional<double> deadline_factor;  ///< 0: requests have no deadline; absent: what is usual
  ColorMode color = ColorMode::automatic;
};

/// Adds them to the options of a command. `options` must outlive the reading.
void add_judging(boost::program_options::options_description& list, JudgingOptions& options);

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
