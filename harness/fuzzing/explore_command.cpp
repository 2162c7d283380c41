#include "harness/fuzzing/explore_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>

#include "harness/fuzzing/exploration.h"
#include "harness/fuzzing/interruption.h"
#include "harness/print.h"

namespace harness {
namespace {

namespace asio = boost::asio;
namespace po = boost::program_options;

constexpr CommandHelp kExploreHelp{
    .name = "explore",
    .synopsis = "SESSION --bot URL | --exec COMMAND [--graph-listen HOST:PORT] [--limit N] [--prune] [OPTION]…",
    .about =
        "Plays a recording with its deliveries in each order that their causes allow, as far as\n"
        "--limit goes, and tells which orders the bot fails at and what these have in common. The\n"
        "orders that show most about races come first (fuzz/SESSION_MUTATIONS.md). Then each of\n"
        "Graph's notifications comes twice, which has to change nothing, and each one is left out,\n"
        "which no bot may die of. What fails is played again, --repeats times, to fresh bots. Exit\n"
        "status: 0 nothing found, 1 something found, 2 usage or unreadable input, 3 no bot there\n"
        "and the like.\n",
    .example =
        "  rollcall explore sessions/group-call.session.jsonl \\\n"
        "    --exec './bot --graph {graph} --port {port}' --findings found\n"};

constexpr std::chrono::seconds kTellEvery{5};

// Plays one session after the other.
class Exploring {
 public:
  Exploring(asio::io_context& io, const CleanSession& clean, const Traffic& traffic, const ExploreOptions& options)
      : io_(io),
        options_(options),
        trials_(io, clean, traffic, options.traffic,
                {options.repeats, options.seed, options.traffic.playing.sessions.front(), options.findings}),
        orders_(clean.seed, {.prune = options.prune, .seed = options.seed}),
        changes_(clean.seed),
        exploration_(clean.seed.session, options.repeats) {}

  ExitStatus run() {
    asio::co_spawn(io_.get_executor(), conduct(), [this](const std::exception_ptr& error) {
      if (error) std::rethrow_exception(error);
      io_.stop();
    });
    io_.run();
    print("{}", exploration_.told(options_.prune, trials_.stopped()));
    if (trials_.fault()) return fail(kExploreHelp.name, *trials_.fault(), environment);
    return exploration_.any_failed() ? findings : done;
  }

  void stop() { trials_.stop(); }

 private:
  Task<void> conduct() {
    told_ = Clock::now();
    co_await play_orders();
    if (!trials_.stopped() && options_.duplicates + options_.drops > 0) {
      const bool passes = co_await trials_.passes_clean();
      if (!passes && !trials_.stopped()) {
        say("the recording does not pass as it is, so it is not played behind the others\n");
      }
      co_await play_doublings();
      co_await play_drops();
    }
    co_await trials_.end();
  }

  Task<void> play_orders() {
    Covered<fuzz::DeliveryOrder>& covered = exploration_.orders();
    covered.total = orders_.total();
    covered.deliveries = orders_.deliveries();
    while (!trials_.stopped() && covered.outcomes.size() < options_.limit) {
      auto order = orders_.next();
      if (!order) break;
      Trial trial{orders_.session(*order), {}, true, false};
      trial.what = fmt::format("order {}: {}", covered.outcomes.size() + 1, exploration_.numbers(*order));
      co_await play(trial, covered, std::move(*order));
    }
  }

  Task<void> play_doublings() {
    Covered<fuzz::Doubling>& covered = exploration_.doublings();
    const std::vector<fuzz::Doubling> all = changes_.doublings();
    covered.total = all.size();
    covered.deliveries = changes_.notifications().size();
    for (const fuzz::Doubling& doubling : all) {
      if (trials_.stopped() || covered.outcomes.size() == options_.duplicates) co_return;
      const Trial trial{changes_.doubled(doubling), exploration_.text(doubling), true, true};
      co_await play(trial, covered, doubling);
    }
  }

  Task<void> play_drops() {
    Covered<std::size_t>& covered = exploration_.drops();
    covered.total = covered.deliveries = changes_.notifications().size();
    for (const std::size_t delivery : changes_.notifications()) {
      if (trials_.stopped() || covered.outcomes.size() == options_.drops) co_return;
      const Trial trial{changes_.without(delivery), exploration_.text(delivery) + " left out", false, true};
      co_await play(trial, covered, delivery);
    }
  }

  template <typename Change>
  Task<void> play(const Trial& trial, Covered<Change>& covered, Change change) {
    const auto result = co_await trials_.play(trial);
    if (result) covered.outcomes.push_back({std::move(change), *result});
    ++played_;
    if (Clock::now() - told_ < kTellEvery) co_return;
    told_ = Clock::now();
    say("{} sessions so far\n", played_);
  }

  asio::io_context& io_;
  const ExploreOptions& options_;
  Trials trials_;
  fuzz::Orders orders_;
  fuzz::SingleChanges changes_;
  Exploration exploration_;
  std::size_t played_ = 0;
  Clock::time_point told_;
};

}  // namespace

int run_explore(ExploreOptions options) {
  const auto traffic = set_up_traffic(options.traffic, kExploreHelp.name);
  if (!traffic) return fail(kExploreHelp.name, traffic.error(), bad_usage);
  const auto& files = options.traffic.playing.sessions;
  if (files.size() != 1) {
    return fail(kExploreHelp.name, {corpus::Error::invalid, "SESSION", "one at a time: give one file"}, bad_usage);
  }
  if (options.repeats == 0) {
    return fail(kExploreHelp.name, {corpus::Error::invalid, "--repeats 0", "must be greater than 0"}, bad_usage);
  }
  if (options.limit == 0) {
    return fail(kExploreHelp.name, {corpus::Error::invalid, "--limit 0", "must be greater than 0"}, bad_usage);
  }
  const auto clean = load_clean(options.traffic, kExploreHelp.name, files.front());
  if (!clean) return fail(kExploreHelp.name, clean.error(), bad_usage);
  if (const auto log = begin_log(options.traffic.playing.bot); !log)
    return fail(kExploreHelp.name, log.error(), environment);
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
      "duplicates", po::value(&options.duplicates)->default_value(100)->value_name("N"),
      "sessions with one notification twice, at most")("drops",
                                                       po::value(&options.drops)->default_value(100)->value_name("N"),
                                                       "sessions without one notification, at most")(
      "repeats", po::value(&options.repeats)->default_value(3)->value_name("N"),
      "how often to play a session again that fails, to see whether it always does")(
      "prune", po::bool_switch(&options.prune),
      "of orders that differ only by messages of calls that share nothing, play one")(
      "seed", po::value(&options.seed)->default_value(0)->value_name("N"), "which orders come first")(
      "findings", po::value(&options.findings)->value_name("DIR"), "keep the first of each kind of finding there");
  po::positional_options_description positional;
  positional.add("session", -1);
  if (const auto status = read_options(kExploreHelp, list, positional, args)) return *status;
  return run_explore(std::move(options));
}

}  // namespace harness
