#include "harness/fuzzing/payload_shrinking.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "fuzz/payload_shrinker.h"
#include "harness/file_replacing.h"
#include "harness/fuzzing/flaky.h"
#include "harness/fuzzing/interruption.h"
#include "harness/fuzzing/program_run.h"
#include "harness/fuzzing/traffic_options.h"
#include "harness/print.h"
#include "harness/private_file.h"
#include "harness/whole_file.h"

namespace harness {
namespace {

namespace po = boost::program_options;

constexpr CommandHelp kPayloadHelp{
    .name = "shrink",
    .synopsis = "--payload FILE --exec 'PROGRAM {}' [OPTION]…",
    .about =
        "Makes a payload smaller as long as PROGRAM, which gets it as a file in the place of {},\n"
        "fails in the same way: same end, same line of a sanitizer or an assertion. A JSON payload\n"
        "stays JSON. Exit status: 0 made as small as it goes, or as --budget allows, 2 usage or\n"
        "unreadable input, 3 no process could be made and the like, 4 PROGRAM does not fail, or\n"
        "interrupted.\n",
    .example = "  rollcall shrink --payload crash-5b0c3e4f --exec './bot_parser_fuzz {}'\n"};

constexpr std::string_view kPlace = "{}";
constexpr unsigned kPayloadRuns = 3;  // to see how often it shows

std::string without_braces(std::string command, const std::string& path) {
  const std::string word = in_shell(path);
  for (std::size_t at = 0; (at = command.find(kPlace, at)) != std::string::npos; at += word.size()) {
    command.replace(at, kPlace.size(), word);
  }
  return command;
}

// Gives the program payload after payload.
class PayloadTrial {
 public:
  PayloadTrial(const PayloadShrinkOptions& options, PrivateFile file)
      : limit_(options.limit.time),
        file_(std::move(file)),
        command_(without_braces(options.command, file_.path())),
        interruption_(io_, [this] { stopped_ = true; }) {}

  bool stopped() const { return stopped_ || fault_; }
  const std::optional<corpus::Fault>& fault() const { return fault_; }

  // What the program does wrong with it; empty: nothing, or we were stopped.
  std::string symptom(const std::string& payload) {
    if (const auto written = file_.write(payload); !written) {
      fault_ = written.error();
      return {};
    }
    const auto run = run_program(command_, limit_, [this] {
      io_.poll();
      return !stopped_;
    });
    if (!run) fault_ = run.error();
    return !run || run->broken_off ? std::string() : symptom_of(*run);
  }

 private:
  std::chrono::microseconds limit_;
  PrivateFile file_;
  std::string command_;
  boost::asio::io_context io_{1};
  bool stopped_ = false;
  std::optional<corpus::Fault> fault_;
  Interruption interruption_;
};

// What a payload is held against.
struct Wanted {
  std::string symptom;
  unsigned tries = 1;
};

// The symptom of the whole payload, and how often it has to be tried; nothing if there is none.
std::optional<Wanted> look(PayloadTrial& trial, const std::string& payload) {
  Wanted wanted;
  unsigned shown = 0;
  for (unsigned i = 0; i < kPayloadRuns && !trial.stopped(); ++i) {
    const std::string symptom = trial.symptom(payload);
    if (wanted.symptom.empty()) wanted.symptom = symptom;
    if (!symptom.empty() && symptom == wanted.symptom) ++shown;
  }
  if (shown == 0 || trial.stopped()) return std::nullopt;
  wanted.tries = tries_for(shown, kPayloadRuns);
  say("shown in {} of {} runs{}: {}\n", shown, kPayloadRuns,
      wanted.tries > 1 ? fmt::format(" (flaky: each candidate is run up to {} times)", wanted.tries) : std::string(),
      wanted.symptom);
  return wanted;
}

void shrink(PayloadTrial& trial, const Wanted& wanted, fuzz::PayloadShrinker& shrinker) {
  while (const std::string* const candidate = shrinker.next()) {
    bool shows = false;
    for (unsigned i = 0; i < wanted.tries && !shows && !trial.stopped(); ++i) {
      shows = trial.symptom(*candidate) == wanted.symptom;
    }
    if (trial.stopped()) return;
    shrinker.verdict(shows);
    if (shrinker.runs() % 50 == 0) {
      say("{} runs: {} bytes left, at {}\n", shrinker.runs(), shrinker.best().size(), shrinker.stage());
    }
  }
}

corpus::Result<std::string> payload_of(const PayloadShrinkOptions& options, const std::string& out) {
  if (!options.command.contains(kPlace)) {
    return corpus::invalid("--exec", "has no {}: that is where the payload's file goes");
  }
  if (options.budget == 0) return corpus::invalid("--budget 0", "must be greater than 0");
  std::error_code ec;
  if (std::filesystem::equivalent(options.payload, out, ec)) {
    return corpus::invalid("--out " + out, "is the payload itself, which would be lost");
  }
  return read_whole(options.payload);
}

}  // namespace

bool is_about_payload(const Arguments& args) {
  return std::ranges::any_of(
      args, [](const std::string& arg) { return arg == "--payload" || arg.starts_with("--payload="); });
}

int run_shrink_payload(const PayloadShrinkOptions& options) {
  const std::string out = options.out.empty() ? options.payload + ".min" : options.out;
  const auto payload = payload_of(options, out);
  if (!payload) return fail(kPayloadHelp.name, payload.error(), bad_usage);
  auto file = PrivateFile::create({});
  if (!file) return fail(kPayloadHelp.name, file.error(), environment);
  PayloadTrial trial(options, std::move(*file));
  const auto wanted = look(trial, *payload);
  fuzz::PayloadShrinker shrinker(*payload, options.budget);
  if (wanted) shrink(trial, *wanted, shrinker);
  if (trial.fault()) return fail(kPayloadHelp.name, *trial.fault(), environment);
  if (!wanted) {
    say("rollcall shrink: {}: {}\n", options.payload,
        trial.stopped() ? "interrupted" : fmt::format("the program ends well with it in {} runs", kPayloadRuns));
    return inconclusive;
  }
  if (const auto written = replace_file(out, shrinker.best()); !written) {
    return fail(kPayloadHelp.name, written.error(), environment);
  }
  print("{}: {} bytes of {}, {}, after {} runs{}\n{}\n", out, shrinker.best().size(), payload->size(),
        shrinker.is_json() ? "JSON" : "no JSON", shrinker.runs(),
        trial.stopped()      ? ", interrupted: it may get smaller"
        : shrinker.minimal() ? ""
                             : "; the budget is used up, more of them may make it smaller",
        wanted->symptom);
  return trial.stopped() ? inconclusive : done;
}

int shrink_payload_command(const Arguments& args) {
  PayloadShrinkOptions options;
  po::options_description list;
  list.add_options()("payload", po::value(&options.payload)->required()->value_name("FILE"),
                     "what the program fails on, of at most a mebibyte")(
      "exec", po::value(&options.command)->required()->value_name("COMMAND"),
      "runs the program; {} is where the file goes")("out", po::value(&options.out)->value_name("FILE"),
                                                     "where the smallest one goes (default: FILE.min)")(
      "budget", po::value(&options.budget)->default_value(2000)->value_name("N"), "candidates, at most")(
      "time-limit", po::value(&options.limit)->default_value({std::chrono::seconds(10)}, "10s")->value_name("TIME"),
      "a program that runs longer is killed, and hangs");
  if (const auto status = read_options(kPayloadHelp, list, {}, args)) return *status;
  return run_shrink_payload(options);
}

}  // namespace harness
