#include "harness/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "harness/process_table.h"

extern char** environ;

namespace harness {
namespace {

constexpr const char* kShell = "/bin/sh";

// A shell that outlives its child leaves with this much more than the signal's number.
constexpr int kShellSignal = 128;

// A shell does not hand a request to end on: it would be gone before the bot, and how the bot ended would be lost. So
// it waits for the bot, and then leaves with the bot's status. What it starts knows nothing of this.
constexpr const char* kOutlive = "trap exit TERM; ";

// True if the system does not tell.
bool is_any_alive(pid_t group) {
  const auto members = members_of_group(group);
  return !members || !members->empty();
}

std::string signal_name(int number) {
  const char* const name = sigabbrev_np(number);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", number);
}

std::unexpected<corpus::Fault> cannot(std::string_view what, int error) {
  return std::unexpected(
      corpus::Fault{corpus::Error::unreadable, "--exec", fmt::format("{}: {}", what, std::strerror(error))});
}

// Our environment with these in the place of those of the same name.
std::vector<std::string> merged(const ChildProcess::Environment& added) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto replaced = [&](const auto& variable) {
      return text.starts_with(variable.first) && text.substr(variable.first.size()).starts_with('=');
    };
    if (std::ranges::none_of(added, replaced)) all.emplace_back(text);
  }
  for (const auto& [name, value] : added) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

// What the child is before it becomes the shell: a group of its own, no signal blocked or ignored as ours may be.
class Preparation {
 public:
  explicit Preparation(int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
    // None of our sockets: a child that held a listening one would keep its port in use after we have closed it.
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~Preparation() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

  int spawn(std::vector<std::string> arguments, std::vector<std::string> environment, pid_t& pid) const {
    const std::vector<char*> argv = pointers(arguments);
    const std::vector<char*> envp = pointers(environment);
    return posix_spawn(&pid, kShell, &actions_, &attributes_, argv.data(), envp.data());
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

}  // namespace

std::string to_string(const ProcessEnd& end) {
  if (!end.known) return "an unknown exit status";
  if (end.signal != 0) return signal_name(end.signal);
  const std::string text = fmt::format("exit status {}", end.status);
  const int signal = end.status - kShellSignal;
  const bool by_shell = signal > 0 && sigabbrev_np(signal) != nullptr;
  return by_shell ? fmt::format("{} ({})", text, signal_name(signal)) : text;
}

bool is_usual_after_terminate(const ProcessEnd& end) {
  return end.signal == 0
             ? end.status == 0 || end.status == kShellSignal + SIGTERM || end.status == kShellSignal + SIGINT
             : end.signal == SIGTERM;
}

corpus::Result<ChildProcess> ChildProcess::start(const std::string& command, const Environment& environment) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return cannot("no pipe", errno);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);  // ours alone: the child's end blocks, as programs expect
  pid_t pid = -1;
  const int error = Preparation(ends[1]).spawn({kShell, "-c", kOutlive + command}, merged(environment), pid);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return cannot(kShell, error);
  }
  return ChildProcess(pid, ends[0]);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      output_(std::exchange(other.output_, -1)),
      group_gone_(other.group_gone_),
      end_(other.end_) {}

ChildProcess::~ChildProcess() {
  if (output_ >= 0) close(output_);
  if (pid_ < 0) return;
  kill();
  if (!end_) waitpid(pid_, nullptr, 0);
}

std::optional<ProcessEnd> ChildProcess::ended() {
  if (end_) return end_;
  int status = 0;
  const pid_t got = waitpid(pid_, &status, WNOHANG);
  if (got == 0 || (got < 0 && errno == EINTR)) return std::nullopt;
  end_.emplace();
  end_->known = got > 0;
  if (got > 0 && WIFEXITED(status)) end_->status = WEXITSTATUS(status);
  if (got > 0 && WIFSIGNALED(status)) end_->signal = WTERMSIG(status);
  (void)is_group_gone();  // now, while the number cannot be anybody else's yet
  return end_;
}

// The group's number stays taken as long as anybody is in it; once nobody is, it may become somebody else's.
bool ChildProcess::is_group_gone() {
  signal_group(0);
  if (!group_gone_ && !is_any_alive(pid_)) group_gone_ = true;
  return group_gone_;
}

void ChildProcess::signal_group(int number) {
  if (!group_gone_ && ::kill(-pid_, number) != 0 && errno == ESRCH) group_gone_ = true;
}

void ChildProcess::terminate() {
  signal_group(SIGTERM);
}

void ChildProcess::kill() {
  signal_group(SIGKILL);
}

}  // namespace harness
