#include "tests/bots/sample_bot.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <deque>
#include <map>
#include <optional>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "harness/address.h"
#include "harness/http_client.h"
#include "harness/http_server.h"
#include "tests/bots/bot_logic.h"
#include "tests/bots/ids.h"
#include "tests/bots/json_access.h"
#include "tests/bots/setting.h"

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

// Answers are made outside of coroutines: g++ 12 destroys an aggregate twice that a coroutine makes in braces.
corpus::Response unavailable() {
  return {.status = 503, .headers = {}, .body = {}, .extra = {}};
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
      : io(context), options(std::move(wanted)), new_id(std::random_device{}()) {}

  Task<std::optional<corpus::Response>> answer(std::shared_ptr<State> self, corpus::Request request);
  void start(std::vector<GraphRequest> requests);
  Task<void> work_off(std::shared_ptr<State> self, std::string queue);
  Task<void> send(GraphRequest request);
  Task<void> dawdle();
  BotLogic& decide();
  harness::HttpClient* connect();
  void tell(std::string_view what) const {
    if (options.tell) options.tell(what);
  }

  asio::io_context& io;
  BotOptions options;
  GuidSource new_id;
  std::string address;
  std::optional<harness::HttpServer> server;
  std::optional<harness::HttpClient> graph;
  std::optional<BotLogic> logic;
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
      stopped = true;
      server->close();
      if (options.died) options.died();
      co_return std::nullopt;
    }
    if (notifications == faults.unavailable) {
      co_return unavailable();
    }
  }
  auto step = decide().handle(request);
  // Posted, so that it begins after the answer has been written: acknowledge first, then work.
  asio::post(io, [self, requests = std::move(step.requests)]() mutable { self->start(std::move(requests)); });
  co_return std::move(step.answer);
}

void SampleBot::State::start(std::vector<GraphRequest> requests) {
  if (stopped) return;
  for (auto& request : spoilt(options.faults, std::move(requests))) {
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
  }
}

Task<void> SampleBot::State::dawdle() {
  if (options.faults.slow.count() == 0) co_return;
  harness::Timer timer(io.get_executor(), options.faults.slow);
  co_await timer.async_wait(harness::kAwait);
}

BotLogic& SampleBot::State::decide() {
  if (!logic) {
    auto base = options.public_url.empty() ? corpus::Result<std::string>(address) : read_setting(options.public_url);
    if (!base) tell(to_string(base.error()));
    LogicOptions setup{.callback = base.value_or(address) + "/api/calls", .mute_on_join = options.mute_on_join};
    logic.emplace(std::move(setup), [this] { return new_id(); });
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
