#include "tests/bots/graph_service.h"

#include <boost/asio/co_spawn.hpp>
#include <optional>
#include <random>
#include <utility>

#include "harness/http_server.h"

namespace bots {

struct GraphService::State {
  boost::asio::io_context& io;
  std::optional<harness::HttpServer> server;
  std::optional<Stage> stage;
};

namespace {

// Made outside of the coroutine: g++ 12 destroys an aggregate twice that a coroutine makes in braces.
corpus::Response unavailable() {
  return {.status = 503, .headers = {}, .body = {}, .extra = {}};
}

harness::Task<std::optional<corpus::Response>> not_yet() {
  co_return unavailable();
}

}  // namespace

GraphService::GraphService(boost::asio::io_context& io) : state_(new State{io, {}, {}}) {}

GraphService::~GraphService() = default;

corpus::Result<std::string> GraphService::listen(const std::string& host, std::uint16_t port) {
  harness::HttpServer::Handler handler = [&state = *state_](corpus::Request request) {
    return state.stage ? state.stage->serve(std::move(request)) : not_yet();
  };
  state_->server.emplace(state_->io, harness::HttpLimits{}, std::move(handler));
  auto address = state_->server->listen(host, port);
  if (!address) return address;
  return "http://" + *address;
}

void GraphService::play(const Scenario& scenario, std::string webhook, std::function<void(std::string)> done,
                        std::string token) {
  auto& stage = state_->stage.emplace(state_->io, std::move(webhook), std::random_device{}(), std::move(token));
  boost::asio::co_spawn(state_->io.get_executor(), scenario.play(stage),
                        [done = std::move(done)](std::exception_ptr error) {
                          try {
                            if (error) std::rethrow_exception(error);
                            done("");
                          } catch (const std::exception& stalled) {
                            done(stalled.what());
                          }
                        });
}

}  // namespace bots
