#include "replay/stepping.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "corpus/content_coding.h"
#include "replay/rewriting.h"

namespace replay {

using corpus::Micros;

Stepping::Stepping(const corpus::Session& recorded, ScheduleOptions options, bool step)
    : recorded_(recorded),
      scheduler_(recorded, std::move(options)),
      passed_(recorded.exchanges.size()),
      stopping_(step) {}

bool Stepping::stops_at(std::size_t exchange) {
  if (!stopping_ && until_ == exchange) stopping_ = true;
  return stopping_;
}

void Stepping::release(Deliver delivery, std::vector<Action>& actions) {
  ++under_way_;
  if (delivery.exchange != kRepeated) {
    passed_[delivery.exchange] = true;
    due_[delivery.exchange] = delivery.due;
  }
  actions.push_back(std::move(delivery));
}

// It goes out so, and is known to have.
void Stepping::mark(Deliver& delivery, ByHand done) {
  done.edited = unedited_.has_value();
  if (!done.any()) return;
  delivery.by_hand = HandMark{recorded_.exchanges[delivery.exchange].number, done};
  ByHand& known = changes_.done[delivery.exchange];
  known.repeated = known.repeated || done.repeated;
}

// Whatever is released now was held back until now.
void Stepping::release_rest(std::vector<Action>& actions, Micros now) {
  while (!held_.empty() && !stops_at(held_.front().exchange)) {
    held_.front().due = std::max(held_.front().due, now);
    release(std::move(held_.front()), actions);
    held_.pop_front();
  }
}

void Stepping::sift(std::vector<Action> from, std::vector<Action>& actions, Micros now) {
  std::optional<Micros> wait;
  for (Action& action : from) {
    if (auto* delivery = std::get_if<Deliver>(&action)) {
      delivery->due = std::max(delivery->due, resumed_);
      held_.push_back(std::move(*delivery));
      if (held_.size() == 1) release_rest(actions, 0);
    } else if (const auto* until = std::get_if<WaitUntil>(&action)) {
      wait = until->time;
    } else {
      actions.push_back(std::move(action));
    }
  }
  if (wait && !stands_still()) actions.push_back(WaitUntil{std::max(*wait, now)});
}

std::vector<Action> Stepping::handle(const Event& event, Micros now) {
  std::vector<Action> actions;
  if (over_) return actions;
  if (const auto* sent = std::get_if<DeliverySent>(&event)) {
    const auto due = due_.find(sent->exchange);
    if (due == due_.end()) return actions;  // repeated
    const DeliverySent held{sent->exchange, due->second};
    due_.erase(due);
    sift(scheduler_.handle(held, now), actions, now);
    return actions;
  }
  const auto* ended = std::get_if<DeliveryEnded>(&event);
  if (ended != nullptr) {
    --under_way_;
    due_.erase(ended->exchange);
  }
  const bool repeated = ended != nullptr && ended->exchange == kRepeated;
  const Event tick = Tick{};  // of a repeated one nobody knows; but how long to wait has to be said again
  sift(scheduler_.handle(repeated ? tick : event, now), actions, now);
  return actions;
}

void Stepping::edit(std::string body) {
  assert(!held_.empty());
  Deliver& held = held_.front();
  if (!unedited_) unedited_ = held.request.body;
  if (*unedited_ == body) unedited_.reset();
  corpus::replace_body(held.request, std::move(body));
  changes_.done[held.exchange].edited = unedited_.has_value();
  changes_.edited.erase(held.exchange);
  if (unedited_) changes_.edited.emplace(held.exchange, recorded_request(held.request, scheduler_.bindings()));
}

std::vector<Action> Stepping::decide(const Decision& decision, Micros now) {
  assert(!held_.empty());
  std::vector<Action> actions;
  Deliver delivery = held_.front();
  if (decision.kind == Decision::Kind::run && decision.until == delivery.exchange) return actions;
  resumed_ = now;
  delivery.due = now;
  const std::int64_t number = recorded_.exchanges[delivery.exchange].number;
  if (decision.kind == Decision::Kind::quit) {
    over_ = true;
    note_.quit_before = number;
    held_.clear();
    return {Finish{}};
  }
  if (decision.kind == Decision::Kind::repeat) {
    mark(delivery, {.repeated = true});
    delivery.exchange = kRepeated;
    release(std::move(delivery), actions);
    return actions;
  }
  if (decision.kind != Decision::Kind::skip) mark(delivery, {});
  held_.pop_front();
  unedited_.reset();
  if (decision.kind == Decision::Kind::skip) {
    passed_[delivery.exchange] = true;
    changes_.done[delivery.exchange].skipped = true;
    changes_.done[delivery.exchange].edited = false;
    changes_.edited.erase(delivery.exchange);
    note_.skipped.push_back(number);
    sift(scheduler_.handle(DeliverySent{delivery.exchange, now}, now), actions, now);
    sift(scheduler_.handle(DeliveryEnded{delivery.exchange, {}}, now), actions, now);
    return actions;
  }
  release(std::move(delivery), actions);
  if (decision.kind == Decision::Kind::run) {
    stopping_ = false;
    until_ = decision.until;
    release_rest(actions, now);
  }
  // For the time of what is due next: the owner of the clock has forgotten it while time stood still.
  sift(scheduler_.handle(Tick{}, now), actions, now);
  return actions;
}

}  // namespace replay
