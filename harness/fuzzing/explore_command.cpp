#include "harness/fuzzing/explore_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <filesystem>
#include <map>

#include "corpus/describe.h"
#include "fuzz/orders.h"
#include "harness/fuzzing/finding_file.h"
#include "harness/fuzzing/interruption.h"
#include "harness/print.h"

namespace harness {
namespace {

namespace asio = boost::asio;
namespace po = boost::program_options;

constexpr CommandHelp kHelp{
    .name = "explore",
    .synopsis = "SESSION --bot URL | --exec COMMAND [--graph-listen HOST:PORT] [--limit N] [--prune] [OPTION]…",
    .about =
        "Plays a recording with its deliveries in each order that their causes allow, as far as\n"
        "--limit goes, and tells which orders the bot fails at and what these have in common. The\n"
        "orders that show most about races come first (fuzz/SESSION_MUTATIONS.md). An order that\n"
        "fails is played again, --repeats times, to fresh bots. Exit status:\n"
        "0 nothing found, 1 something found, 2 usage or unreadable input, 3 no bot there and the\n"
        "like.\n",
    .example =
        "  rollcall explore sessions/group-call.session.jsonl \\\n"
        "    --exec './bot --graph {graph} --port {port}' --findings found\n"};

constexpr std::chrono::seconds kTell{5};

// One order that was played.
struct Outcome {
  fuzz::DeliveryOrder order;
  std::string bucket;  // empty: it passed
  unsigned shown = 0;  // when it was played again
};

// Plays one order after the other.
class Exploring {
 public:
  Exploring(asio::io_context& io, const CleanSession& clean, const Traffic& traffic, const ExploreOptions& options)
      : io_(io),
        clean_(clean),
        traffic_(traffic),
        options_(options),
        bot_(io, traffic.settings, traffic.exec),
        orders_(clean.seed, {.prune = options.prune, .seed = options.seed}) {}

  ExitStatus run() {
    asio::co_spawn(io_.get_executor(), conduct(), [this](const std::exception_ptr& error) {
      if (error) std::rethrow_exception(error);
      io_.stop();
    });
    io_.run();
    if (!outcomes_.empty()) show();
    const bool failed = std::ranges::any_of(outcomes_, [](const Outcome& one) { return !one.bucket.empty(); });
    if (fault_) return fail(kHelp.name, *fault_, environment);
    return failed ? findings : done;
  }

  void stop() {
    stopped_ = true;
    bot_.stop();
  }

 private:
  Task<void> conduct() {
    Clock::time_point told = Clock::now();
    while (!stopped_ && outcomes_.size() < options_.limit) {
      auto order = orders_.next();
      if (!order) break;
      co_await play(std::move(*order));
      if (Clock::now() - told < kTell) continue;
      told = Clock::now();
      say("{} orders so far\n", outcomes_.size());
    }
    co_await bot_.end();
  }

  // In haste first; what fails is played again with patience, each time to a fresh bot.
  Task<void> play(fuzz::DeliveryOrder order) {
    const corpus::Session session = orders_.session(order);
    auto symptom = co_await look(session, traffic_.quick);
    unsigned shown = 0;
    for (unsigned i = 0; symptom && i < options_.repeats && !stopped_; ++i) {
      co_await bot_.end();
      const auto again = co_await look(session, traffic_.careful);
      if (!again) continue;
      ++shown;
      if (!leaves_no_doubt(symptom->trouble)) symptom = again;
    }
    if (symptom) co_await bot_.end();
    if (stopped_) co_return;
    if (symptom && shown == 0 && !leaves_no_doubt(symptom->trouble)) symptom.reset();
    outcomes_.push_back({std::move(order), symptom ? symptom->bucket() : std::string(), shown});
    if (symptom) tell(session, *symptom);
  }

  Task<std::optional<Symptom>> look(const corpus::Session& session, Waits waits) {
    const std::unique_ptr<replay::Noise> noise = noise_for(clean_, session);
    auto run = co_await bot_.play(session, waits, ++ids_, noise.get());
    if (!run) give_up(run.error());
    if (stopped_) co_return std::nullopt;
    Oracle oracle{traffic_.judging, true, traffic_.tokens_checked, server_errors_in(clean_.seed.session)};
    oracle.judging.noise = noise.get();
    auto found = symptoms_of(session, *run, oracle);
    if (found.empty()) co_return std::nullopt;
    co_return std::move(found.front());
  }

  void give_up(corpus::Fault fault) {
    if (!stopped_) fault_ = std::move(fault);
    stopped_ = true;
  }

  // The first of each kind.
  void tell(const corpus::Session& session, const Symptom& symptom) {
    if (seen_[symptom.bucket()]++ > 0) return;
    std::string repeat;
    if (!options_.findings.empty()) {
      const std::string path = finding_path(options_.findings, symptom);
      std::error_code ec;
      std::filesystem::create_directories(options_.findings, ec);
      const FindingNote note{symptom.bucket(), true, options_.seed, {fmt::format("order {}", outcomes_.size())}};
      const bool there = std::filesystem::exists(path, ec);
      const auto written = there ? corpus::Result<void>() : write_finding(path, session, note);
      if (!written) return give_up(written.error());
      repeat = fmt::format("  repeat: rollcall replay {} --asap{}\n", in_shell(path), bot_in_shell(options_.traffic));
    }
    print("finding: {}: {}\n  in order {}, again {} of {} times: {}\n{}", symptom.bucket(), symptom.detail,
          outcomes_.size(), outcomes_.back().shown, options_.repeats, numbers(outcomes_.back().order), repeat);
    (void)flush_results();  // main looks again
  }

  std::string numbers(const fuzz::DeliveryOrder& order) const {
    std::string text;
    for (const std::size_t place : order) {
      text += fmt::format("{}{}", text.empty() ? "" : " ", clean_.seed.session.exchanges[place].number);
    }
    return text;
  }

  void show() const {
    const auto total = orders_.total();
    const bool all = total && *total <= outcomes_.size();
    const std::string of = total ? fmt::format("{}", *total) : fmt::format("more than {}", fuzz::Orders::kCountLimit);
    print("{}{} {} of {} deliveries that the causes allow{}: ",
          all ? (total == 1 ? std::string("the one") : fmt::format("all {}", outcomes_.size()))
              : fmt::format("{} of {}", outcomes_.size(), of),
          options_.prune ? " different" : "", total == 1 ? "order" : "orders", orders_.deliveries(),
          stopped_ ? ", interrupted" : "");
    const auto failed = std::ranges::count_if(outcomes_, [](const Outcome& one) { return !one.bucket.empty(); });
    if (failed == 0) return print("none fails\n");
    const auto flaky = std::ranges::count_if(
        outcomes_, [&](const Outcome& one) { return !one.bucket.empty() && one.shown < options_.repeats; });
    print("{} fail{}\n", failed,
          flaky == 0 ? std::string() : fmt::format(", {} of them not each of {} times", flaky, options_.repeats));
    for (const auto& [bucket, count] : seen_) print("  {} x {}{}\n", count, bucket, in_common(bucket));
  }

  // Two deliveries that all orders with this finding have one way about, and all that pass the other way.
  std::string in_common(const std::string& bucket) const {
    const auto& first = outcomes_.front().order;
    for (const std::size_t one : first) {
      for (const std::size_t other : first) {
        if (one != other && tells_apart(one, other, bucket)) {
          corpus::Describer describer;
          const auto& exchanges = clean_.seed.session.exchanges;
          return fmt::format(", each time with {} ({}) before {} ({})", exchanges[one].number,
                             describer.request(exchanges[one].request), exchanges[other].number,
                             describer.request(exchanges[other].request));
        }
      }
    }
    return "";
  }

  bool tells_apart(std::size_t one, std::size_t other, const std::string& bucket) const {
    return std::ranges::all_of(outcomes_, [&](const Outcome& outcome) {
      if (!outcome.bucket.empty() && outcome.bucket != bucket) return true;
      const bool before = std::ranges::find(outcome.order, one) < std::ranges::find(outcome.order, other);
      return before == (outcome.bucket == bucket);
    });
  }

  asio::io_context& io_;
  const CleanSession& clean_;
  const Traffic& traffic_;
  const ExploreOptions& options_;
  LiveBot bot_;
  fuzz::Orders orders_;
  std::vector<Outcome> outcomes_;
  std::map<std::string, std::size_t> seen_;
  std::uint64_t ids_ = 0;
  std::optional<corpus::Fault> fault_;
  bool stopped_ = false;
};

}  // namespace

int run_explore(ExploreOptions options) {
  const auto traffic = set_up_traffic(options.traffic, kHelp.name);
  if (!traffic) return fail(kHelp.name, traffic.error(), bad_usage);
  const auto& files = options.traffic.playing.sessions;
  if (files.size() != 1) {
    return fail(kHelp.name, {corpus::Error::invalid, "SESSION", "one at a time: give one file"}, bad_usage);
  }
  if (options.repeats == 0) {
    return fail(kHelp.name, {corpus::Error::invalid, "--repeats 0", "must be greater than 0"}, bad_usage);
  }
  if (options.limit == 0) {
    return fail(kHelp.name, {corpus::Error::invalid, "--limit 0", "must be greater than 0"}, bad_usage);
  }
  const auto clean = load_clean(options.traffic, kHelp.name, files.front());
  if (!clean) return fail(kHelp.name, clean.error(), bad_usage);
  if (const auto log = begin_log(options.traffic.playing.bot); !log) return fail(kHelp.name, log.error(), environment);
  asio::io_context io(1);
  Exploring exploring(io, *clean, *traffic, options);
  const Interruption interruption(io, [&] { exploring.stop(); });
  return exploring.run();
}

int explore_command(const Arguments& args) {
  ExploreOptions options;
  po::options_description list;
  add_traffic(list, options.traffic, "session file; also without --session");
  list.add_options()("limit", po::value(&options.limit)->default_value(1000)->value_name("N"), "orders, at most")(
      "repeats", po::value(&options.repeats)->default_value(3)->value_name("N"),
      "how often to play an order again that fails, to see whether it always does")(
      "prune", po::bool_switch(&options.prune),
      "of orders that differ only by messages of calls that share nothing, play one")(
      "seed", po::value(&options.seed)->default_value(0)->value_name("N"), "which orders come first")(
      "findings", po::value(&options.findings)->value_name("DIR"), "keep the first of each kind of finding there");
  po::positional_options_description positional;
  positional.add("session", -1);
  if (const auto status = read_options(kHelp, list, positional, args)) return *status;
  return run_explore(std::move(options));
}

}  // namespace harness
