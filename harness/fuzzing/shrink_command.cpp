#include "harness/fuzzing/shrink_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <filesystem>

#include "corpus/describe.h"
#include "corpus/session_file.h"
#include "fuzz/session_shrinker.h"
#include "harness/fuzzing/demands.h"
#include "harness/fuzzing/finding_file.h"
#include "harness/fuzzing/finding_player.h"
#include "harness/fuzzing/flaky.h"
#include "harness/fuzzing/interruption.h"
#include "harness/fuzzing/payload_shrinking.h"
#include "harness/fuzzing/shrink_state.h"
#include "harness/print.h"

namespace harness {
namespace {

namespace asio = boost::asio;
namespace po = boost::program_options;

constexpr CommandHelp kShrinkHelp{
    .name = "shrink",
    .synopsis = "FINDING --bot URL | --exec COMMAND [--graph-listen HOST:PORT] [--clean SESSION] [OPTION]…",
    .about =
        "Makes a finding of `rollcall fuzz` smaller as long as the bot does the same wrong: calls,\n"
        "messages, members of bodies, gaps. Each candidate is played to a fresh bot if --exec\n"
        "starts it. What is known is kept in FINDING.shrink.json, so that an interrupted run goes\n"
        "on where it was. Exit status: 0 made as small as it goes, or as --budget allows, 2 usage\n"
        "or unreadable input, 3 no bot there and the like, 4 the bot does not do it any more, or\n"
        "interrupted.\n\n"
        "A single payload that a program fails on: rollcall shrink --payload FILE --help\n",
    .example =
        "  rollcall shrink found/died-5b0c3e4f9a21.session.jsonl \\\n"
        "    --exec './bot --graph {graph} --port {port}'\n"};

constexpr unsigned kFirstRuns = 5;              // to see how often it shows
constexpr std::size_t kCandidates = 1'000'000;  // played or not

// What is to be made smaller.
struct Job {
  std::string file;
  std::string out;
  std::string state;
  FindingNote note;
  ShrinkSubject subject;
  CleanSession finding;
  std::optional<CleanSession> clean;  // to be played behind it
  fuzz::ShrinkVerdicts verdicts;
};

std::string without_suffix(const std::string& file) {
  return file.ends_with(corpus::kSessionSuffix) ? file.substr(0, file.size() - corpus::kSessionSuffix.size()) : file;
}

Trouble trouble_of(const FindingNote& note) {
  return trouble_from(note.bucket.substr(0, note.bucket.find(':'))).value_or(Trouble::different);
}

bool is_wedge(const FindingNote& note) {
  return trouble_of(note) == Trouble::wedged;
}

bool is_difference(const FindingNote& note) {
  return trouble_of(note) == Trouble::different;
}

corpus::Result<Job> job_of(const ShrinkOptions& options, const std::string& file) {
  auto finding = load_clean(options.traffic, kShrinkHelp.name, file);
  if (!finding) return std::unexpected(finding.error());
  const auto note = note_of(finding->seed.session);
  if (!note) return std::unexpected(note.error());
  if (!*note) return corpus::invalid(file, "is no finding of rollcall fuzz: it does not say what is to be shown");
  if (trouble_of(**note) == Trouble::grows) {
    return corpus::invalid(file,
                           "shows only when it is played many times: it cannot be made smaller by what one run shows");
  }
  Job job;
  job.file = file;
  job.out = options.out;
  job.state = without_suffix(file) + ".shrink.json";
  job.note = **note;
  job.subject = {job.note.bucket, bot_in_shell(options.traffic) + with_files(options.traffic.playing.bot.command)};
  job.finding = std::move(*finding);
  if (job.out.empty()) job.out = without_suffix(file) + ".min" + std::string(corpus::kSessionSuffix);
  if (is_wedge(job.note) && options.clean.empty()) {
    return corpus::invalid(file, "shows in the session that follows: say which one, --clean SESSION");
  }
  if (!options.clean.empty()) {
    auto clean = load_clean(options.traffic, kShrinkHelp.name, options.clean);
    if (!clean) return std::unexpected(clean.error());
    job.clean = std::move(*clean);
  }
  auto verdicts = known_verdicts(job.state, job.subject);
  if (!verdicts) return std::unexpected(verdicts.error());
  if (!*verdicts) say("{} is about another bot, or the same before it was changed: beginning anew\n", job.state);
  if (*verdicts) job.verdicts = std::move(**verdicts);
  return job;
}

// Plays candidates until nothing is left to try.
class Shrinking {
 public:
  Shrinking(asio::io_context& io, const Job& job, const Traffic& traffic, std::size_t budget)
      : io_(io),
        job_(job),
        traffic_(traffic),
        player_(io, job.note, job.finding, job.clean ? &*job.clean : nullptr, traffic),
        budget_(budget),
        shrinker_(job.finding.seed.session, job.finding.seed.causes, kCandidates, job.verdicts) {}

  ExitStatus run() {
    asio::co_spawn(io_.get_executor(), conduct(), [this](const std::exception_ptr& error) {
      if (error) std::rethrow_exception(error);
      io_.stop();
    });
    io_.run();
    return finish();
  }

  void stop() { player_.stop(); }

 private:
  Task<void> conduct() {
    co_await look_how_often();
    if (shown_ > 0) {
      say("shown in {} of {} runs{}\n", shown_, kFirstRuns,
          tries_ > 1 ? fmt::format(": flaky, so each candidate is played up to {} times", tries_) : std::string());
      co_await find_guide();
      co_await shrink();
    }
    co_await player_.end();
  }

  Task<void> look_how_often() {
    for (unsigned i = 0; i < kFirstRuns && !player_.stopped(); ++i) {
      if (!co_await shows_once(job_.finding.seed.session, traffic_.careful)) continue;
      ++shown_;
      differing_ = std::max(differing_, last_.differing);
      detail_ = last_.detail;
    }
    tries_ = tries_for(shown_, kFirstRuns);
  }

  // What tells whether a candidate still demands of the bot what it can be held to: that the bot does all of it when
  // nothing unusual is done to it. Unless it does not even do that for the finding as it is.
  Task<void> find_guide() {
    if (!is_difference(job_.note)) co_return;
    const corpus::Session& finding = job_.finding.seed.session;
    straight_passes_ = co_await player_.passes_straight(finding, traffic_.quick);
    if (straight_passes_ || player_.stopped()) co_return;
    straight_passes_ = co_await player_.passes_straight(finding, traffic_.careful);
    if (straight_passes_ || player_.stopped()) co_return;
    say("the bot fails in the recorded order, too: only ends of calls, whole calls, copies and times are taken out\n");
  }

  Task<void> shrink() {
    for (const corpus::Session* candidate = shrinker_.next(); candidate != nullptr; candidate = shrinker_.next()) {
      bool shows = false;
      if (runs_ == budget_) co_return;
      const bool fit = !is_difference(job_.note) || straight_passes_ || demands_the_same(job_.finding.seed, *candidate);
      if (fit) {
        ++runs_;
        for (unsigned i = 0; i < tries_ && !shows && !player_.stopped(); ++i) {
          shows = co_await shows_for_sure(*candidate);
        }
      }
      if (player_.stopped()) co_return;
      if (shows) detail_ = last_.detail;
      fit ? shrinker_.verdict(shows) : shrinker_.rule_out();
      if (fit && runs_ % 20 == 0) {
        say("{} runs: {} messages left, at {}\n", runs_, corpus::message_count(shrinker_.best()), shrinker_.stage());
        if (const auto kept = keep_verdicts(job_.state, job_.subject, shrinker_.verdicts()); !kept)
          fault_ = kept.error();
      }
      if (fault_) co_return;
    }
  }

  // In haste first. What a busy machine may do as well has to show with patience too. A bot that asks for something
  // with a value that has been cut off would ask for something else than the file has: a replay would tell of that as
  // well.
  Task<bool> shows_for_sure(const corpus::Session& candidate) {
    bool shows = co_await shows_once(candidate, traffic_.quick);
    if (shows && straight_passes_) shows = co_await player_.passes_straight(candidate, traffic_.quick);
    if (shows && !leaves_no_doubt(trouble_of(job_.note))) shows = co_await shows_once(candidate, traffic_.careful);
    if (!shows) co_return false;
    co_return last_.differing <= differing_;
  }

  Task<bool> shows_once(const corpus::Session& version, Waits waits) {
    auto sighting = co_await player_.look(version, waits);
    if (!sighting) co_return false;
    last_ = std::move(*sighting);
    co_return true;
  }

  ExitStatus finish() {
    if (!fault_) fault_ = player_.fault();
    if (fault_) {
      if (shown_ > 0)
        (void)keep_verdicts(job_.state, job_.subject, shrinker_.verdicts());  // the fault is what there is to tell
      return fail(kShrinkHelp.name, *fault_, environment);
    }
    if (!player_.stopped() && shown_ == 0) {
      say("rollcall shrink: {}: not shown in {} runs: {}\n", job_.file, kFirstRuns, job_.note.bucket);
      return inconclusive;
    }
    if (const auto kept = keep_verdicts(job_.state, job_.subject, shrinker_.verdicts()); !kept) {
      return fail(kShrinkHelp.name, kept.error(), environment);
    }
    if (player_.stopped()) {
      say("interrupted after {} runs, at {} messages: run it again to go on ({})\n", runs_,
          corpus::message_count(shrinker_.best()), job_.state);
      return inconclusive;
    }
    if (const auto written = write_finding(job_.out, shrinker_.best(), job_.note); !written) {
      return fail(kShrinkHelp.name, written.error(), environment);
    }
    std::error_code ignored;  // it says no more than the result does
    if (shrinker_.minimal()) std::filesystem::remove(job_.state, ignored);
    print("{}: {} messages of {}, after {} runs{}\n{}\n", job_.out, corpus::message_count(shrinker_.best()),
          corpus::message_count(job_.finding.seed.session), runs_,
          shrinker_.minimal() ? "" : "; the budget is used up, more of them may make it smaller", sentence());
    return done;
  }

  // "POST /api/calls: updated /app/calls/57dab8b1…, established: the bot died (SIGSEGV)".
  std::string sentence() const {
    corpus::Describer describer;
    std::vector<std::string> told;
    for (const corpus::Exchange& exchange : shrinker_.best().exchanges) {
      if (exchange.leg == corpus::Leg::webhook) told.push_back(describer.request(exchange.request));
    }
    std::string text = told.empty() ? "" : told.back();
    if (told.size() > 1) text += fmt::format(", behind {}", told[told.size() - 2]);
    if (told.size() > 2) text += fmt::format(" and {} more", told.size() - 2);
    return text + ": " + detail_;
  }

  asio::io_context& io_;
  const Job& job_;
  const Traffic& traffic_;
  FindingPlayer player_;
  std::size_t budget_;
  std::size_t runs_ = 0;  // candidates that were played: some are ruled out before
  fuzz::SessionShrinker shrinker_;
  unsigned shown_ = 0;
  unsigned tries_ = 1;
  bool straight_passes_ = false;  // the finding in the recorded order shows nothing
  std::size_t differing_ = 0;     // requests, when the finding was played as it is
  std::string detail_;            // how the smallest version showed
  Sighting last_;                 // of the version that showed last
  std::optional<corpus::Fault> fault_;
};

}  // namespace

int run_shrink(ShrinkOptions options) {
  const auto traffic = set_up_traffic(options.traffic, kShrinkHelp.name);
  if (!traffic) return fail(kShrinkHelp.name, traffic.error(), bad_usage);
  const auto& files = options.traffic.playing.sessions;
  if (files.size() != 1) {
    return fail(kShrinkHelp.name, {corpus::Error::invalid, "FINDING", "one at a time: give one file"}, bad_usage);
  }
  if (options.budget == 0) {
    return fail(kShrinkHelp.name, {corpus::Error::invalid, "--budget 0", "must be greater than 0"}, bad_usage);
  }
  const auto job = job_of(options, files.front());
  if (!job) return fail(kShrinkHelp.name, job.error(), bad_usage);
  if (const auto log = begin_log(options.traffic.playing.bot); !log)
    return fail(kShrinkHelp.name, log.error(), environment);
  asio::io_context io(1);
  Shrinking shrinking(io, *job, *traffic, options.budget);
  const Interruption interruption(io, [&] { shrinking.stop(); });
  return shrinking.run();
}

int shrink_command(const Arguments& args) {
  if (is_about_payload(args)) return shrink_payload_command(args);
  ShrinkOptions options;
  po::options_description list;
  add_traffic(list, options.traffic, "file of a finding; also without --session");
  list.add_options()("clean", po::value(&options.clean)->value_name("SESSION"),
                     "play this one behind each candidate: for a bot that is wedged")(
      "out", po::value(&options.out)->value_name("FILE"), "where the smallest one goes (default: beside the finding)")(
      "budget", po::value(&options.budget)->default_value(300)->value_name("N"), "candidates, at most");
  po::positional_options_description positional;
  positional.add("session", -1);
  if (const auto status = read_options(kShrinkHelp, list, positional, args)) return *status;
  return run_shrink(std::move(options));
}

}  // namespace harness
