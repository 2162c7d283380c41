#include "harness/judge_command.h"

#include "harness/print.h"
#include "harness/session_input.h"
#include "replay/report.h"
#include "replay/session_page.h"

namespace harness {
namespace {

namespace po = boost::program_options;

constexpr CommandHelp kJudgeHelp{
    .name = "judge",
    .synopsis = "RECORDED LIVE [OPTION]…",
    .about =
        "Gives the verdict of a live session that `rollcall replay --live` kept, or of any other\n"
        "recording of the same call. Exit status: 0 the same, 1 different, 2 unreadable, 4 nothing\n"
        "found, but that means nothing: the player was too late, or the replay was quit.\n",
    .example = "  rollcall judge sessions/first-call.session.jsonl last.session.jsonl\n"};

}  // namespace

int run_judge(const JudgeCommandOptions& options) {
  auto judging = judge_options(options.judging);
  if (!judging) return fail(kJudgeHelp.name, judging.error(), bad_usage);
  if (const auto good = check_noise(options.noise, 1); !good) return fail(kJudgeHelp.name, good.error(), bad_usage);
  auto reports = ReportFiles::open(options.reports, {options.recorded, options.live});
  if (!reports)
    return fail(kJudgeHelp.name, reports.error(),
                reports.error().error == corpus::Error::invalid ? bad_usage : environment);
  const Stopwatch watch;
  const auto recorded = load_session(kJudgeHelp.name, options.recorded);
  if (!recorded) return fail(kJudgeHelp.name, recorded.error(), bad_usage);
  const auto live = load_session(kJudgeHelp.name, options.live);
  if (!live) return fail(kJudgeHelp.name, live.error(), bad_usage);
  const auto noise = load_noise(options.noise, options.recorded, *recorded);
  if (!noise) return fail(kJudgeHelp.name, noise.error(), bad_usage);
  judging->noise = LoadedNoise::of(*noise);
  replay::Verdict verdict = replay::judge(*recorded, *live, *judging);
  verdict.noise = LoadedNoise::use_of(*noise);
  print("{}", replay::report_text(verdict, options.recorded, text_style(options.judging)));
  replay::RunReport run = new_report();
  run.sessions.push_back({options.recorded, recorded->info.name, watch.time(), verdict});
  write_result(annotations_here(run.sessions.back()));
  if (!options.reports.html.empty()) run.sessions.back().page = replay::session_page(*recorded, *live, verdict);
  const auto written = reports->write(run);
  return written ? status_of(verdict) : fail(kJudgeHelp.name, written.error(), environment);
}

int judge_command(const Arguments& args) {
  JudgeCommandOptions options;
  po::options_description list;
  list.add_options()("recorded", po::value(&options.recorded)->required()->value_name("FILE"), "the recording")(
      "live", po::value(&options.live)->required()->value_name("FILE"), "the live session");
  add_judging(list, options.judging);
  add_noise(list, options.noise);
  add_reports(list, options.reports);
  po::positional_options_description positional;
  positional.add("recorded", 1).add("live", 1);
  if (const auto status = read_options(kJudgeHelp, list, positional, args)) return *status;
  return run_judge(options);
}

}  // namespace harness
