#include "harness/accept_command.h"

#include <fmt/format.h>

#include <filesystem>

#include "corpus/session_file.h"
#include "harness/file_replacing.h"
#include "harness/noise_options.h"
#include "harness/print.h"
#include "harness/session_input.h"
#include "harness/version.h"
#include "replay/accepting.h"
#include "replay/report.h"

namespace harness {
namespace {

namespace po = boost::program_options;

constexpr CommandHelp kAcceptHelp{
    .name = "accept",
    .synopsis = "RECORDED LIVE [--out FILE] [--force] [OPTION]…",
    .about =
        "Makes a live session that `rollcall replay --live` kept, and that somebody looked at, the\n"
        "new recording: its messages, order and times under the ids, numbers, name and notes of the\n"
        "old one, which it replaces in one step. Refuses a run that was cut off, damaged or too\n"
        "late. Exit status: 0 done, 1 refused, 2 usage or unreadable input, 3 cannot be written.\n",
    .example =
        "  rollcall replay first.session.jsonl --bot http://127.0.0.1:3978 --live new.session.jsonl\n"
        "  rollcall accept first.session.jsonl new.session.jsonl\n"};

// A quick replay has times that no bot will have again.
constexpr corpus::Micros kMuchFaster = 2;

corpus::Fault invalid(std::string where, std::string what) {
  return {corpus::Error::invalid, std::move(where), std::move(what)};
}

// Written beside its place, and moved there whole.
corpus::Result<void> put(const corpus::Session& session, const std::string& path) {
  const std::string beside = name_beside(path);
  if (const auto written = corpus::write_session(beside, session); !written) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    return written;
  }
  return move_into_place(beside, path);
}

// What the new recording's owner should know.
void tell(const AcceptOptions& options, const std::string& path, const corpus::Session& recorded,
          const replay::Accepted& accepted) {
  print("accepted: {}: {} exchanges, {} of the old recording gone, {} new\n", path, accepted.session.exchanges.size(),
        accepted.gone, accepted.added);
  for (const std::string& note : accepted.notes) say("rollcall accept: {}\n", note);
  if (recorded.end && accepted.session.end->time * kMuchFaster < recorded.end->time) {
    say("rollcall accept: the times of {} are those of a quick replay: the new recording has them now\n", options.live);
  }
  std::error_code ec;
  if (const std::string noise = noise_path(path); std::filesystem::exists(noise, ec)) {
    say("rollcall accept: {} was learnt from the old recording: learn it anew (rollcall learn --anew)\n", noise);
  }
}

}  // namespace

int run_accept(const AcceptOptions& options) {
  const auto judging = judge_options(options.judging);
  if (!judging) return fail(kAcceptHelp.name, judging.error(), bad_usage);
  std::error_code ec;
  if (!options.out.empty() && std::filesystem::exists(options.out, ec)) {
    return fail(kAcceptHelp.name, invalid("--out " + options.out, "is there already; choose another name"), bad_usage);
  }
  // By whatever name: the run would be accepted as itself, and the recording that it is to replace be gone already.
  if (std::filesystem::equivalent(options.recorded, options.live, ec)) {
    return fail(kAcceptHelp.name,
                invalid(options.live, fmt::format("is the recording itself ({}): give the live session that is to take "
                                                  "its place",
                                                  options.recorded)),
                bad_usage);
  }
  const auto recorded = load_session(kAcceptHelp.name, options.recorded);
  if (!recorded) return fail(kAcceptHelp.name, recorded.error(), bad_usage);
  if (!recorded->damage.empty()) {
    return fail(kAcceptHelp.name, invalid(options.recorded, "is damaged: what stands there would be lost"), bad_usage);
  }
  const auto live = load_session(kAcceptHelp.name, options.live);
  if (!live) return fail(kAcceptHelp.name, live.error(), bad_usage);
  replay::Bindings bindings;
  const replay::Verdict verdict = replay::judge(*recorded, *live, *judging, &bindings);
  const auto reasons = replay::reasons_against(*live, verdict);
  if (!reasons.empty() && !options.force) {
    return fail(kAcceptHelp.name,
                invalid(options.live, fmt::format("{} (--force takes it nevertheless)", fmt::join(reasons, "; "))),
                findings);
  }
  const replay::Accepted accepted =
      replay::accept(*recorded, *live, verdict, bindings, fmt::format("rollcall {}", kVersion));
  // What was accepted has to be the same as itself, or the next replay would find what nobody can explain.
  replay::JudgeOptions plainly = *judging;
  plainly.lateness_budget.reset();
  corpus::Session unmarked = *live;  // what was done by hand is part of the new recording, and no change of it
  for (corpus::Exchange& exchange : unmarked.exchanges) exchange.request_extra.clear();
  if (unmarked.end) unmarked.end->extra.clear();
  const replay::Verdict again = replay::judge(accepted.session, unmarked, plainly);
  if (again.judgement != replay::Judgement::same && !options.force) {
    print("{}", replay::report_text(again, options.live, text_style(options.judging)));
    return fail(kAcceptHelp.name,
                invalid(options.live, "would still differ as a recording, as shown (--force takes it nevertheless)"),
                findings);
  }
  const std::string path = options.out.empty() ? options.recorded : options.out;
  if (const auto written = put(accepted.session, path); !written)
    return fail(kAcceptHelp.name, written.error(), environment);
  tell(options, path, *recorded, accepted);
  return done;
}

int accept_command(const Arguments& args) {
  AcceptOptions options;
  po::options_description list;
  list.add_options()("recorded", po::value(&options.recorded)->required()->value_name("FILE"), "the recording")(
      "live", po::value(&options.live)->required()->value_name("FILE"), "the live session")(
      "out", po::value(&options.out)->value_name("FILE"), "write there, and leave the recording as it is")(
      "force", po::bool_switch(&options.force), "also a run that did not come to its end");
  add_comparing(list, options.judging);
  add_lateness_budget(list, options.judging);
  add_color(list, options.judging);
  po::positional_options_description positional;
  positional.add("recorded", 1).add("live", 1);
  if (const auto status = read_options(kAcceptHelp, list, positional, args)) return *status;
  return run_accept(options);
}

}  // namespace harness
