#include "tests/bots/sample_bot.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <ctime>
#include <deque>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "harness/address.h"
#include "harness/http_client.h"
#include "harness/http_server.h"
#include "tests/bots/changes.h"
#include "tests/bots/flawed_logic.h"
#include "tests/bots/ids.h"
#include "tests/bots/json_access.h"
#include "tests/bots/noise.h"
#include "tests/bots/setting.h"
#include "tests/bots/token_check.h"

namespace bots {
namespace {

namespace asio = boost::asio;

using harness::Task;

/// A request of the bot as it goes out, with the headers that bots of the official SDK send.
corpus::Request outgoing(const GraphRequest& request, std::string id) {
  corpus::Request result{
      .method = request.method, .target = request.path, .headers = {}, .body = request.body, .extra = {}};
  result.headers = {{"Authorization", "Bearer mock-token-of-the-sample-bot"},
                    {"Client-Request-Id", std::move(id)},
                    {"Scenario-Id", request.scenario},
                    {"User-Agent", "rollcall-sample-bot/0.1"}};
  if (!request.body.empty()) result.headers.push_back({"Content-Type", "application/json"});
  return result;
}

// Messages are made outside of coroutines: g++ 12 destroys an aggregate twice that a coroutine makes in braces.
corpus::Response answer_of(int status) {
  return {.status = status, .headers = {}, .body = {}, .extra = {}};
}

corpus::Request wanting_keys() {
  return {.method = "GET", .target = "/v1/.well-known/keys", .headers = {}, .body = {}, .extra = {}};
}

/// How long the change "slow-answer" takes: tests judge with a limit below it.
constexpr std::chrono::milliseconds kSlowAnswer{1200};

/// Now, as RFC 3339 has it.
std::string wall_clock() {
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", parts, now.time_since_epoch().count() % 1000);
}

/// The answer of a server that has been closed: none.
Task<std::optional<corpus::Response>> silence() {
  co_return std::nullopt;
}

void rethrow(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace

struct SampleBot::State : std::enable_shared_from_this<State> {
  State(asio::io_context& context, BotOptions wanted)
      : io(context), options(std::move(wanted)), new_id(std::random_device{}()), change(options.change) {
    if (options.noise) noise.emplace(*options.noise);
    if (!options.app_id.empty()) tokens.emplace(options.app_id, options.flaw);
  }

  Task<std::optional<corpus::Response>> answer(std::shared_ptr<State> self, corpus::Request request);
  Task<bool> trusts(const corpus::Headers& headers);
  void die();
  void start(std::vector<GraphRequest> requests);
  Task<void> work_off(std::shared_ptr<State> self, std::string queue);
  Task<void> send(GraphRequest request);
  Task<void> dawdle(std::chrono::milliseconds more = {});
  FlawedLogic& decide();
  harness::HttpClient* connect();
  void tell(std::string_view what) const {
    if (options.tell) options.tell(what);
  }

  asio::io_context& io;
  BotOptions options;
  GuidSource new_id;
  std::optional<BotNoise> noise;
  Change change;
  std::string address;
  std::optional<harness::HttpServer> server;
  std::optional<harness::HttpClient> graph;
  std::optional<FlawedLogic> logic;
  std::optional<TokenCheck> tokens;
  std::map<std::string, std::deque<GraphRequest>> queues;  // one entry for each that is being worked off
  int notifications = 0;
  bool stopped = false;
};

SampleBot::SampleBot(asio::io_context& io, BotOptions options)
    : state_(std::make_shared<State>(io, std::move(options))) {}

SampleBot::~SampleBot() {
  stop();
}

corpus::Result<std::string> SampleBot::listen() {
  auto& state = *state_;
  harness::HttpServer::Handler handler = [weak = state_->weak_from_this()](corpus::Request request) {
    const auto alive = weak.lock();
    return alive ? alive->answer(alive, std::move(request)) : silence();
  };
  state.server.emplace(state.io, harness::HttpLimits{}, std::move(handler));
  auto address = state.server->listen(state.options.host, state.options.port);
  if (!address) return address;
  state.address = "http://" + *address;
  return state.address;
}

void SampleBot::set_graph(std::string url) {
  state_->options.graph = std::move(url);
  state_->graph.reset();
}

void SampleBot::stop() {
  state_->stopped = true;
  if (state_->server) state_->server->close();
}

Task<std::optional<corpus::Response>> SampleBot::State::answer(std::shared_ptr<State> self, corpus::Request request) {
  const auto& faults = options.faults;
  co_await dawdle();
  if (request.method == "POST" && request.target == "/api/calls") {
    ++notifications;
    if (notifications == faults.die) {
      die();
      co_return std::nullopt;
    }
    if (notifications == faults.unavailable) {
      co_return answer_of(503);
    }
    if (change.slow(notifications)) co_await dawdle(kSlowAnswer);
  }
  const bool notified = request.target == "/api/calls";
  if (notified && tokens) {
    const bool trusted = co_await trusts(request.headers);
    if (!trusted) co_return answer_of(401);
  }
  auto step = decide().handle(request);
  if (step.dies) die();
  if (step.dies || step.closes) co_return std::nullopt;
  if (step.late.count() > 0) co_await dawdle(step.late);
  if (notified) {
    step.answer.status = change.status(notifications).value_or(step.answer.status);
    std::ranges::move(change.after_notification(request.body), std::back_inserter(step.requests));
  }
  // Posted, so that it begins after the answer has been written: acknowledge first, then work.
  asio::post(io, [self, requests = std::move(step.requests)]() mutable { self->start(std::move(requests)); });
  co_return std::move(step.answer);
}

// The keys are fetched when the first token comes, and again for one whose key is not among them.
Task<bool> SampleBot::State::trusts(const corpus::Headers& headers) {
  auto verdict = tokens->look(headers, std::chrono::system_clock::now());
  if (verdict != TokenVerdict::unknown_key) co_return verdict == TokenVerdict::good;
  const auto text = read_setting(options.graph);
  auto url = text ? harness::parse_url(*text) : std::unexpected(text.error());
  if (!url) co_return false;
  harness::HttpClient platform(io, std::move(*url), harness::HttpLimits{});
  const auto outcome = co_await platform.send(wanting_keys());
  const auto* response = std::get_if<corpus::Response>(&outcome);
  if (response == nullptr || response->status != 200) co_return false;
  tokens->learn(response->body);
  verdict = tokens->look(headers, std::chrono::system_clock::now());
  co_return verdict == TokenVerdict::good;
}

void SampleBot::State::die() {
  stopped = true;
  server->close();
  if (options.died) options.died();
}

void SampleBot::State::start(std::vector<GraphRequest> requests) {
  if (stopped) return;
  if (noise) requests = noise->apply(std::move(requests), wall_clock());
  for (auto& request : spoilt(options.faults, change.apply(std::move(requests)))) {
    const auto [queue, fresh] = queues.try_emplace(request.queue);
    queue->second.push_back(std::move(request));
    if (fresh) asio::co_spawn(io.get_executor(), work_off(shared_from_this(), queue->first), rethrow);
  }
}

Task<void> SampleBot::State::work_off(std::shared_ptr<State>, std::string queue) {
  while (!queues[queue].empty()) {
    auto request = std::move(queues[queue].front());
    queues[queue].pop_front();
    co_await send(std::move(request));
  }
  queues.erase(queue);
}

Task<void> SampleBot::State::send(GraphRequest request) {
  co_await dawdle();
  auto* client = stopped ? nullptr : connect();
  if (!client) co_return;
  const auto outcome = co_await client->send(outgoing(request, new_id()));
  if (const auto* response = std::get_if<corpus::Response>(&outcome)) {
    if (response->status >= 400)
      tell(fmt::format("{}: Graph answered {}", to_string(request.purpose), response->status));
    start(decide().handle(request, *response));
  } else if (const auto* failure = std::get_if<corpus::Failure>(&outcome)) {
    tell(fmt::format("{}: {}", to_string(request.purpose), failure->reason));
    decide().failed(request);
  }
  if (decide().is_dying()) die();
}

Task<void> SampleBot::State::dawdle(std::chrono::milliseconds more) {
  const std::chrono::milliseconds time = options.faults.slow + more + (noise ? noise->delay() : more.zero());
  if (time.count() == 0) co_return;
  harness::Timer timer(io.get_executor(), time);
  co_await timer.async_wait(harness::kAwait);
}

FlawedLogic& SampleBot::State::decide() {
  if (!logic) {
    auto base = options.public_url.empty() ? corpus::Result<std::string>(address) : read_setting(options.public_url);
    if (!base) tell(to_string(base.error()));
    LogicOptions setup{.callback = base.value_or(address) + "/api/calls", .mute_on_join = options.mute_on_join};
    logic.emplace(
        std::move(setup), [this] { return new_id(); }, options.flaw);
  }
  return *logic;
}

harness::HttpClient* SampleBot::State::connect() {
  if (graph) return &*graph;
  const auto text = read_setting(options.graph);
  auto url = text ? harness::parse_url(*text) : std::unexpected(text.error());
  if (!url) {
    tell("Graph's address: " + to_string(url.error()));
    return nullptr;
  }
  url->path += "/v1.0";
  return &graph.emplace(io, std::move(*url), harness::HttpLimits{});
}

}  // namespace bots
