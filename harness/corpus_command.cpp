#include "harness/corpus_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "corpus/describe.h"
#include "corpus/sequence.h"
#include "corpus/session_file.h"
#include "corpus/split.h"
#include "harness/print.h"
#include "harness/redact_command.h"
#include "harness/seeds_command.h"
#include "harness/session_input.h"
#include "harness/verify_command.h"

namespace harness {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

constexpr CommandHelp kListHelp{.name = "corpus list",
                                .synopsis = "[FILE|DIR]…",
                                .about = "One line for each session: exchanges on either leg, duration, state, file.\n",
                                .example = "  rollcall corpus list sessions\n"};

constexpr CommandHelp kShowHelp{.name = "corpus show",
                                .synopsis = "FILE…",
                                .about = "Each session as a sequence of messages, in order of time.\n",
                                .example = "  rollcall corpus show sessions/first-call.session.jsonl\n"};

constexpr CommandHelp kSplitHelp{
    .name = "corpus split",
    .synopsis = "FILE --out DIR",
    .about =
        "Cuts a recording of many calls into one session for each call, named FILE-1, FILE-2, …\n"
        "Calls that belong together stay together. Prints the files that it writes.\n",
    .example = "  rollcall corpus split sessions/monday.session.jsonl --out sessions/monday\n"};

// Reads the files that a command is about; nothing if the command is over with `status`.
std::optional<std::vector<std::string>> read_files(const CommandHelp& help, const Arguments& args, bool here,
                                                   int& status) {
  std::vector<std::string> paths;
  po::options_description list;
  auto* value = po::value(&paths)->value_name("FILE");
  list.add_options()("file", here ? value->default_value({"."}, "this folder") : value->required(),
                     "session file or folder; also without --file");
  po::positional_options_description positional;
  positional.add("file", -1);
  if (const auto over = read_options(help, list, positional, args)) {
    status = *over;
    return std::nullopt;
  }
  auto files = session_files(paths);
  if (files) return std::move(*files);
  status = fail(help.name, files.error(), bad_usage);
  return std::nullopt;
}

std::string_view state_of(const corpus::Session& session) {
  if (!session.damage.empty()) return "damaged";
  return session.end ? "whole" : "cut off";
}

corpus::Micros duration_of(const corpus::Session& session) {
  corpus::Micros last = session.end ? session.end->time : 0;
  for (const corpus::Exchange& exchange : session.exchanges) {
    last = std::max({last, exchange.sent, exchange.ended_at_all() ? exchange.ended : 0});
  }
  return last;
}

int list_command(const Arguments& args) {
  int status = done;
  const auto files = read_files(kListHelp, args, true, status);
  if (!files) return status;
  print("{:>8} {:>8} {:>10}  {:8} {}\n", "webhook", "graph", "seconds", "state", "file");
  for (const std::string& file : *files) {
    const auto session = corpus::read_session(file);
    if (!session) {
      status = fail(kListHelp.name, session.error(), bad_usage);
      continue;
    }
    const auto webhook = std::ranges::count(session->exchanges, corpus::Leg::webhook, &corpus::Exchange::leg);
    print("{:>8} {:>8} {:>10.3f}  {:8} {}\n", webhook, session->exchanges.size() - static_cast<std::size_t>(webhook),
          static_cast<double>(duration_of(*session)) / 1e6, state_of(*session), corpus::printable(file));
  }
  return status;
}

int show_command(const Arguments& args) {
  int status = done;
  const auto files = read_files(kShowHelp, args, false, status);
  if (!files) return status;
  for (const std::string& file : *files) {
    const auto session = corpus::read_session(file);
    if (!session) {
      status = fail(kShowHelp.name, session.error(), bad_usage);
      continue;
    }
    print("{}{}", &file == &files->front() ? "" : "\n", corpus::sequence_text(*session));
  }
  return status;
}

// Where the parts go. A fault if one is there already: nothing is written then.
corpus::Result<std::vector<fs::path>> part_paths(const std::string& file, const std::string& out, std::size_t parts) {
  std::string stem = fs::path(file).filename().string();
  if (stem.ends_with(corpus::kSessionSuffix)) stem.resize(stem.size() - corpus::kSessionSuffix.size());
  std::vector<fs::path> paths;
  for (std::size_t i = 0; i < parts; ++i) {
    paths.push_back(fs::path(out) / fmt::format("{}-{}{}", stem, i + 1, corpus::kSessionSuffix));
    std::error_code ec;
    if (fs::exists(paths.back(), ec)) {
      return std::unexpected(corpus::Fault{corpus::Error::invalid, paths.back().string(), "is there already"});
    }
  }
  return paths;
}

int run_split(const std::string& file, const std::string& out) {
  const auto session = load_session(kSplitHelp.name, file);
  if (!session) return fail(kSplitHelp.name, session.error(), bad_usage);
  if (session->exchanges.empty()) {
    return fail(kSplitHelp.name, {corpus::Error::invalid, file, "there is no exchange in it: nothing to split"},
                bad_usage);
  }
  const std::vector<corpus::Session> parts = corpus::split_calls(*session);
  const auto paths = part_paths(file, out, parts.size());
  if (!paths) return fail(kSplitHelp.name, paths.error(), bad_usage);
  std::error_code ec;
  fs::create_directories(out, ec);
  if (ec) return fail(kSplitHelp.name, {corpus::Error::unreadable, out, ec.message()}, environment);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto written = corpus::write_session((*paths)[i], parts[i]);
    if (!written) {
      fs::remove((*paths)[i], ec);  // half a part would pass for a recording that was cut off
      return fail(kSplitHelp.name, written.error(), environment);
    }
    print("{}\n", (*paths)[i].string());
  }
  return session->damage.empty() ? done : bad_usage;  // the parts lack what could not be read
}

int split_command(const Arguments& args) {
  std::string file;
  std::string out;
  po::options_description list;
  list.add_options()("file", po::value(&file)->required()->value_name("FILE"), "session file; also without --file")(
      "out", po::value(&out)->required()->value_name("DIR"), "folder for the parts; made if it is not there");
  po::positional_options_description positional;
  positional.add("file", 1);
  if (const auto over = read_options(kSplitHelp, list, positional, args)) return *over;
  return run_split(file, out);
}

constexpr std::array kCommands{
    Command{"list", "list sessions", list_command},
    Command{"show", "show a session as a sequence of messages", show_command},
    Command{"verify", "check what sessions and Graph promise", verify_command},
    Command{"split", "cut a recording into one session for each call", split_command},
    Command{"redact", "replace secrets, and people if asked to", redact_command},
    Command{"seeds", "make seeds for fuzz targets from recordings", seeds_command},
};

void print_usage() {
  print("usage: rollcall corpus COMMAND [OPTION]…\n\n");
  for (const Command& command : kCommands) print("  {:10}{}\n", command.name, command.summary);
  print("\nExample:\n  rollcall corpus show sessions/first-call.session.jsonl\n");
}

}  // namespace

int corpus_command(const Arguments& args) {
  const std::string name = args.empty() ? "" : args.front();
  if (name == "--help" || name == "-h") {
    print_usage();
    return done;
  }
  const auto* command = std::ranges::find(kCommands, name, &Command::name);
  if (command != kCommands.end()) return command->run({args.begin() + 1, args.end()});
  say("rollcall corpus: {} (see rollcall corpus --help)\n",
      name.empty() ? "a command is missing" : fmt::format("no command '{}'", name));
  return bad_usage;
}

}  // namespace harness
