// A bot and a network for the scheduler, which do at each step what a byte says.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <set>
#include <string_view>

#include "fuzz/target.h"
#include "replay/plan.h"
#include "replay/scheduler.h"

namespace fuzz {

/// Plays one session once. Asserts on the way that the scheduler keeps its promises.
class ReplayWorld {
 public:
  /// Both must outlive the world.
  ReplayWorld(const corpus::Session& session, std::string_view choices)
      : session_(session), choices_(choices), plan_(replay::make_plan(session)), scheduler_(session, options()) {
    for (std::size_t i = 0; i < session.exchanges.size(); ++i) {
      if (session.exchanges[i].leg == corpus::Leg::graph) unsent_.push_back(i);
    }
  }

  /// Until the replay is over, which must come.
  void play() {
    perform(scheduler_.handle(replay::Tick{}, now_));
    // Each exchange is asked, answered, sent and ended once or twice; the rest are ticks, each towards a later time.
    const std::size_t limit = 200 + 40 * session_.exchanges.size() + choices_.size();
    for (std::size_t step = 0; !finished_; ++step) {
      FUZZ_ASSERT(step < limit);
      happen();
    }
  }

 private:
  static replay::ScheduleOptions options() {
    replay::ScheduleOptions options;
    options.keep_ids = true;
    return options;
  }

  /// One event. Without choices left: what is under way ends first, then time passes.
  void happen() {
    const unsigned choice = choices_.empty() ? 4 : static_cast<unsigned char>(choices_.front()) % 8;
    if (!choices_.empty()) choices_.remove_prefix(1);
    if (choice < 2 && !unsent_.empty()) return ask(choice == 0 ? 0 : unsent_.size() - 1, choice == 0);
    if (choice == 2 && !unsent_.empty()) return ask(unsent_.size() / 2, false);
    if (choice == 3) now_ += 100'000;
    if (!answering_.empty()) return answered();
    if (!sending_.empty()) return sent();
    if (!ending_.empty()) return ended();
    now_ = std::max(now_, wait_);
    perform(scheduler_.handle(replay::Tick{}, now_));
  }

  /// The bot sends a recorded request; if `again`, it may send it once more.
  void ask(std::size_t place, bool once) {
    const std::size_t exchange = unsent_[place];
    asked_.insert(exchange);
    if (once || ++doubled_ > session_.exchanges.size()) {
      unsent_.erase(unsent_.begin() + static_cast<std::ptrdiff_t>(place));
    }
    perform(scheduler_.handle(replay::BotAsked{++token_, session_.exchanges[exchange].request}, now_));
  }

  void answered() {
    const std::uint64_t token = take(answering_);
    perform(scheduler_.handle(replay::BotAnswered{token}, now_));
  }

  void sent() {
    const std::size_t exchange = take(sending_);
    sent_.insert(exchange);
    ending_.push_back(exchange);
    perform(scheduler_.handle(replay::DeliverySent{exchange}, now_));
  }

  void ended() {
    const std::size_t exchange = take(ending_);
    ended_.insert(exchange);
    perform(scheduler_.handle(replay::DeliveryEnded{exchange, corpus::Response{202, {}, {}, {}}}, now_));
  }

  template <typename T>
  static T take(std::deque<T>& queue) {
    const T first = queue.front();
    queue.pop_front();
    return first;
  }

  void perform(const std::vector<replay::Action>& actions) {
    FUZZ_ASSERT(!finished_);
    for (const replay::Action& action : actions) {
      if (const auto* delivery = std::get_if<replay::Deliver>(&action)) deliver(delivery->exchange);
      if (const auto* answer = std::get_if<replay::Answer>(&action)) answering_.push_back(answer->token);
      if (const auto* wait = std::get_if<replay::WaitUntil>(&action)) wait_ = wait->time;
      finished_ = finished_ || std::holds_alternative<replay::Finish>(action);
    }
    // It is clear what comes next: the end, an event, or a time.
    const bool under_way = !answering_.empty() || !sending_.empty() || !ending_.empty();
    const bool waits = !actions.empty() && std::holds_alternative<replay::WaitUntil>(actions.back());
    FUZZ_ASSERT(finished_ || under_way || waits);
  }

  void deliver(std::size_t exchange) {
    FUZZ_ASSERT(delivered_.insert(exchange).second);
    for (const replay::Cause& cause : plan_.steps[exchange].causes) {
      if (plan_.steps[cause.exchange].role != replay::Role::delivery) continue;
      FUZZ_ASSERT(sent_.contains(cause.exchange));
      FUZZ_ASSERT(cause.phase == replay::Phase::sent || ended_.contains(cause.exchange));
    }
    sending_.push_back(exchange);
  }

  const corpus::Session& session_;
  std::string_view choices_;
  replay::Plan plan_;
  replay::Scheduler scheduler_;
  corpus::Micros now_ = 0, wait_ = 0;
  std::uint64_t token_ = 0;
  std::size_t doubled_ = 0;
  bool finished_ = false;
  std::deque<std::size_t> unsent_, sending_, ending_;
  std::deque<std::uint64_t> answering_;
  std::set<std::size_t> asked_, delivered_, sent_, ended_;
};

}  // namespace fuzz
