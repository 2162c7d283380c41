// What all commands share: exit statuses, and the reading of options.
#pragma once

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/positional_options.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/error.h"
#include "harness/address.h"

namespace harness {

/// What `rollcall` leaves with. The numbers are a promise to scripts.
enum ExitStatus : int {
  done = 0,          ///< done, and nothing found
  findings = 1,      ///< done, and something found
  bad_usage = 2,     ///< options, or input that cannot be read
  environment = 3,   ///< cannot bind, connect, start the bot, write
  inconclusive = 4,  ///< the player was later than its budget
};

/// The arguments behind the command's name.
using Arguments = std::vector<std::string>;

/// A command as `rollcall` knows it. To add one: write a file x_command.cpp with a struct of its options,
/// `int run_x(const XOptions&)` and `int x_command(const Arguments&)`, and a line in main.cpp's table.
struct Command {
  std::string_view name;
  std::string_view summary;           ///< one line for `rollcall --help`
  int (*run)(const Arguments& args);  ///< returns the exit status; results to stdout, everything else to stderr
};

/// What `rollcall COMMAND --help` prints around the list of options.
struct CommandHelp {
  std::string_view name;      ///< "record", or "corpus show"
  std::string_view synopsis;  ///< what comes behind the name
  std::string_view about;     ///< what the command does: whole lines
  std::string_view example;   ///< whole lines
};

/// A duration option, written 250ms, 5s or 2m: `value<Duration>(&options.patience)`.
struct Duration {
  std::chrono::microseconds time{0};
};

/// Reads `args` into the variables that `options` names; `--help` is added to them. Nothing, if the command is to go
/// on; else the status to leave with, after help was printed to stdout or one line about what is wrong to stderr.
/// `required` options have to be there; values of type Url, HostPort and Duration say themselves what is wrong.
std::optional<int> read_options(const CommandHelp& help, boost::program_options::options_description options,
                                const boost::program_options::positional_options_description& positional,
                                const Arguments& args);

/// Prints "rollcall NAME: fault" to stderr and returns `status`.
ExitStatus fail(std::string_view name, const corpus::Fault& fault, ExitStatus status);

// How Boost.ProgramOptions reads our types; found by their namespace.
void validate(boost::any& value, const std::vector<std::string>& texts, Url*, int);
void validate(boost::any& value, const std::vector<std::string>& texts, HostPort*, int);
void validate(boost::any& value, const std::vector<std::string>& texts, Duration*, int);

}  // namespace harness
