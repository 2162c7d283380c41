// The real executable, run as a person would.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace harness {

/// What a program that has ended left behind.
struct Ended {
  int status = -1;  ///< exit status; -signal if a signal ended it
  std::string out;
  std::string err;
};

/// A child process with its output in pipes. Killed when it goes out of scope.
class TestProcess {
 public:
  explicit TestProcess(const std::vector<std::string>& command);
  ~TestProcess();
  TestProcess(const TestProcess&) = delete;
  TestProcess& operator=(const TestProcess&) = delete;

  /// The next line of standard output, without its end; empty at the end of the stream.
  std::string read_line();
  void signal(int number);
  /// Waits for the end and takes the rest of the output.
  Ended wait();
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
};

/// The whole of a file that a process has left behind; empty if there is none.
std::string read_file(const std::string& path);

/// Runs `rollcall` with these arguments to its end.
Ended rollcall(const std::vector<std::string>& arguments);

/// A path of a test's own at which there is nothing.
std::string fresh(const std::string& name);

/// The complaint of `rollcall record` about these options, beside those that it needs: it leaves with status 2 and
/// without results.
std::string complaint_of_record(std::vector<std::string> options);

}  // namespace harness
