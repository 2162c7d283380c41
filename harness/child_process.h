// One child process and whatever it starts. The only part of harness/ that knows POSIX; the source has a twin to be
// written where that is missing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/error.h"

namespace harness {

/// How a process ended: by itself, with a status, or by a signal.
struct ProcessEnd {
  int status = 0;
  int signal = 0;     ///< 0: none
  bool known = true;  ///< false: our own program has SIGCHLD ignored, so the system does not tell

  bool operator==(const ProcessEnd&) const = default;
};

/// "exit status 3", "SIGSEGV". A shell says 139 where its child died of signal 11: "exit status 139 (SIGSEGV)".
std::string to_string(const ProcessEnd& end);

/// Whether it is what a process leaves behind that was asked to end, and did so in one of the usual ways.
bool is_usual_after_terminate(const ProcessEnd& end);

/// A command of the shell in a process group of its own, so that what it starts can be ended with it and Ctrl-C on the
/// terminal does not reach it. Its standard input is empty; its output and its errors come out of one pipe. Killed,
/// with its group, when it goes out of scope.
class ChildProcess {
 public:
  using Environment = std::vector<std::pair<std::string, std::string>>;

  /// Runs `command` by the system's shell, with `environment` on top of our own. The fault is the system's: no memory,
  /// too many processes. A command that does not exist is the shell's business, which says so and ends.
  static corpus::Result<ChildProcess> start(const std::string& command, const Environment& environment);
  ~ChildProcess();
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;

  /// The reading end of the pipe, non-blocking. Whoever takes it closes it; -1 from then on.
  int take_output() { return std::exchange(output_, -1); }
  /// The number of its process and of its group.
  int group() const { return pid_; }
  /// How the process ended; nothing while it runs. Never waits.
  std::optional<ProcessEnd> ended();
  /// Whether nothing of its group is left. Only once ended() has said that the process itself is no more.
  bool is_group_gone();

  /// Asks the whole group to end.
  void terminate();
  /// Ends the whole group. It is gone a moment later, unless the system itself hangs.
  void kill();

 private:
  ChildProcess(int pid, int output) : pid_(pid), output_(output) {}
  void signal_group(int number);

  int pid_ = -1;
  int output_ = -1;
  bool group_gone_ = false;
  std::optional<ProcessEnd> end_;
};

}  // namespace harness
