#include "test_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "test_certificates.h"

namespace harness {
namespace {

std::string read_all(int pipe) {
  std::string text;
  char bytes[4096];
  for (ssize_t count = 0; (count = read(pipe, bytes, sizeof bytes)) > 0;)
    text.append(bytes, static_cast<std::size_t>(count));
  return text;
}

}  // namespace

TestProcess::TestProcess(const std::vector<std::string>& command) {
  int out[2];
  int err[2];
  if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0) ADD_FAILURE() << "no pipes";
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  if (posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) {
    ADD_FAILURE() << "cannot run " << command[0];
  }
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]);
  close(err[1]);
  out_ = out[0];
  err_ = err[0];
}

TestProcess::~TestProcess() {
  if (pid_ > 0) {
    signal(SIGKILL);
    wait();
  }
  close(out_);
  close(err_);
}

std::string TestProcess::read_line() {
  std::string line;
  for (char c = 0; read(out_, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

void TestProcess::signal(int number) {
  kill(pid_, number);
}

Ended TestProcess::wait() {
  Ended ended;
  ended.out = read_all(out_);
  ended.err = read_all(err_);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return ended;
}

Ended rollcall(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{ROLLCALL_EXECUTABLE};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return TestProcess(command).wait();
}

std::string fresh(const std::string& name) {
  const std::string path = write_file(name, "");
  std::filesystem::remove_all(path);
  return path;
}

std::string complaint_of_record(std::vector<std::string> options) {
  options.insert(options.begin(), {"record", "--bot", "http://h", "--corpus", fresh("corpus")});
  const Ended ended = rollcall(options);
  EXPECT_EQ(ended.status, 2) << ended.err;
  EXPECT_EQ(ended.out, "");
  return ended.err;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace harness
