#include "harness/fuzzing/live_bot.h"

#include <boost/asio/post.hpp>
#include <utility>

#include "harness/upstream.h"

namespace harness {
namespace {

namespace asio = boost::asio;

// Of a sanitizer's report, which is longer than what a person wants to see of a bot.
constexpr std::size_t kKeptLines = 200;

// A connection that breaks is seen at once, the end of the process behind it a moment later.
constexpr std::chrono::milliseconds kLook{10};
constexpr int kLooks = 40;

// How often another port is tried. Somebody takes the one that was free, before the bot does: with many bots at once
// that happens.
constexpr int kPortsTried = 5;
constexpr std::chrono::milliseconds kFirstLook{25};
// Going through all processes is slow, and a bot rarely starts some.
constexpr int kLooksAtMembers = 10;
// A bot that asks for more and more would keep a session open for ever. Some try again a few times.
constexpr std::size_t kMostRequests = 200;
constexpr std::size_t kMostForEach = 20;  // exchange of the session
constexpr const char* kLost = "the bot ended as soon as it was there";

bool a_delivery_failed(const corpus::Session& live) {
  for (const corpus::Exchange& exchange : live.exchanges) {
    const corpus::Failure* failed = exchange.leg == corpus::Leg::webhook ? exchange.failure() : nullptr;
    if (failed != nullptr && failed->reason != failure::kTimeout && failed->reason != failure::kCutOff) return true;
  }
  return false;
}

}  // namespace

LiveBot::LiveBot(asio::io_context& io, ReplaySettings settings, std::optional<BotCommand> exec)
    : io_(io), settings_(std::move(settings)), exec_(std::move(exec)), wanted_(settings_.bot) {
  if (exec_) exec_->kept_lines = kKeptLines;
}

Task<corpus::Result<LiveRun>> LiveBot::play(const corpus::Session& session, Waits waits, std::uint64_t ids,
                                            Knowledge known) {
  for (int left = kPortsTried;; --left) {
    auto run = co_await try_to_play(session, waits, ids, known);
    if (run || !std::exchange(lost_port_, false) || left == 1) co_return run;
  }
}

Task<corpus::Result<LiveRun>> LiveBot::try_to_play(const corpus::Session& session, Waits waits, std::uint64_t ids,
                                                   Knowledge known) {
  if (exec_ && bot_ == nullptr) {
    auto url = with_free_port(wanted_);
    if (!url) co_return std::unexpected(url.error());
    settings_.bot = std::move(*url);
    if (settings_.connections) settings_.connections->turn_to(settings_.bot);
  }
  if (!settings_.connections) {
    auto made = std::make_shared<BotConnections>(io_, settings_.bot, settings_.limits, settings_.bot_trust);
    const auto listening = made->listen(settings_.graph_listen, settings_.tls, settings_.on_note);
    if (!listening) co_return std::unexpected(listening.error());
    settings_.connections = std::move(made);
  }
  ReplaySettings settings = settings_;
  settings.schedule.patience = waits.patience;
  settings.schedule.settle = waits.settle;
  settings.schedule.seed = ids;
  settings.schedule.unheard = waits.unheard;
  settings.schedule.noise = known.noise;
  settings.schedule.plan = known.plan;
  settings.redacted_later = true;
  settings.most_requests = kMostRequests + kMostForEach * session.exchanges.size();
  Replayer replayer(io_, session, std::move(settings));
  auto address = replayer.listen();
  if (!address) co_return std::unexpected(address.error());
  const auto there = co_await be_there(*address, replayer);
  if (!there) co_return std::unexpected(there.error());
  replayer_ = &replayer;
  auto live = co_await replayer.run();
  replayer_ = nullptr;
  if (!live) co_return std::unexpected(live.error());
  LiveRun run;
  run.live = std::move(*live);
  run.restless = replayer.restless();
  co_await look_for_end(run);
  // Handlers that wait for their turn may still speak of the replayer.
  co_await asio::post(io_.get_executor(), asio::use_awaitable_t<Executor>{});
  co_return run;
}

Task<corpus::Result<void>> LiveBot::be_there(std::string graph, Replayer& replayer) {
  if (bot_ != nullptr) co_return corpus::Result<void>();
  if (!exec_) {
    auto found = co_await replayer.find_bot();
    co_return found;
  }
  looks_ = 0;
  bot_ = std::make_unique<BotProcess>(io_, *exec_, settings_.bot);
  bot_->when_died([this](const BotEnd& end) {
    if (replayer_ != nullptr) replayer_->bot_died(to_string(end.how), end.output);
  });
  const Doubles doubles{std::move(graph)};
  auto started = co_await bot_->start(doubles);
  if (started && wanted_.port == 0) {
    // Who listens there may be somebody else, who took the port a moment before the bot would have.
    Timer soon(io_, kFirstLook);
    co_await soon.async_wait(kAwait);
    if (bot_->ended()) started = std::unexpected(corpus::Fault{corpus::Error::unreadable, "--exec", kLost});
  }
  if (started) co_return started;
  lost_port_ = wanted_.port == 0 && (bot_->lost_port() || started.error().what == kLost);
  bot_.reset();
  co_return started;
}

// A bot that has died is let go, so that the next session finds a fresh one. So is one in which a sanitizer spoke: what
// it said would be found again and again.
Task<void> LiveBot::look_for_end(LiveRun& run) {
  if (bot_ == nullptr) co_return;
  if (a_delivery_failed(run.live)) {
    for (int look = 0; look < kLooks && !bot_->ended(); ++look) {
      Timer soon(io_, kLook);
      co_await soon.async_wait(kAwait);
    }
  }
  run.end = bot_->ended();
  run.alarms = sanitizer_lines(bot_->output());
  if (run.end || !run.alarms.empty()) co_await end();
}

Task<void> LiveBot::end() {
  if (bot_ == nullptr) co_return;
  co_await bot_->end();
  bot_.reset();
}

std::optional<BotHolding> LiveBot::held() {
  const auto group = bot_ == nullptr ? std::nullopt : bot_->group();
  if (!group) return std::nullopt;
  if (looks_++ % kLooksAtMembers == 0) members_ = members_of_group(*group).value_or(std::vector<int>());
  BotHolding holding{*group, {}};
  for (const int member : members_) {
    const auto its = footprint_of(member);
    if (!its) looks_ = 0;  // it has gone: the next time the rest is looked for
    if (!its) return std::nullopt;
    holding.footprint.memory += its->memory;
    holding.footprint.descriptors += its->descriptors;
  }
  return members_.empty() ? std::nullopt : std::optional(holding);
}

void LiveBot::stop() {
  if (replayer_ != nullptr) replayer_->stop();
  if (bot_ != nullptr) bot_->give_up();
}

}  // namespace harness
