#include "tests/bots/stage.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "harness/address.h"
#include "tests/bots/graph_payloads.h"

namespace bots {
namespace {

using harness::Task;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

/// Far longer than a sound bot takes for anything, with sanitizers and on a busy machine.
constexpr auto kPatience = 20s;

/// How long Graph takes for an answer, roughly as captures show it.
std::chrono::milliseconds latency(Purpose purpose) {
  switch (purpose) {
    case Purpose::create:
      return 120ms;
    case Purpose::invite:
      return 60ms;
    case Purpose::answer:
      return 45ms;
    default:
      return 25ms;
  }
}

// Messages are made outside of coroutines: g++ 12 destroys an aggregate twice that a coroutine makes in braces.
corpus::Headers notification_headers(const GraphCall& call, const std::string& token, const std::string& message,
                                     const std::string& original) {
  corpus::Headers headers{{"Authorization", "Bearer " + (token.empty() ? mock_token(message) : token)},
                          {"X-Microsoft-Skype-Chain-ID", call.chain},
                          {"Scenario-ID", call.chain},
                          {"X-Microsoft-Skype-Message-ID", message},
                          {"User-Agent", "Microsoft-Skype/3.0,(Calling/1.0)"},
                          {"Accept", "application/json"},
                          {"Content-Type", "application/json; charset=utf-8"}};
  if (!original.empty()) headers.push_back({"X-Microsoft-Skype-Original-Message-ID", original});
  return headers;
}

corpus::Headers wish_headers() {
  return {{"Content-Type", "application/json"}, {"User-Agent", "console/1.0"}};
}

corpus::Request post_request(std::string target, corpus::Headers headers, std::string body) {
  return {.method = "POST",
          .target = std::move(target),
          .headers = std::move(headers),
          .body = std::move(body),
          .extra = {}};
}

harness::Url parsed(const std::string& text) {
  auto url = harness::parse_url(text);
  if (!url) throw Stalled("cannot notify '" + text + "': " + to_string(url.error()));
  return std::move(*url);
}

}  // namespace

Stage::Stage(boost::asio::io_context& io, std::string webhook, std::uint64_t seed, std::string token)
    : io_(io), webhook_(std::move(webhook)), token_(std::move(token)), graph_(seed) {}

Task<std::optional<corpus::Response>> Stage::serve(corpus::Request request) {
  const auto before = graph_.heard().size();
  auto response = graph_.answer(request);
  if (graph_.heard().size() == before) co_return response;  // refused: nothing has happened

  const auto heard = graph_.heard().back();
  graph_.heard().pop_back();
  if (held_.contains(heard.purpose)) {
    ready_.push_back(heard);
    wake();
    while (held_.contains(heard.purpose)) co_await changed();
    co_return response;
  }
  co_await pause(latency(heard.purpose));
  ready_.push_back(heard);
  wake();
  co_return response;
}

Task<void> Stage::pause(std::chrono::milliseconds time) {
  harness::Timer timer(io_.get_executor(), time);
  co_await timer.async_wait(harness::kAwait);
}

Task<Heard> Stage::expect(Purpose purpose) {
  const auto deadline = harness::Clock::now() + kPatience;
  for (;;) {
    const auto found = std::ranges::find(ready_, purpose, &Heard::purpose);
    if (found != ready_.end()) {
      auto heard = *found;
      ready_.erase(found);
      co_return heard;
    }
    if (harness::Clock::now() >= deadline) {
      throw Stalled(
          fmt::format("the bot should send '{}' and has not within {} s", to_string(purpose), kPatience / 1s));
    }
    co_await changed();
  }
}

void Stage::release(Purpose purpose) {
  held_.erase(purpose);
  wake();
}

Task<void> Stage::changed() {
  harness::Timer timer(io_.get_executor(), kPatience);
  waiting_.push_back(&timer);
  co_await timer.async_wait(harness::kAwait);
  std::erase(waiting_, &timer);
}

void Stage::wake() {
  for (auto* timer : waiting_) timer->cancel();
}

Task<std::string> Stage::notify(const GraphCall& call, std::string body, int status, std::string original_message) {
  auto message = graph_.new_id();
  auto headers = notification_headers(call, token_, message, original_message);
  const std::string url = call.callback.empty() ? webhook_ + "/api/calls" : call.callback;
  const int answered = co_await post(url, std::move(headers), std::move(body));
  if (answered != status)
    throw Stalled(fmt::format("the bot answered a notification with {}, not {}", answered, status));
  co_return message;
}

Task<void> Stage::wish(std::string_view what, boost::json::object body) {
  const int answered =
      co_await post(fmt::format("{}/api/{}", webhook_, what), wish_headers(), boost::json::serialize(body));
  if (answered != 202) throw Stalled(fmt::format("the bot answered the wish '{}' with {}, not 202", what, answered));
}

harness::HttpClient& Stage::client(const harness::Url& base) {
  const auto key = to_string(base);
  const auto found = clients_.find(key);
  return found != clients_.end() ? found->second
                                 : clients_.try_emplace(key, io_, base, harness::HttpLimits{}).first->second;
}

Task<int> Stage::post(const std::string& url, corpus::Headers headers, std::string body) {
  auto base = parsed(url);
  auto target = std::exchange(base.path, "");
  auto request = post_request(std::move(target), std::move(headers), std::move(body));
  const auto outcome = co_await client(base).send(std::move(request));
  if (const auto* response = std::get_if<corpus::Response>(&outcome)) co_return response->status;
  const auto* failure = std::get_if<corpus::Failure>(&outcome);
  throw Stalled(fmt::format("POST {}: {}", url, failure ? failure->reason : "no answer"));
}

}  // namespace bots
