// The last lines of what a program writes.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace harness {

/// Takes output in pieces as they come and keeps its last lines, in bounded memory whatever comes: a line is cut behind
/// kLongestLine bytes.
class OutputTail {
 public:
  static constexpr std::size_t kLongestLine = 1000;

  explicit OutputTail(std::size_t lines) : limit_(lines) {}

  void add(std::string_view bytes);
  /// Without line ends; a last line that has none counts as one. A terminal's escape sequences stand as they came.
  std::vector<std::string> lines() const;

 private:
  void end_line();

  std::size_t limit_;
  std::deque<std::string> lines_;
  std::string line_;
};

/// The line in which a program that died told where: a sanitizer's summary, a failed assertion, an exception that
/// nobody caught. Printable, at most 200 bytes; empty if there is none. The best there is to tell two crashes apart.
std::string place_of_death(const std::vector<std::string>& lines);

}  // namespace harness
