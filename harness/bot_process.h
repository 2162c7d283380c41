// A bot that Rollcall itself starts and ends: --exec.
//
// What the command is told, and what becomes of it, is on the page harness/TESTING.md.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "corpus/error.h"
#include "harness/address.h"
#include "harness/child_process.h"
#include "harness/net.h"

namespace harness {

/// How to start a bot.
struct BotCommand {
  std::string command;                            ///< for the shell; may name {graph}, {proxy}, {bot}, {host}, {port}
  std::chrono::milliseconds start_limit{30'000};  ///< from its start until it takes connections
  std::chrono::milliseconds grace{5'000};         ///< from being asked to end until it is killed
  std::size_t kept_lines = 20;                    ///< of its output, the last ones
  std::string log_path;                           ///< all of its output is appended there; empty: nowhere
};

/// How a bot ended, and what it said last, one text for each line.
struct BotEnd {
  ProcessEnd how;
  std::vector<std::string> output;
};

/// The URL with a port that is free now in the place of port 0; any other as it is. Somebody else may take the port
/// before the bot does: see BotProcess::lost_port().
corpus::Result<Url> with_free_port(Url bot);

/// What a bot calls during a replay: base URLs of the Graph double and, if there is one, of the forward proxy.
struct Doubles {
  std::string graph;
  std::string proxy = {};
};

/// The command with the addresses in the place of `{graph}`, `{proxy}`, `{bot}`, `{host}` and `{port}`. `${port}` is
/// the shell's and stays.
std::string with_addresses(const std::string& command, const Url& bot, const Doubles& doubles);

/// Starts one bot, waits until it listens, keeps its last output, notices its death, ends it.
///
/// Its output is read as it comes, so that the bot never waits for us, and thrown away but for the last lines. Nothing
/// is done about signals of our own process: its end is looked for, many times a second. The io_context must outlive
/// it; it may be destroyed at any time, which kills the bot and all that it started.
class BotProcess {
 public:
  /// `bot`: where it is to listen.
  BotProcess(boost::asio::io_context& io, BotCommand command, Url bot);
  ~BotProcess();
  BotProcess(const BotProcess&) = delete;
  BotProcess& operator=(const BotProcess&) = delete;

  /// Runs the command and waits until something takes connections at its address. The doubles listen already. The fault
  /// says how the bot ended before, or that it took too long, and what it said.
  Task<corpus::Result<void>> start(Doubles doubles);
  /// Makes a start() that is under way return soon, with a fault.
  void give_up();
  /// After a start() that failed: whether the bot ended because its port was somebody else's.
  bool lost_port() const;

  /// Asks to be told, once, when the bot ends without having been asked to.
  void when_died(std::function<void(const BotEnd&)> told);
  /// How it ended, if it has.
  std::optional<BotEnd> ended() const;
  /// Its process group, while it runs.
  std::optional<int> group() const;
  /// The last lines of what it wrote.
  std::vector<std::string> output() const;

  /// Asks the bot to end, kills it when the grace is over, and returns once it is gone with all that it started.
  /// Nothing if it was never started. False: it had to be killed.
  Task<bool> end();

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with the coroutines that read and watch, which may outlive the process
};

}  // namespace harness
