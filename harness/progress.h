// How far a run over many sessions has come, for the person at the terminal.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "corpus/exchange.h"
#include "harness/report_files.h"
#include "replay/scheduler.h"

namespace harness {

/// How long a replay of this session takes a bot that is as fast as the recorded one: the recorded times between one
/// message and the next, each as the schedule cuts it, and the time for it to settle.
corpus::Micros expected_length(const corpus::Session& recorded, const replay::ScheduleOptions& schedule);

/// What is done, what runs, what failed, and how long the rest will take. Times are handed in, since the run began.
class Progress {
 public:
  /// What each session is expected to take, in the order in which they are played.
  explicit Progress(std::vector<corpus::Micros> expected) : expected_(std::move(expected)) {}

  /// The next session begins; `name` is shown, made fit for a terminal.
  void begin(std::string name, corpus::Micros now);
  void end(bool failed, corpus::Micros now);

  /// The time left: what the sessions to come are expected to take, in the proportion in which those that are done took
  /// longer or shorter than expected.
  corpus::Micros left(corpus::Micros now) const;
  /// "3 of 12 done, 1 failed, 1m 20s left; running invite.session.jsonl", at most so many characters.
  std::string line(corpus::Micros now, std::size_t width) const;

 private:
  std::vector<corpus::Micros> expected_;
  std::string name_;
  std::size_t done_ = 0;
  std::size_t failed_ = 0;
  corpus::Micros began_ = 0;  // the session that runs
  corpus::Micros took_ = 0;   // those that are done
};

/// That line at the bottom of the terminal, in place; nothing at all unless standard error is a terminal that can do
/// so. It stands only between draw() and erase(): whatever else is printed comes before or after.
class ProgressLine {
 public:
  /// Reads the files for their lengths, if there is a line to be drawn: only for several of them.
  ProgressLine(const std::vector<std::string>& files, const replay::ScheduleOptions& schedule, unsigned repeat);
  ~ProgressLine() { erase(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  bool shown() const { return shown_; }
  void begin(const std::string& name) { progress_.begin(name, watch_.time()); }
  void end(bool failed) { progress_.end(failed, watch_.time()); }
  void draw();
  void erase();

 private:
  bool shown_;
  bool drawn_ = false;
  Stopwatch watch_;
  Progress progress_;
};

}  // namespace harness
