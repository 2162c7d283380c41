#include "harness/fuzzing/program_run.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <string_view>
#include <utility>

#include "corpus/describe.h"
#include "harness/output_tail.h"

namespace harness {
namespace {

constexpr std::size_t kLines = 400;  // a sanitizer's report, with the stacks of several threads
constexpr int kLookAgain = 20;       // milliseconds between two looks at a program that says nothing
constexpr int kLookAtEnd = 2;        // the same once it has closed its output: it is about to end

// The reading end of a program's output.
class Output {
 public:
  explicit Output(int pipe) : pipe_(pipe) {}
  ~Output() { end(); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  // Waits for a moment, or until there is something to read.
  void wait() const {
    pollfd waited{pipe_, POLLIN, 0};
    (void)::poll(&waited, pipe_ < 0 ? 0 : 1, pipe_ < 0 ? kLookAtEnd : kLookAgain);
  }
  // Takes what there is; of a program that writes as fast as we read, no more than a pipe holds many times over, so
  // that time is looked at.
  void drain() {
    std::array<char, 16384> piece;
    for (int left = 64; pipe_ >= 0 && left > 0; --left) {
      const ssize_t count = ::read(pipe_, piece.data(), piece.size());
      if (count > 0) tail_.add({piece.data(), static_cast<std::size_t>(count)});
      if (count < 0 && errno == EAGAIN) return;
      if (count == 0 || (count < 0 && errno != EINTR)) end();
    }
  }
  std::vector<std::string> lines() const { return tail_.lines(); }

 private:
  void end() {
    if (pipe_ >= 0) (void)::close(std::exchange(pipe_, -1));
  }

  int pipe_;
  OutputTail tail_{kLines};
};

}  // namespace

corpus::Result<ProgramRun> run_program(const std::string& command, std::chrono::microseconds limit,
                                       const std::function<bool()>& go_on) {
  auto child = ChildProcess::start(command, {});
  if (!child) return std::unexpected(child.error());
  Output output(child->take_output());
  const auto deadline = std::chrono::steady_clock::now() + limit;
  ProgramRun run;
  for (;;) {
    const auto end = child->ended();
    output.drain();  // also what it wrote just before it ended
    if (end) {
      run.how = *end;
      break;
    }
    run.broken_off = !go_on();
    run.hung = std::chrono::steady_clock::now() >= deadline;
    if (run.broken_off || run.hung) break;
    output.wait();
  }
  run.output = output.lines();
  return run;
}

std::string symptom_of(const ProgramRun& run) {
  if (run.hung) return "does not end in time";
  if (run.how == ProcessEnd{}) return {};
  std::string place = place_of_death(run.output);
  if (place.contains(" leaked in "))
    std::ranges::replace_if(
        place, [](unsigned char c) { return std::isdigit(c); }, 'N');
  return place.empty() ? to_string(run.how) : to_string(run.how) + ": " + place;
}

}  // namespace harness
