#include "harness/output_tail.h"

#include <algorithm>
#include <utility>

#include "corpus/describe.h"

namespace harness {

void OutputTail::add(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::size_t room = kLongestLine - std::min(kLongestLine, line_.size());
    line_ += bytes.substr(0, std::min(end, room));
    if (end == bytes.size()) return;
    end_line();
    bytes.remove_prefix(end + 1);
  }
}

void OutputTail::end_line() {
  if (line_.ends_with('\r')) line_.pop_back();
  lines_.push_back(std::exchange(line_, {}));
  if (lines_.size() > limit_) lines_.pop_front();
}

std::vector<std::string> OutputTail::lines() const {
  std::vector<std::string> all(lines_.begin(), lines_.end());
  if (!line_.empty()) all.push_back(line_);
  if (all.size() > limit_) all.erase(all.begin());
  return all;
}

std::string place_of_death(const std::vector<std::string>& lines) {
  for (const std::string_view mark : {"SUMMARY: ", "Assertion `", "terminate called"}) {
    const auto found = std::ranges::find_if(lines, [&](const std::string& line) { return line.contains(mark); });
    if (found != lines.end()) return corpus::printable(*found, 200);
  }
  return {};
}

}  // namespace harness
