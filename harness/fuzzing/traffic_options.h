// The options of every command that sends a bot what was not recorded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/fuzzing/campaign.h"
#include "harness/replay_command.h"

namespace harness {

/// Who is played to, and how, as given on the command line.
struct TrafficOptions {
  ReplayOptions playing;  ///< always as soon as possible
  bool allow_host = false;
  bool no_noise = false;
};

/// Adds them to a command's list. `what`: what is said of the option `session`.
void add_traffic(boost::program_options::options_description& list, TrafficOptions& options, const char* what);

/// What they come to.
struct Traffic {
  ReplaySettings settings;
  std::optional<BotCommand> exec;
  replay::JudgeOptions judging;
  Waits quick;
  Waits careful;  ///< ten times as patient, and a second at least
  bool tokens_checked = false;
};

/// Reads the options; the fault names the one that is wrong. A bot on another machine is refused unless that was asked
/// for. `command`: for notes, and has to last.
corpus::Result<Traffic> set_up_traffic(TrafficOptions& options, std::string_view command);

/// Reads a recording with its causes and its noise. What looks like a secret in it is replaced: nothing that was
/// recorded is to be shown to a bot as a token.
corpus::Result<CleanSession> load_clean(const TrafficOptions& options, std::string_view command,
                                        const std::string& file);

/// The options that name the bot, as a shell takes them.
std::string bot_in_shell(const TrafficOptions& options);
/// One argument as a shell takes it.
std::string in_shell(std::string_view argument);

}  // namespace harness
