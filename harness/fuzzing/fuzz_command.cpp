#include "harness/fuzzing/fuzz_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <random>

#include "harness/fuzzing/finding_file.h"
#include "harness/fuzzing/interruption.h"
#include "harness/print.h"
#include "harness/session_input.h"

namespace harness {
namespace {

namespace asio = boost::asio;
namespace po = boost::program_options;

constexpr CommandHelp kFuzzHelp{
    .name = "fuzz",
    .synopsis = "SESSION… --bot URL | --exec COMMAND [--graph-listen HOST:PORT] [--runs N | --time TIME] [OPTION]…",
    .about =
        "Plays mutated recordings to a bot, as soon as causes allow, and tells what it does wrong:\n"
        "it dies, closes the connection, answers with 5xx or not in time, takes a broken token, acts\n"
        "on what nothing has named, on a call that is over, twice, or too soon; asks for something\n"
        "else although Graph may do what was done, no longer passes a clean session, or holds more\n"
        "memory or descriptors with each session. Each finding is played again to a fresh bot; the\n"
        "first of each kind becomes a session file in --findings, which `rollcall replay` plays. Exit\n"
        "status: 0 nothing found, 1 something found, 2 usage or unreadable input, 3 no bot there and\n"
        "the like.\n"
        "What is done to sessions: fuzz/SESSION_MUTATIONS.md. What counts: fuzz/TRAFFIC.md.\n",
    .example =
        "  rollcall fuzz sessions --exec './bot --graph {graph} --port {port}' --findings found\n"
        "  rollcall fuzz sessions/first-call.session.jsonl --bot http://127.0.0.1:3978 \\\n"
        "    --graph-listen 127.0.0.1:9442 --only order,number --time 10m --seed 7\n"};

constexpr std::uint64_t kRuns = 1000;
constexpr unsigned kJobs = 16;  // mostly they wait: fewer leave the cores idle

// "order,time" stands for two words.
std::vector<std::string> split(const std::vector<std::string>& texts) {
  std::vector<std::string> words;
  for (const std::string& text : texts) {
    for (std::size_t at = 0; at <= text.size();) {
      const std::size_t comma = std::min(text.find(',', at), text.size());
      words.push_back(text.substr(at, comma - at));
      at = comma + 1;
    }
  }
  return words;
}

corpus::Result<void> check(const FuzzOptions& options) {
  if (options.runs && options.time) return corpus::invalid("--runs", "says nothing with --time: give one of them");
  if (options.runs && *options.runs == 0) return corpus::invalid("--runs", "must be greater than 0");
  if (options.time && options.time->time.count() == 0) return corpus::invalid("--time", "must be greater than 0");
  constexpr double kLeastRate = 0.000'001;  // a session in eleven days; less overflows the clock
  if (!std::isfinite(options.rate) || options.rate < 0 || (options.rate > 0 && options.rate < kLeastRate)) {
    return corpus::invalid(fmt::format("--rate {}", options.rate), "must be 0, or a number from 0.000001");
  }
  for (const std::string& word : split(options.until)) {
    if (!trouble_from(word)) return corpus::invalid("--until " + word, "is no kind of finding");
  }
  if (!options.jobs) return {};
  if (*options.jobs == 0 || *options.jobs > 64) return corpus::invalid("--jobs", "must be from 1 to 64");
  if (*options.jobs > 1 && options.traffic.playing.bot.command.empty()) {
    return corpus::invalid("--jobs", "needs bots that are started: --exec");
  }
  return {};
}

bool allows_any(const fuzz::SessionMutatorOptions& made) {
  return std::ranges::any_of(fuzz::session_mutations(), [&](const fuzz::SessionMutationInfo& info) {
    const bool wanted = made.only.empty() || std::ranges::find(made.only, info.group) != made.only.end();
    return wanted && made.weights[static_cast<std::size_t>(info.group)] != 0 && (info.legal || !made.legal_only) &&
           (made.forbidden_orders || !info.on_request);
  });
}

corpus::Result<fuzz::SessionMutatorOptions> mutating(const FuzzOptions& options, bool tokens_checked) {
  fuzz::SessionMutatorOptions made;
  const auto only = fuzz::parse_groups(split(options.only));
  if (!only) return corpus::invalid("--only", only.error().what);
  const auto weights = fuzz::parse_weights(split(options.weights));
  if (!weights) return corpus::invalid("--weights", weights.error().what);
  made.only = *only;
  made.weights = *weights;
  made.forbidden_orders = options.forbidden_orders;
  made.legal_only = options.legal_only;
  // Short, since many sessions wait so long; but what is held back for three quarters of it must be no straggler, which
  // conduct.cpp lets pass for 50 ms.
  made.longest_stall = 100'000;
  if (!tokens_checked) {
    if (made.only == std::vector{fuzz::SessionGroup::identity}) {
      return corpus::invalid("--only identity", "needs deliveries that are signed: --app-id and --tenant");
    }
    made.weights[static_cast<std::size_t>(fuzz::SessionGroup::identity)] = 0;
  }
  if (allows_any(made)) return made;
  return corpus::invalid(options.only.empty() ? "--weights" : "--only",
                         "with the other options, this allows no mutation");
}

// The options that decide which session a seed makes.
std::string mutating_in_shell(const FuzzOptions& options) {
  std::string text;
  for (const std::string& one : options.only) text += " --only " + in_shell(one);
  for (const std::string& one : options.weights) text += " --weights " + in_shell(one);
  if (options.forbidden_orders) text += " --forbidden-orders";
  if (options.legal_only) text += " --legal-only";
  return text;
}

// Tells of findings and keeps them.
class Findings {
 public:
  explicit Findings(const FuzzOptions& options) : options_(options) {}

  corpus::Result<void> open() const {
    std::error_code ec;
    if (!options_.findings.empty()) std::filesystem::create_directories(options_.findings, ec);
    if (!ec) return {};
    return std::unexpected(corpus::Fault{corpus::Error::unreadable, "--findings " + options_.findings, ec.message()});
  }

  void found(const Found& found) {
    std::string how;
    for (const fuzz::AppliedMutation& applied : found.made->applied) {
      how +=
          fmt::format("{}{}/{}: {}", how.empty() ? "" : "; ", fuzz::name_of(applied.group), applied.name, applied.what);
    }
    const std::string file = keep(found);
    print("finding: {}: {}\n  by {} (seed {}{})\n  repeat: {}\n", found.symptom.bucket(), found.symptom.detail, how,
          found.seed, times(found), repeat(found, file));
    (void)flush_results();  // main looks again
  }

  const std::optional<corpus::Fault>& fault() const { return fault_; }

 private:
  static std::string times(const Found& found) {
    if (found.tried == 0) return "";
    std::string text = fmt::format("; shown again {} of {} times", found.shown, found.tried);
    return found.shown > 0 ? text : text + ": it may take what came before";
  }

  // The file; empty if there is none. One that is there tells of the same already.
  std::string keep(const Found& found) {
    if (options_.findings.empty()) return "";
    const std::string path = finding_path(options_.findings, found.symptom);
    std::error_code ec;
    if (std::filesystem::exists(path, ec)) return path;
    FindingNote note{found.symptom.bucket(), found.made->legal, found.seed, {}};
    for (const fuzz::AppliedMutation& applied : found.made->applied) {
      note.mutations.push_back(applied.name + ": " + applied.what);
    }
    const auto written = write_finding(path, found.made->session, note);
    if (written) return path;
    fault_ = written.error();
    return "";
  }

  // A replay starts a bot for each session, and what wedges one shows only in the next, what one keeps only after many:
  // so this one is fuzzed again.
  std::string repeat(const Found& found, const std::string& file) const {
    const std::string bot = bot_in_shell(options_.traffic);
    const bool grows = found.symptom.trouble == Trouble::grows;
    if (!file.empty() && !grows && found.symptom.trouble != Trouble::wedged) {
      return fmt::format("rollcall replay {} --asap{}", in_shell(file), bot);
    }
    std::string sessions;
    for (const std::string& session : options_.traffic.playing.sessions) sessions += " " + in_shell(session);
    return fmt::format("rollcall fuzz{}{}{} {} --seed {}", sessions, bot, mutating_in_shell(options_),
                       grows ? "--jobs 1 --runs 1000" : "--runs 1", found.seed);
  }

  const FuzzOptions& options_;
  std::optional<corpus::Fault> fault_;
};

std::uint64_t seed_by_chance() {
  return std::random_device{}();
}

CampaignOptions campaign_options(const FuzzOptions& options, const Traffic& traffic) {
  CampaignOptions made;
  made.seed = options.seed ? *options.seed : seed_by_chance();
  made.runs = options.runs;
  if (options.time) made.time = options.time->time;
  if (!made.runs && !made.time) made.runs = kRuns;
  made.rate = options.rate;
  // Bots that have to listen at the same place cannot be several.
  const bool one_place = !traffic.exec || traffic.settings.bot.port != 0 || traffic.settings.graph_listen.port != 0;
  made.jobs = one_place ? 1 : options.jobs.value_or(kJobs);
  if (made.runs) made.jobs = std::min<std::size_t>(made.jobs, *made.runs);
  made.check_every = traffic.exec ? 10 : 1;
  made.quick = traffic.quick;
  made.careful = traffic.careful;
  made.judging = traffic.judging;
  made.tokens_checked = traffic.tokens_checked;
  for (const std::string& word : split(options.until)) made.until.insert(*trouble_from(word));
  return made;
}

// The rate is that of new sessions: a closer look at what was seen takes as long as it takes.
void show(const Tally& tally, std::uint64_t seed) {
  constexpr double kWorthSaying = 0.1;
  const double again = tally.seconds - tally.playing;
  print("{} mutated sessions in {:.1f} s ({:.0f} a second){}, from seed {}{}: {}\n", tally.played, tally.playing,
        tally.playing > 0 ? static_cast<double>(tally.played) / tally.playing : 0.0,
        again < kWorthSaying ? "" : fmt::format(" and {:.1f} s of looking again at what was seen", again), seed,
        tally.interrupted ? ", interrupted" : "",
        tally.buckets.empty()
            ? std::string("nothing found")
            : fmt::format("{} finding{}", tally.buckets.size(), tally.buckets.size() == 1 ? "" : "s"));
  for (const auto& [bucket, count] : tally.buckets) print("  {} x {}\n", count, bucket);
  if (tally.doubtful > 0) {
    print("  {} x seen once, and not when it was played again with patience\n", tally.doubtful);
  }
}

ExitStatus play(const FuzzOptions& options, const fuzz::SessionMutatorOptions& mutating, const Traffic& traffic,
                std::vector<CleanSession> clean) {
  Findings found(options);
  if (const auto open = found.open(); !open) return fail(kFuzzHelp.name, open.error(), environment);
  asio::io_context io(1);
  const CampaignOptions wanted = campaign_options(options, traffic);
  Campaign campaign(io, std::move(clean), mutating, wanted, traffic.settings, traffic.exec);
  campaign.on_found([&](const Found& one) { found.found(one); });
  campaign.on_progress([&](const Tally& tally) {
    say("{} mutated sessions in {:.0f} s, {} findings\n", tally.played, tally.seconds, tally.buckets.size());
  });
  const Interruption interruption(io, [&] { campaign.stop(); });
  const Tally tally = campaign.run();
  if (tally.played > 0) show(tally, wanted.seed);
  const ExitStatus status = tally.buckets.empty() ? done : findings;
  if (found.fault()) return fail(kFuzzHelp.name, *found.fault(), environment);
  if (!tally.fault) return status;
  const bool usage = tally.fault->error == corpus::Error::invalid && status == done;
  return fail(kFuzzHelp.name, *tally.fault, status == findings ? findings : usage ? bad_usage : environment);
}

}  // namespace

int run_fuzz(FuzzOptions options) {
  if (const auto good = check(options); !good) return fail(kFuzzHelp.name, good.error(), bad_usage);
  const auto traffic = set_up_traffic(options.traffic, kFuzzHelp.name);
  if (!traffic) return fail(kFuzzHelp.name, traffic.error(), bad_usage);
  const auto how = mutating(options, traffic->tokens_checked);
  if (!how) return fail(kFuzzHelp.name, how.error(), bad_usage);
  const auto files = session_files(options.traffic.playing.sessions);
  if (!files) return fail(kFuzzHelp.name, files.error(), bad_usage);
  std::vector<CleanSession> clean;
  for (const std::string& file : *files) {
    auto one = load_clean(options.traffic, kFuzzHelp.name, file);
    if (!one) return fail(kFuzzHelp.name, one.error(), bad_usage);
    clean.push_back(std::move(*one));
  }
  if (const auto log = begin_log(options.traffic.playing.bot); !log)
    return fail(kFuzzHelp.name, log.error(), environment);
  return play(options, *how, *traffic, std::move(clean));
}

int fuzz_command(const Arguments& args) {
  FuzzOptions options;
  po::options_description list;
  add_traffic(list, options.traffic, "session file, or a folder of them; also without --session");
  const auto number = [](std::optional<std::uint64_t>& into) {
    return po::value<std::uint64_t>()->notifier([&into](std::uint64_t value) { into = value; })->value_name("N");
  };
  list.add_options()("runs", number(options.runs), "how many mutated sessions (default: 1000, without --time)")(
      "time", po::value<Duration>()->notifier([&](const Duration& time) { options.time = time; })->value_name("TIME"),
      "how long to go on; what was found by then is still played again")(
      "seed", number(options.seed), "of the first session; each next one has the next (default: chance)")(
      "only", po::value(&options.only)->value_name("GROUP[,GROUP]…"),
      "no other mutations: order, number, time, batch, payload, interleave, answers, http, identity")(
      "weights", po::value(&options.weights)->value_name("GROUP=N[,…]"), "how often each group is chosen; 0: never")(
      "forbidden-orders", po::bool_switch(&options.forbidden_orders), "also orders that the causes forbid")(
      "legal-only", po::bool_switch(&options.legal_only), "nothing that Graph would not do")(
      "until", po::value(&options.until)->value_name("KIND[,KIND]…"), "end with the first finding of these kinds")(
      "findings", po::value(&options.findings)->value_name("DIR"), "keep the first of each kind of finding there")(
      "rate", po::value(&options.rate)->default_value(0, "any")->value_name("N"), "sessions in a second, at most")(
      "jobs", po::value<unsigned>()->notifier([&](unsigned jobs) { options.jobs = jobs; })->value_name("N"),
      "bots at once, with --exec (default: 16)");
  po::positional_options_description positional;
  positional.add("session", -1);
  if (const auto status = read_options(kFuzzHelp, list, positional, args)) return *status;
  return run_fuzz(std::move(options));
}

}  // namespace harness
