#include "harness/replay_command.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "harness/print.h"
#include "harness/replay_series.h"
#include "harness/session_input.h"

namespace harness {
namespace {

namespace po = boost::program_options;

constexpr CommandHelp kReplayHelp{
    .name = "replay",
    .synopsis = "SESSION… --bot URL | --exec COMMAND [--graph-listen HOST:PORT] [--speed F | --asap] [OPTION]…",
    .about =
        "Plays recorded sessions to a bot: sends it what was sent to it, stands in for Graph at\n"
        "--graph-listen, and says what the bot did differently. Start the bot first, with\n"
        "--graph-listen as its Graph base URL, or let --exec start it, afresh for each session\n"
        "and each run. Prints a line \"ready …\" once the Graph double accepts connections and\n"
        "the bot is there, then the verdict. Exit status: 0 the same, 1 different, 2 usage or\n"
        "unreadable input, 3 no bot there, port in use and the like (sessions that follow are not\n"
        "played then), 4 nothing found, but that means nothing: this machine was too busy, or the\n"
        "replay was quit (--step).\n"
        "With --step, commands are read from standard input (help lists them) and prompts go to\n"
        "standard error; at the end of the input the rest is played without stopping.\n",
    .example =
        "  rollcall replay sessions/first-call.session.jsonl --bot http://127.0.0.1:3978 \\\n"
        "    --graph-listen 127.0.0.1:9442 --max-gap 2s --live last.session.jsonl\n"
        "  rollcall replay sessions --exec './bot --graph {graph} --port {port}'\n"};

std::unexpected<corpus::Fault> fault(corpus::Error error, std::string where, std::string what) {
  return std::unexpected(corpus::Fault{error, std::move(where), std::move(what)});
}

// What can be said before any session is read.
corpus::Result<void> check(const ReplayOptions& options) {
  using corpus::Error;
  if (const auto good = check_playing(options); !good) return good;
  if (options.repeat == 0 || options.repeat > kMostRuns) {  // "-1" is read as a very great number
    return fault(Error::invalid, "--repeat", fmt::format("must be a number from 1 to {}", kMostRuns));
  }
  std::error_code ec;
  if (!options.live.empty() && std::filesystem::exists(options.live, ec)) {
    return fault(Error::invalid, "--live " + options.live, "is there already; choose another name");
  }
  return {};
}

// And once it is known how many there are: a folder may have any number.
corpus::Result<void> check_number(const ReplayOptions& options, std::size_t sessions) {
  if (sessions <= 1 && options.repeat == 1) return {};
  if (!options.live.empty()) {
    return fault(corpus::Error::invalid, "--live", "keeps one live session: give one SESSION, and no --repeat");
  }
  if (options.step) {
    return fault(corpus::Error::invalid, "--step", "is for one session: give one SESSION, and no --repeat");
  }
  return {};
}

}  // namespace

corpus::Result<void> check_playing(const ReplayOptions& options) {
  using corpus::Error;
  const double speed = options.speed.value_or(1);
  if (!std::isfinite(speed) || speed <= 0) {
    return fault(Error::invalid, fmt::format("--speed {}", speed), "must be a number greater than 0");
  }
  if (options.asap && options.speed) {
    return fault(Error::invalid, fmt::format("--speed {}", speed), "says nothing with --asap: give one of them");
  }
  if (options.asap && options.max_gap) {
    return fault(Error::invalid, "--max-gap", "says nothing with --asap, which waits for no recorded time");
  }
  if (options.keep_ids && options.seed) {
    return fault(Error::invalid, fmt::format("--seed {}", *options.seed),
                 "says nothing with --keep-ids: no fresh ids are made");
  }
  return {};
}

corpus::Result<Playing> set_up_playing(const ReplayOptions& options, const replay::JudgeOptions& judging,
                                       std::string_view command) {
  auto bot = bot_options(options.bot);
  if (!bot) return std::unexpected(bot.error());
  const auto tls = set_up_tls(options.tls, options.proxy.listen.has_value());
  if (!tls) return std::unexpected(tls.error());
  const auto proxy = proxy_settings(options.proxy, *tls, Url{});
  if (!proxy) return std::unexpected(proxy.error());
  const auto identity = set_up_identity(options.identity);
  if (!identity) return std::unexpected(identity.error());
  ReplaySettings settings;
  settings.tls = tls->listeners;
  settings.bot_trust = tls->bot;
  settings.proxy = *proxy;
  settings.identity = *identity;
  settings.on_note = [command](const std::string& note) { say("rollcall {}: {}\n", command, note); };
  say("{}", how_to_trust(options.tls, *tls));
  settings.bot = std::move(bot->url);
  settings.graph_listen = options.graph_listen;
  settings.live_path = options.live;
  settings.step = options.step;
  replay::ScheduleOptions& schedule = settings.schedule;
  schedule.speed = options.speed.value_or(1);
  schedule.asap = options.asap;
  if (options.max_gap) schedule.max_gap = options.max_gap->time.count();
  schedule.patience = options.patience.time.count();
  schedule.settle = options.settle.time.count();
  schedule.count_polling = judging.count_polling;
  schedule.keep_ids = options.keep_ids;
  schedule.ignored = judging.ignored;
  return Playing{std::move(settings), std::move(bot->exec)};
}

std::vector<OutputFile> outputs_of(const ReplayOptions& options) {
  std::vector<OutputFile> outputs = tls_outputs(options.tls);
  for (OutputFile& report : report_outputs(options.reports)) outputs.push_back(std::move(report));
  outputs.push_back({"--exec-log", options.bot.log});
  return outputs;
}

int run_replay(const ReplayOptions& options) {
  if (const auto good = check(options); !good) return fail(kReplayHelp.name, good.error(), bad_usage);
  const auto judging = judge_options(options.judging, options.asap);
  if (!judging) return fail(kReplayHelp.name, judging.error(), bad_usage);
  const auto files = session_files(options.sessions);
  if (!files) return fail(kReplayHelp.name, files.error(), bad_usage);
  if (const auto good = check_number(options, files->size()); !good)
    return fail(kReplayHelp.name, good.error(), bad_usage);
  if (const auto good = check_noise(options.noise, files->size()); !good) {
    return fail(kReplayHelp.name, good.error(), bad_usage);
  }
  if (const auto apart = check_outputs(outputs_of(options), *files); !apart) {
    return fail(kReplayHelp.name, apart.error(), bad_usage);
  }
  auto playing = set_up_playing(options, *judging, kReplayHelp.name);
  if (!playing) return fail(kReplayHelp.name, playing.error(), bad_usage);
  if (const auto log = begin_log(options.bot); !log) return fail(kReplayHelp.name, log.error(), environment);
  auto reports = ReportFiles::open(options.reports, *files);
  if (!reports) return fail(kReplayHelp.name, reports.error(), environment);
  Series series{.settings = std::move(playing->settings),
                .judging = *judging,
                .noise = options.noise,
                .seed = options.seed,
                .repeat = options.repeat,
                .style = text_style(options.judging),
                .paged = !options.reports.html.empty(),
                .exec = std::move(playing->exec)};
  ProgressLine progress(*files, series.settings.schedule, options.repeat);
  series.progress = &progress;
  replay::RunReport run = new_report();
  ExitStatus status = done;
  for (const std::string& file : *files) {
    const Stopwatch watch;
    progress.begin(std::filesystem::path(file).filename());
    Played played = play_file(file, series);
    progress.end(played.status != done);
    played.result.took = watch.time();
    show(played, series.style);
    status = worse_of(status, played.status);
    run.sessions.push_back(std::move(played.result));
    // Where one session found no bot, or no port, the others would not either.
    if (series.interrupted || played.status == environment) break;
  }
  run.not_played.assign(files->begin() + static_cast<std::ptrdiff_t>(run.sessions.size()), files->end());
  print("{}", replay::not_played_text(run));
  const auto written = reports->write(run);
  return written ? status : worse_of(status, fail(kReplayHelp.name, written.error(), environment));
}

namespace {

void add_timing(po::options_description& list, ReplayOptions& options) {
  list.add_options()("speed",
                     po::value<double>()->notifier([&](double speed) { options.speed = speed; })->value_name("F"),
                     "divide recorded times by this (default: 1)")("asap", po::bool_switch(&options.asap),
                                                                   "do not wait for recorded times, only for causes")(
      "max-gap",
      po::value<Duration>()->notifier([&](const Duration& gap) { options.max_gap = gap; })->value_name("TIME"),
      "wait no longer than this for any recorded time")(
      "patience", po::value(&options.patience)->default_value({std::chrono::seconds(10)}, "10s")->value_name("TIME"),
      "how long to wait for a request of the bot, beyond the time that it took in the recording")(
      "settle", po::value(&options.settle)->default_value({std::chrono::seconds(1)}, "1s")->value_name("TIME"),
      "how long nothing must happen at the end");
}

}  // namespace

void add_playing(po::options_description& list, ReplayOptions& options) {
  const HostPort anywhere{"127.0.0.1", 0};
  list.add_options()("session", po::value(&options.sessions)->required()->value_name("SESSION"),
                     "session file, or a folder of them; also without --session");
  add_bot(list, options.bot);
  list.add_options()(
      "graph-listen",
      po::value(&options.graph_listen)->default_value(anywhere, to_string(anywhere))->value_name("HOST:PORT"),
      "where the bot calls Graph");
  add_timing(list, options);
  list.add_options()("keep-ids", po::bool_switch(&options.keep_ids),
                     "send the recorded ids of calls and operations rather than fresh ones")(
      "seed", po::value<std::uint64_t>()->notifier([&](std::uint64_t seed) { options.seed = seed; })->value_name("N"),
      "what fresh ids are made from (default: chance)");
  add_proxy(list, options.proxy);
  add_tls(list, options.tls);
  add_identity(list, options.identity);
}

int replay_command(const Arguments& args) {
  ReplayOptions options;
  po::options_description list;
  add_playing(list, options);
  add_judging(list, options.judging);
  add_noise(list, options.noise);
  list.add_options()("live", po::value(&options.live)->value_name("FILE"),
                     "keep the live session there, for `rollcall judge`")(
      "repeat", po::value(&options.repeat)->default_value(1)->value_name("N"),
      "play each session so often, and tell findings of every run from flaky ones")(
      "step", po::bool_switch(&options.step),
      "stop before each delivery, show what is due and why, and read what to do from standard input: go, skip, edit, "
      "repeat, run to N, quit, help; time stands still meanwhile");
  add_reports(list, options.reports);
  po::positional_options_description positional;
  positional.add("session", -1);
  if (const auto status = read_options(kReplayHelp, list, positional, args)) return *status;
  return run_replay(options);
}

}  // namespace harness
