// A scheduler for tests, told and heard in words.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "replay/scheduler.h"
#include "tests/support/session_builder.h"

namespace replay {

/// Options with one thing changed.
template <typename T, typename V>
ScheduleOptions with(T ScheduleOptions::*member, V value) {
  ScheduleOptions options;
  options.*member = value;
  return options;
}

/// A scheduler with its actions in words: "deliver 1 @0", "answer 7: 200 @50", "wait 100", "finish".
class Playbook {
 public:
  explicit Playbook(corpus::Session session, ScheduleOptions options = {}) : session_(std::move(session)) {
    options.keep_ids = true;
    scheduler_ = std::make_unique<Scheduler>(session_, std::move(options));
  }

  std::vector<std::string> on(const Event& event, corpus::Micros now) {
    std::vector<std::string> words;
    for (Action& action : scheduler_->handle(event, now)) {
      words.push_back(std::visit([this](auto& what) { return word(what); }, action));
    }
    return words;
  }
  std::vector<std::string> start() { return on(Tick{}, 0); }
  std::vector<std::string> asks(std::uint64_t token, std::string target, std::string body, corpus::Micros now,
                                std::string method = "POST") {
    corpus::Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.body = std::move(body);
    return on(BotAsked{token, std::move(request)}, now);
  }
  std::vector<std::string> sent(std::int64_t number, corpus::Micros now) {
    return on(DeliverySent{index(number)}, now);
  }
  std::vector<std::string> ended(std::int64_t number, corpus::Micros now) {
    return on(DeliveryEnded{index(number), {}}, now);
  }
  std::vector<std::string> answered(std::uint64_t token, corpus::Micros now) { return on(BotAnswered{token}, now); }

  corpus::Request delivered;
  corpus::Outcome answer;

 private:
  static std::size_t index(std::int64_t number) { return static_cast<std::size_t>(number - 1); }
  std::string word(Deliver& action) {
    delivered = action.request;
    return fmt::format("deliver {} @{}", session_.exchanges[action.exchange].number, action.due);
  }
  std::string word(Answer& action) {
    answer = action.outcome;
    const auto* response = std::get_if<corpus::Response>(&answer);
    return fmt::format("answer {}: {} @{}", action.token, response ? std::to_string(response->status) : "failure",
                       action.due);
  }
  std::string word(WaitUntil& action) { return fmt::format("wait {}", action.time); }
  std::string word(Finish&) { return "finish"; }

  corpus::Session session_;
  std::unique_ptr<Scheduler> scheduler_;
};

/// A call comes in, the bot answers it, it is established.
inline corpus::Session incoming_call() {
  return support::SessionBuilder()
      .delivery(100, 150, support::call_is(support::kCall, "incoming", "created"))
      .request(1000, 1200, "POST", std::string("/communications/calls/") + support::kCall + "/answer", "{}", 202)
      .delivery(2200, 2300, support::call_is(support::kCall, "established"))
      .take();
}

}  // namespace replay
