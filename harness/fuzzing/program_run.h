// A program that is run on one payload, and what it did wrong.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "corpus/error.h"
#include "harness/child_process.h"

namespace harness {

/// How it went.
struct ProgramRun {
  ProcessEnd how;                   ///< nothing to be read from it if it hung
  bool hung = false;                ///< it had not ended in time, and was killed
  bool broken_off = false;          ///< we were asked to stop; the program was killed
  std::vector<std::string> output;  ///< the last lines that it wrote
};

/// Runs a command of the shell until it ends, for at most `limit`. `go_on` is asked some fifty times a second; once it
/// says no, the program is ended. A fault is the system's: no process can be made.
corpus::Result<ProgramRun> run_program(const std::string& command, std::chrono::microseconds limit,
                                       const std::function<bool()>& go_on);

/// What runs have in common that fail of one fault: how the program ended, and the line in which a sanitizer, an
/// assertion or an exception names the place. Empty if it ended with exit status 0.
std::string symptom_of(const ProgramRun& run);

}  // namespace harness
