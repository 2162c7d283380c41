// The options of every command that needs a bot: where it is, or how to start it.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "harness/bot_process.h"
#include "harness/options.h"

namespace harness {

/// --bot, and --exec with what belongs to it.
struct ExecOptions {
  std::string bot = {};                      ///< as given; empty: not given
  std::string command = {};                  ///< empty: the bot runs already
  std::optional<Duration> start_limit = {};  ///< absent: as long as a slow runtime needs
  std::string log = {};
};

/// A bot as a command is to find it.
struct BotOptions {
  Url url;                         ///< port 0 only with a command
  std::optional<BotCommand> exec;  ///< absent: the bot runs already
};

/// Adds them to the options of a command. `options` must outlive the reading.
void add_bot(boost::program_options::options_description& list, ExecOptions& options);

/// What they say together; the fault names the option. Without --bot, a bot that is started gets a port of this machine
/// that is free.
corpus::Result<BotOptions> bot_options(const ExecOptions& options);

/// Empties the file of --exec-log, if there is to be one, so that it holds the output of this run alone.
corpus::Result<void> begin_log(const ExecOptions& options);

}  // namespace harness
