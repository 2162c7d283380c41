// The files in which a run is reported, to programs and as a page.
#pragma once

#include <chrono>
#include <fstream>
#include <string>
#include <vector>

#include "harness/options.h"
#include "harness/output_files.h"
#include "replay/run_report.h"

namespace harness {

/// Where to report, as given on the command line; empty: nowhere.
struct ReportOptions {
  std::string json;
  std::string junit;
  std::string html;
};

/// Adds them to the options of a command. `options` must outlive the reading.
void add_reports(boost::program_options::options_description& list, ReportOptions& options);

/// The result as GitHub Actions shows it in the run and at the files; nothing unless we are run by it.
std::string annotations_here(const replay::SessionResult& result);

/// What they write.
std::vector<OutputFile> report_outputs(const ReportOptions& options);

/// A report without sessions, signed by this Rollcall.
replay::RunReport new_report();

/// Tells how long something took.
class Stopwatch {
 public:
  corpus::Micros time() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began_).count();
  }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

/// Opened before a run, so that a run of an hour does not end with a folder that is not there. What is in the files
/// already is replaced: a report is made anew each time.
class ReportFiles {
 public:
  /// `inputs`: what the command reads. The fault names the option and the file.
  static corpus::Result<ReportFiles> open(const ReportOptions& options, const std::vector<std::string>& inputs);

  /// Writes the run into each file that was asked for. Call once.
  corpus::Result<void> write(const replay::RunReport& run);

 private:
  ReportOptions options_;
  std::ofstream json_;
  std::ofstream junit_;
  std::ofstream html_;
};

}  // namespace harness
