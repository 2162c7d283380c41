#include "harness/progress.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/describe.h"
#include "corpus/session_file.h"
#include "harness/color.h"
#include "harness/print.h"
#include "harness/terminal.h"
#include "replay/pace.h"
#include "replay/plan.h"

namespace harness {
namespace {

using corpus::Micros;

// "12s", "1m 20s", "2h 05m".
std::string spelled(Micros time) {
  const Micros seconds = (time + 500'000) / 1'000'000;
  if (seconds < 60) return fmt::format("{}s", seconds);
  if (seconds < 3600) return fmt::format("{}m {:02}s", seconds / 60, seconds % 60);
  return fmt::format("{}h {:02}m", seconds / 3600, seconds % 3600 / 60);
}

std::vector<Micros> expected_of(const std::vector<std::string>& files, const replay::ScheduleOptions& schedule,
                                unsigned repeat) {
  std::vector<Micros> expected;
  for (const std::string& file : files) {
    const auto session = corpus::read_session(file);  // what is wrong with it is told when its turn comes
    expected.push_back(session ? expected_length(*session, schedule) * repeat : 0);
  }
  return expected;
}

// A terminal that can move its cursor.
bool can_redraw() {
  const std::string kind = environment_variable("TERM");
  return errors_are_terminal() && !kind.empty() && kind != "dumb";
}

}  // namespace

Micros expected_length(const corpus::Session& recorded, const replay::ScheduleOptions& schedule) {
  const replay::Pace pace{schedule.speed, schedule.asap, schedule.max_gap};
  Micros length = schedule.settle;
  Micros last = 0;
  for (const replay::Moment& moment : replay::moments_of(recorded)) {
    length = replay::later(length, pace.scaled(std::max<Micros>(0, moment.time - last)));
    last = std::max(last, moment.time);
  }
  return length;
}

void Progress::begin(std::string name, Micros now) {
  name_ = corpus::printable(name);
  began_ = now;
}

void Progress::end(bool failed, Micros now) {
  took_ += now - began_;
  failed_ += failed ? 1 : 0;
  if (done_ < expected_.size()) ++done_;
  name_.clear();
}

Micros Progress::left(Micros now) const {
  double done = 0;
  double rest = 0;
  for (std::size_t i = 0; i < expected_.size(); ++i) (i < done_ ? done : rest) += static_cast<double>(expected_[i]);
  const double proportion = done > 0 ? static_cast<double>(took_) / done : 1;
  const double running =
      name_.empty() || done_ == expected_.size()
          ? 0
          : std::min(static_cast<double>(now - began_), proportion * static_cast<double>(expected_[done_]));
  return static_cast<Micros>(std::max(0.0, proportion * rest - running));
}

std::string Progress::line(Micros now, std::size_t width) const {
  std::string text =
      fmt::format("{} of {} done, {} failed, {} left", done_, expected_.size(), failed_, spelled(left(now)));
  if (!name_.empty()) text += "; running " + name_;
  return text.size() <= width ? text : corpus::printable(text, width > 0 ? width - 1 : 0);
}

ProgressLine::ProgressLine(const std::vector<std::string>& files, const replay::ScheduleOptions& schedule,
                           unsigned repeat)
    : shown_(files.size() > 1 && can_redraw()),
      progress_(shown_ ? expected_of(files, schedule, repeat) : std::vector<Micros>()) {}

// The last column stays free: some terminals go to the next line as soon as it is filled.
void ProgressLine::draw() {
  if (!shown_) return;
  write_note("\r\x1b[K" + progress_.line(watch_.time(), terminal_width() - 1));
  drawn_ = true;
}

void ProgressLine::erase() {
  if (drawn_) write_note("\r\x1b[K");
  drawn_ = false;
}

}  // namespace harness
