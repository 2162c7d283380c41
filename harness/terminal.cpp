#include "harness/terminal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/asio/basic_signal_set.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "harness/private_file.h"

namespace harness {
namespace {

namespace asio = boost::asio;

// Asio makes a descriptor non-blocking while it waits. A terminal shares that with standard output, with the editor and
// with the shell that we were started from, and none of them expects it.
class KeptMode {
 public:
  explicit KeptMode(int descriptor) : descriptor_(descriptor), flags_(fcntl(descriptor, F_GETFL)) {}
  ~KeptMode() {
    if (flags_ != -1) (void)fcntl(descriptor_, F_SETFL, flags_);
  }
  KeptMode(const KeptMode&) = delete;
  KeptMode& operator=(const KeptMode&) = delete;

 private:
  int descriptor_;
  int flags_;
};

corpus::Fault fault_of(std::string where, int error) {
  return {corpus::Error::unreadable, std::move(where), std::strerror(error)};
}

const char* editor() {
  for (const char* name : {"VISUAL", "EDITOR"}) {
    if (const char* value = std::getenv(name); value != nullptr && *value != 0) return value;
  }
  return "vi";
}

// The editor's command may have arguments of its own, so a shell reads it. Its standard output is our standard error,
// since results go elsewhere; and if our input is no terminal, it is for us alone.
corpus::Result<pid_t> start_editor(const std::string& path) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  if (isatty(STDIN_FILENO) == 0) {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  }
  posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t ignored_by_us;  // main() ignores them; the editor is to have them as ever
  sigemptyset(&ignored_by_us);
  sigaddset(&ignored_by_us, SIGPIPE);
  sigaddset(&ignored_by_us, SIGXFSZ);
  posix_spawnattr_setsigdefault(&attributes, &ignored_by_us);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  const std::string command = std::string(editor()) + " \"$@\"";
  std::array<std::string, 5> words{"sh", "-c", command, "sh", path};
  std::array<char*, 6> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  pid_t child = -1;
  const int error = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return std::unexpected(fault_of(editor(), error));
  return child;
}

}  // namespace

bool output_is_terminal() {
  return isatty(STDOUT_FILENO) == 1;
}
bool errors_are_terminal() {
  return isatty(STDERR_FILENO) == 1;
}

std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0 ? size.ws_col : 80;
}

// A descriptor of its own each time, so that nothing is left waiting between two lines, when the editor reads.
Task<bool> InputLines::readable() {
  const int own = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
  if (own == -1) co_return false;
  const KeptMode mode(STDIN_FILENO);
  asio::posix::basic_stream_descriptor<Executor> input(io_.get_executor(), own);
  const auto [ec] = co_await input.async_wait(asio::posix::descriptor_base::wait_read, kAwait);
  // Files cannot be waited for, and never need to be.
  co_return !ec || ec == asio::error::operation_not_supported;
}

Task<std::optional<std::string>> InputLines::next() {
  std::size_t end = pending_.find('\n');
  while (end == std::string::npos && !at_end_) {
    const bool ready = co_await readable();
    std::array<char, 4096> piece;
    const ssize_t count = ready ? ::read(STDIN_FILENO, piece.data(), piece.size()) : 0;
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    at_end_ = count <= 0;
    if (!at_end_) pending_.append(piece.data(), static_cast<std::size_t>(count));
    end = pending_.find('\n');
  }
  if (end == std::string::npos && pending_.empty()) co_return std::nullopt;
  std::string line = pending_.substr(0, end);
  pending_.erase(0, end == std::string::npos ? end : end + 1);
  if (line.ends_with('\r')) line.pop_back();
  co_return line;
}

Task<corpus::Result<std::string>> edit_text(asio::io_context& io, std::string text, std::string suffix) {
  auto file = PrivateFile::create(suffix);
  if (!file) co_return std::unexpected(file.error());
  if (const auto written = file->write(text); !written) co_return std::unexpected(written.error());
  asio::basic_signal_set<Executor> ended(io.get_executor(), SIGCHLD);
  const auto child = start_editor(file->path());
  if (!child) co_return std::unexpected(child.error());
  int status = 0;
  while (waitpid(*child, &status, WNOHANG) == 0) {
    const auto [ec, number] = co_await ended.async_wait(kAwait);
    if (ec) break;
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    co_return std::unexpected(corpus::Fault{corpus::Error::unreadable, editor(),
                                            WIFEXITED(status)
                                                ? fmt::format("ended with exit status {}", WEXITSTATUS(status))
                                                : fmt::format("ended by signal {}", WTERMSIG(status))});
  }
  co_return file->read();
}

}  // namespace harness
