// A run over any number of sessions, for programs to read.
//
// The formats are described on the page replay/REPORT.md.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "corpus/exchange.h"
#include "replay/verdict.h"

namespace replay {

/// What became of one session: its verdict, or why there is none.
struct SessionResult {
  std::string file;
  std::string name;         ///< the session's own; empty if it could not be read
  corpus::Micros took = 0;  ///< from its first byte read to its verdict
  std::variant<Verdict, corpus::Fault> outcome;
  std::string page = {};  ///< for report_html(): session_page() of it; empty: the page shows the verdict alone
};

/// All sessions of a run, in the order in which they were played.
struct RunReport {
  std::string origin;  ///< what made the report: "rollcall 0.1.0"
  std::vector<SessionResult> sessions;
  std::vector<std::string> not_played = {};  ///< files whose turn did not come: the run ended before
};

/// "3 sessions not played: a, b and 1 more", with a line break; nothing if all were.
std::string not_played_text(const RunReport& run);

/// One JSON object, indented by nothing, with a line break at its end.
std::string report_json(const RunReport& run);

/// JUnit XML, as CI servers show it: one test case for each session.
std::string report_junit(const RunReport& run);

}  // namespace replay
