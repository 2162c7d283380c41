// A terminal without a screen, for programs that look whether they have one.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <string>

namespace harness {

/// Both ends of a pseudo terminal. The test holds both, so that it stays when a program leaves.
class PseudoTerminal {
 public:
  PseudoTerminal() : screen_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    EXPECT_EQ(grantpt(screen_), 0);
    EXPECT_EQ(unlockpt(screen_), 0);
    path_ = ptsname(screen_);
    program_ = open(path_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    EXPECT_NE(program_, -1);
  }
  ~PseudoTerminal() {
    close(program_);
    close(screen_);
  }
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  /// The file that a program opens as its terminal.
  const std::string& path() const { return path_; }

  void type(const std::string& text) {
    EXPECT_EQ(write(screen_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }

  /// What programs that have ended have written, and what was typed if it was echoed.
  std::string shown() {
    // All of it is there: what was written before the mark stands before it.
    const std::string mark = "<end>";
    EXPECT_EQ(write(program_, mark.data(), mark.size()), static_cast<ssize_t>(mark.size()));
    std::string text;
    char bytes[4096];
    while (!text.ends_with(mark)) {
      const ssize_t count = read(screen_, bytes, sizeof bytes);
      if (count <= 0) break;
      text.append(bytes, static_cast<std::size_t>(count));
    }
    text.resize(text.size() - mark.size());
    return text;
  }

 private:
  int screen_;
  int program_ = -1;
  std::string path_;
};

}  // namespace harness
