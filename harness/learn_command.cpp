#include "harness/learn_command.h"

#include <fmt/format.h>

#include <vector>

#include "corpus/describe.h"
#include "harness/file_replacing.h"
#include "harness/noise_options.h"
#include "harness/print.h"
#include "harness/replay_series.h"
#include "harness/session_input.h"
#include "harness/version.h"
#include "replay/noise_file.h"
#include "replay/noise_learning.h"
#include "replay/report.h"

namespace harness {
namespace {

namespace po = boost::program_options;

constexpr CommandHelp kLearnHelp{
    .name = "learn",
    .synopsis = "SESSION… --bot URL [--graph-listen HOST:PORT] [--runs N] [OPTION]…",
    .about =
        "Replays sessions to a bot that is known to be good, each --runs times, and keeps what\n"
        "varied (values, order, requests that need not come, times) in NAME.noise.json beside\n"
        "NAME.session.jsonl, with all that was seen, for people to review. `rollcall replay` and\n"
        "`rollcall judge` take it from there. To learn again adds to it. Exit status: 0 learnt,\n"
        "1 the runs show what is no noise, and nothing was learnt, 2 usage or unreadable input,\n"
        "3 no bot there and the like. How noise is generalised: replay/NOISE.md.\n",
    .example =
        "  rollcall learn sessions/first-call.session.jsonl --bot http://127.0.0.1:3978 \\\n"
        "    --graph-listen 127.0.0.1:9442 --asap --runs 5\n"};

// What has been learnt of one session so far.
struct Lesson {
  replay::NoiseRecord known;          // from a file, and from runs that were cut short
  std::vector<corpus::Session> runs;  // that came to their end
  replay::Learnt learnt;
};

// What the noise file has from earlier runs.
corpus::Result<replay::NoiseRecord> known_before(const LearnOptions& options, const std::string& file,
                                                 const corpus::Session& session) {
  replay::NoiseRecord fresh;
  fresh.session = session.info.name;
  fresh.origin = fmt::format("learnt by rollcall {}", kVersion);
  auto digest = digest_of(file);
  if (!digest) return std::unexpected(digest.error());
  fresh.digest = std::move(*digest);
  if (options.anew) return fresh;
  auto known = read_noise(noise_path(file));
  if (!known) return std::unexpected(known.error());
  if (!*known) return fresh;
  if ((*known)->digest != fresh.digest) {
    return std::unexpected(corpus::Fault{corpus::Error::invalid, noise_path(file),
                                         "was learnt from another version of this session; --anew replaces it"});
  }
  (*known)->origin = fresh.origin;
  return std::move(**known);
}

// Plays once more, with what is known by now, so that a request that need not come keeps no run from its end.
corpus::Result<void> add_run(const corpus::Session& session, Series& series, Lesson& lesson) {
  const replay::Noise so_far(lesson.learnt.record, session);
  series.judging.noise = &so_far;
  auto live = play_once(session, series);
  series.judging.noise = nullptr;
  if (!live) return std::unexpected(live.error());
  lesson.runs.push_back(std::move(*live));
  lesson.learnt = replay::learn_noise(session, lesson.runs, lesson.known, series.judging);
  if (!replay::was_cut_short(lesson.learnt.verdicts.back())) return {};
  lesson.runs.pop_back();
  lesson.known.presences = lesson.learnt.record.presences;
  ++lesson.known.runs;
  return {};
}

std::string counted(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

double seconds(corpus::Micros time) {
  return static_cast<double>(time) / 1e6;
}

// What varies so far: "2 places, 1 time vary", "nothing varies".
std::string varying(const replay::NoiseRecord& record) {
  std::vector<std::string> kinds;
  const auto add = [&](std::size_t count, std::string_view one, std::string_view many) {
    if (count != 0) kinds.push_back(counted(count, one, many));
  };
  add(record.places.size(), "place", "places");
  add(record.orders.size(), "order", "orders");
  add(record.presences.size(), "presence", "presences");
  add(record.extras.size(), "extra request", "extra requests");
  add(record.times.size(), "time", "times");
  const std::size_t all = record.places.size() + record.orders.size() + record.presences.size() + record.extras.size() +
                          record.times.size();
  return all == 0 ? "nothing varies" : fmt::format("{} {}", fmt::join(kinds, ", "), all == 1 ? "varies" : "vary");
}

// The lesson in a few lines.
void show(const std::string& path, const replay::NoiseRecord& record) {
  print("learnt: {}: {}, {}, {} in either order, {} that need not come, {} beyond the recording, {}\n", path,
        counted(record.runs, "run", "runs"), counted(record.places.size(), "place that varies", "places that vary"),
        counted(record.orders.size(), "pair", "pairs"), counted(record.presences.size(), "request", "requests"),
        counted(record.extras.size(), "request", "requests"), counted(record.times.size(), "long time", "long times"));
  for (const replay::NoisyPlace& place : record.places) {
    print("  {} {}: {} (in {} of {} runs)\n", place.request, place.pointer.empty() ? "body" : place.pointer,
          replay::model_of(place).describe(), place.runs, record.runs);
  }
  for (const replay::NoisyPresence& presence : record.presences) {
    print("  {} (exchange {}): missing in {} of {} runs\n", presence.request, presence.exchange, presence.runs,
          record.runs);
  }
  for (const replay::NoisyTime& time : record.times) {
    print("  {} (exchange {}): took {:.3f} to {:.3f} s, recorded {:.3f} s\n", time.request, time.exchange,
          seconds(time.least), seconds(time.most), seconds(time.recorded));
  }
  for (const replay::NoisyExtra& extra : record.extras) {
    print("  {}: not in the recording, up to {} in a run, in {} of {} runs\n", extra.request, extra.most, extra.runs,
          record.runs);
  }
}

// What was learnt, unless the runs show what is no noise.
ExitStatus keep(const std::string& file, const Lesson& lesson, const replay::TextStyle& style) {
  for (const replay::Verdict& verdict : lesson.learnt.verdicts) {
    if (verdict.findings.empty()) continue;
    print("{}", replay::report_text(verdict, file, style));
    say("rollcall learn: {}: this is no noise, so nothing was learnt: is this bot known to be good?\n", file);
    return findings;
  }
  for (const replay::NoisyPresence& presence : lesson.learnt.record.presences) {
    if (presence.runs != lesson.learnt.record.runs) continue;
    say("rollcall learn: {}: {} (exchange {}) came in no run: that is no noise, so nothing was learnt: is this bot "
        "known "
        "to be good, and does the recording still fit it?\n",
        file, corpus::printable(presence.request), presence.exchange);
    return findings;
  }
  const std::string path = noise_path(file);
  const auto written = replace_file(path, replay::noise_text(lesson.learnt.record));
  if (!written) return fail(kLearnHelp.name, written.error(), environment);
  show(path, lesson.learnt.record);
  return done;
}

ExitStatus learn_file(const std::string& file, const LearnOptions& options, Series& series) {
  const auto session = load_for_replay(kLearnHelp.name, file);
  if (!session) return fail(kLearnHelp.name, session.error(), bad_usage);
  if (!session->damage.empty()) {
    return fail(kLearnHelp.name,
                {corpus::Error::damaged, file, "noise of a damaged recording would be that of its rest"}, bad_usage);
  }
  auto known = known_before(options, file, *session);
  if (!known) return fail(kLearnHelp.name, known.error(), bad_usage);
  Lesson lesson{*known, {}, {*known, {}}};
  for (unsigned run = 1; lesson.runs.size() < options.runs && run <= 2 * options.runs; ++run) {
    if (const auto good = add_run(*session, series, lesson); !good)
      return fail(kLearnHelp.name, good.error(), environment);
    say("run {} of {}: {}\n", lesson.runs.size(), options.runs, varying(lesson.learnt.record));
  }
  if (lesson.runs.empty()) {
    return fail(kLearnHelp.name, {corpus::Error::invalid, file, "no run came to its end: nothing was learnt"},
                findings);
  }
  return keep(file, lesson, series.style);
}

}  // namespace

int run_learn(const LearnOptions& options) {
  if (const auto good = check_playing(options.playing); !good) return fail(kLearnHelp.name, good.error(), bad_usage);
  if (options.runs == 0 || options.runs > kMostRuns) {  // "-1" is read as a very great number
    const std::string range = fmt::format("must be a number from 1 to {}", kMostRuns);
    return fail(kLearnHelp.name, {corpus::Error::invalid, "--runs", range}, bad_usage);
  }
  auto judging = judge_options(options.playing.judging, options.playing.asap);
  if (!judging) return fail(kLearnHelp.name, judging.error(), bad_usage);
  judging->lateness_budget.reset();  // a machine that was busy makes no noise
  const auto files = session_files(options.playing.sessions);
  if (!files) return fail(kLearnHelp.name, files.error(), bad_usage);
  if (const auto apart = check_outputs(outputs_of(options.playing), *files); !apart) {
    return fail(kLearnHelp.name, apart.error(), bad_usage);
  }
  auto playing = set_up_playing(options.playing, *judging, kLearnHelp.name);
  if (!playing) return fail(kLearnHelp.name, playing.error(), bad_usage);
  if (const auto log = begin_log(options.playing.bot); !log) return fail(kLearnHelp.name, log.error(), environment);
  Series series{.settings = std::move(playing->settings),
                .judging = *judging,
                .noise = {},
                .seed = options.playing.seed,
                .style = text_style(options.playing.judging),
                .exec = std::move(playing->exec)};
  ExitStatus status = done;
  for (const std::string& file : *files) {
    status = worse_of(status, learn_file(file, options, series));
    (void)flush_results();  // main looks again
    if (series.interrupted) break;
  }
  return status;
}

int learn_command(const Arguments& args) {
  LearnOptions options;
  po::options_description list;
  add_playing(list, options.playing);
  add_comparing(list, options.playing.judging);
  add_answer_limit(list, options.playing.judging);
  add_deadline(list, options.playing.judging);
  add_color(list, options.playing.judging);
  list.add_options()("runs", po::value(&options.runs)->default_value(5)->value_name("N"),
                     "how often to play each session")("anew", po::bool_switch(&options.anew),
                                                       "replace what was learnt before, rather than add to it");
  po::positional_options_description positional;
  positional.add("session", -1);
  if (const auto status = read_options(kLearnHelp, list, positional, args)) return *status;
  return run_learn(options);
}

}  // namespace harness
