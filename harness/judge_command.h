// `rollcall judge`.
#pragma once

#include <string>

#include "harness/judging_options.h"
#include "harness/noise_options.h"
#include "harness/options.h"
#include "harness/report_files.h"

namespace harness {

/// What `rollcall judge` was asked to do.
struct JudgeCommandOptions {
  std::string recorded;
  std::string live;
  JudgingOptions judging;
  ReportOptions reports;
  NoiseOptions noise;
};

/// Prints the verdict of a live session that was kept.
int run_judge(const JudgeCommandOptions& options);
int judge_command(const Arguments& args);

}  // namespace harness
