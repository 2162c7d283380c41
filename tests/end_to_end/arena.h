// A recording, a sample bot and a replayer in one process.
#pragma once

#include <boost/asio/io_context.hpp>
#include <string>
#include <vector>

#include "corpus/exchange.h"
#include "harness/replayer.h"
#include "replay/scheduler.h"
#include "replay/verdict.h"
#include "tests/bots/sample_bot.h"

namespace end_to_end {

/// What came of one replay.
struct Replayed {
  corpus::Session live;
  replay::Verdict verdict;
  std::string report;  ///< of the verdict, with the session's name
};

/// How one replay is to be done.
struct Plan {
  replay::ScheduleOptions schedule;
  replay::JudgeOptions judging;
  bots::BotOptions bot;
  std::string live_path;    ///< empty: the live session is not written
  std::string record_path;  ///< if not empty, a recorder stands between player and bot and writes there
};

/// Recorded times do not count, and the end is noticed soon: what most tests want.
Plan asap();

/// Replays `recorded` to a bot of its own, with ids of its own, and puts the outcome into `run`. Many may go on at once
/// on one io_context. `recorded` and `run` must outlive it.
harness::Task<void> replay_to_bot(boost::asio::io_context& io, const corpus::Session& recorded, Plan plan,
                                  Replayed& run);

/// Replays all of them at once, each with the same plan, and waits for the last one.
std::vector<Replayed> replay_all(const std::vector<corpus::Session>& recorded, const Plan& plan);

/// The same for one.
Replayed replay(const corpus::Session& recorded, const Plan& plan);

/// One of corpus/sessions by its scenario; fails the test if it cannot be read whole.
corpus::Session sample(const std::string& scenario);

/// Names of all sample sessions.
std::vector<std::string> sample_names();

/// A fresh folder for the files of one test, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace end_to_end
