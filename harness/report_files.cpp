#include "harness/report_files.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "harness/color.h"
#include "harness/output_files.h"
#include "harness/version.h"
#include "replay/annotations.h"
#include "replay/report_html.h"

namespace harness {
namespace {

namespace po = boost::program_options;

corpus::Fault fault_of(const std::string& option, const std::string& path) {
  const std::string why = errno != 0 ? std::strerror(errno) : "cannot be written";
  return {corpus::Error::unreadable, option + " " + path, why};
}

corpus::Result<void> open_file(std::ofstream& file, const std::string& option, const std::string& path) {
  if (path.empty()) return {};
  errno = 0;
  file.open(path, std::ios::binary | std::ios::trunc);
  if (!file) return std::unexpected(fault_of(option, path));
  return {};
}

corpus::Result<void> write_file(std::ofstream& file, const std::string& option, const std::string& path,
                                const std::string& text) {
  errno = 0;
  file << text;
  file.close();
  if (!file) return std::unexpected(fault_of(option, path));
  return {};
}

}  // namespace

void add_reports(po::options_description& list, ReportOptions& options) {
  list.add_options()("json", po::value(&options.json)->value_name("FILE"), "report to programs: replay/REPORT.md")(
      "junit", po::value(&options.junit)->value_name("FILE"),
      "report to a CI server: JUnit XML, a test case a session")(
      "html", po::value(&options.html)->value_name("FILE"), "report for people: one page, to be opened in a browser");
}

std::string annotations_here(const replay::SessionResult& result) {
  return environment_variable("GITHUB_ACTIONS") == "true" ? replay::annotations(result) : "";
}

replay::RunReport new_report() {
  return {.origin = fmt::format("rollcall {}", kVersion), .sessions = {}};
}

std::vector<OutputFile> report_outputs(const ReportOptions& options) {
  return {{"--json", options.json}, {"--junit", options.junit}, {"--html", options.html}};
}

corpus::Result<ReportFiles> ReportFiles::open(const ReportOptions& options, const std::vector<std::string>& inputs) {
  const auto apart = check_outputs(report_outputs(options), inputs);
  if (!apart) return std::unexpected(apart.error());
  ReportFiles files;
  files.options_ = options;
  if (const auto opened = open_file(files.json_, "--json", options.json); !opened) {
    return std::unexpected(opened.error());
  }
  if (const auto opened = open_file(files.junit_, "--junit", options.junit); !opened) {
    return std::unexpected(opened.error());
  }
  if (const auto opened = open_file(files.html_, "--html", options.html); !opened) {
    return std::unexpected(opened.error());
  }
  return files;
}

corpus::Result<void> ReportFiles::write(const replay::RunReport& run) {
  corpus::Result<void> json;
  corpus::Result<void> junit;
  corpus::Result<void> html;
  if (!options_.json.empty()) json = write_file(json_, "--json", options_.json, replay::report_json(run));
  // One that cannot be written keeps no other from being there.
  if (!options_.junit.empty()) junit = write_file(junit_, "--junit", options_.junit, replay::report_junit(run));
  if (!options_.html.empty()) html = write_file(html_, "--html", options_.html, replay::report_html(run));
  if (!json) return json;
  return junit ? html : junit;
}

}  // namespace harness
