// Replays in somebody else's test program. The page harness/TESTING.md has examples.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "corpus/error.h"
#include "replay/verdict.h"

namespace rollcall {

/// What a bot is told that is started for a replay.
struct Addresses {
  std::string graph;  ///< base URL of the Graph double, in the place of https://graph.microsoft.com
  std::string bot;    ///< base URL at which the bot is to listen
  std::string host;
  std::uint16_t port = 0;
};

/// Where the bot is or how it is started, and how to replay to it. What is not set is as `rollcall replay` has it.
struct Replay {
  /// Base URL of the bot. For one that is started: where it is to listen; empty: a free port of 127.0.0.1.
  std::string bot = {};
  /// The bot as a command, as for --exec; empty: none.
  std::string exec = {};
  /// The bot in this program: called on the caller's thread once the Graph double listens, to have the bot listen at
  /// `bot`, on a thread of its own or by `run`. Empty: none.
  std::function<void(const Addresses&)> start = {};
  /// What the caller's thread does during the replay, such as running the io_context on which `start` put the bot. Has
  /// to return after `stop` has been called. Empty: it waits.
  std::function<void()> run = {};
  /// Called once the replay is over, if `start` was called; from another thread, if there is a `run`: it makes that
  /// return.
  std::function<void()> stop = {};

  std::string graph_listen = "127.0.0.1:0";
  double speed = 1;
  bool asap = false;
  std::optional<std::chrono::microseconds> max_gap = {};
  std::chrono::microseconds patience = std::chrono::seconds(10);
  std::chrono::microseconds settle = std::chrono::seconds(1);
  std::chrono::microseconds start_limit = std::chrono::seconds(30);  ///< for `exec`
  std::chrono::microseconds answer_limit = std::chrono::seconds(5);
  std::optional<std::chrono::microseconds> lateness_budget = std::chrono::milliseconds(10);  ///< empty: none
  std::vector<std::string> ignore = {};                                                      ///< JSON pointers
  bool count_polling = false;
  std::string live = {};  ///< the live session is kept there; empty: nowhere
};

/// A recording, as a parameter of tests.
struct SessionFile {
  std::string path;
  std::string name;   ///< fit for the name of a test, and unlike any other of its folder
  std::string fault;  ///< why there is none; empty: there is one
};

/// All *.session.jsonl of a folder and below it, by name. If there are none, one that stands for that fault, so that a
/// test fails rather than none runs.
std::vector<SessionFile> sessions(const std::string& folder);

/// Replays one session file and judges it. The fault says why there is no verdict: the file cannot be read or is
/// damaged, a setting is wrong, the bot does not start. May be called from several threads at once.
corpus::Result<::replay::Verdict> replay(const std::string& session, const Replay& settings);

}  // namespace rollcall
