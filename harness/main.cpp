// rollcall: dispatches to the commands.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <string>

#include "harness/accept_command.h"
#include "harness/corpus_command.h"
#include "harness/fuzzing/explore_command.h"
#include "harness/fuzzing/fuzz_command.h"
#include "harness/fuzzing/shrink_command.h"
#include "harness/judge_command.h"
#include "harness/learn_command.h"
#include "harness/options.h"
#include "harness/parse_command.h"
#include "harness/print.h"
#include "harness/record_command.h"
#include "harness/replay_command.h"
#include "harness/version.h"

namespace {

constexpr std::array kCommands{
    harness::Command{"record", "record what Graph and a bot say to each other", harness::record_command},
    harness::Command{"replay", "play recorded sessions to a bot and judge what it does", harness::replay_command},
    harness::Command{"learn", "learn from good runs which differences are noise", harness::learn_command},
    harness::Command{"judge", "give the verdict of a live session that was kept", harness::judge_command},
    harness::Command{"accept", "make a live session that was reviewed the new recording", harness::accept_command},
    harness::Command{"fuzz", "play mutated sessions to a bot and find what breaks it", harness::fuzz_command},
    harness::Command{"shrink", "make a finding of fuzz as small as it goes", harness::shrink_command},
    harness::Command{"explore", "play a session in every order that its causes allow", harness::explore_command},
    harness::Command{"parse", "show what is in notification payloads", harness::parse_command},
    harness::Command{"corpus", "list, show, verify and split sessions, make seeds of them", harness::corpus_command},
};

std::string usage() {
  std::string text = "usage: rollcall COMMAND [OPTION]…\n\nCommands (rollcall COMMAND --help tells more):\n";
  for (const harness::Command& command : kCommands) text += fmt::format("  {:10}{}\n", command.name, command.summary);
  return text + "\nrollcall --version prints the version.\n";
}

int dispatch(const harness::Arguments& args) {
  if (args.empty()) {
    harness::write_note(usage());
    return harness::bad_usage;
  }
  const std::string& name = args.front();
  if (args.size() > 1 && name.starts_with("-")) {
    harness::say("rollcall: too many arguments behind {} (see rollcall --help)\n", name);
    return harness::bad_usage;
  }
  if (name == "--version") {
    harness::print("rollcall {}\n", harness::kVersion);
    return harness::done;
  }
  if (name == "--help" || name == "-h" || name == "help") {
    harness::write_result(usage());
    return harness::done;
  }
  const auto* command = std::ranges::find(kCommands, name, &harness::Command::name);
  if (command == kCommands.end()) {
    harness::say("rollcall: no command '{}' (see rollcall --help)\n", name);
    return harness::bad_usage;
  }
  return command->run({args.begin() + 1, args.end()});
}

}  // namespace

int main(int argc, char** argv) {
  // A reader of our output that leaves early, or a file that may not grow, is an error of write(), not the end of us.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  int status = harness::environment;
  try {
    status = dispatch({argv + std::min(argc, 1), argv + argc});
  } catch (const std::exception& error) {
    harness::say("rollcall: {}\n", error.what());
  }
  const std::error_code ec = harness::flush_results();
  if (!ec) return status;
  // That a reader such as `head` wants no more is no news.
  if (ec != std::errc::broken_pipe) harness::say("rollcall: standard output cannot be written: {}\n", ec.message());
  return harness::environment;
}
