// Findings as annotations of GitHub Actions: shown at the line of the session file, in the run and in the pull request.
#pragma once

#include <string>

#include "replay/run_report.h"

namespace replay {

/// Workflow commands, one a line, to be printed to standard output: "::error file=…,line=…,title=…::…" for each
/// finding,
/// "::warning …" for each that follows from another and for a run that proves nothing, "::error …" if there is no
/// verdict. Nothing for a session that is the same. What comes from recordings cannot end a command or begin one.
std::string annotations(const SessionResult& result);

}  // namespace replay
