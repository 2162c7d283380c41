#include "replay/stepping.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "corpus/content_coding.h"
#include "replay/plan.h"

namespace replay {

using corpus::Micros;

Stepping::Stepping(const corpus::Session& recorded, ScheduleOptions options, bool step)
    : scheduler_(recorded, std::move(options)), passed_(recorded.exchanges.size()), stopping_(step) {}

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
  corpus::replace_body(held_.front().request, std::move(body));
}

std::vector<Action> Stepping::decide(const Decision& decision, Micros now) {
  assert(!held_.empty());
  std::vector<Action> actions;
  resumed_ = now;
  Deliver delivery = held_.front();
  delivery.due = now;
  if (decision.kind == Decision::Kind::quit) {
    over_ = true;
    held_.clear();
    return {Finish{}};
  }
  if (decision.kind == Decision::Kind::repeat) {
    delivery.exchange = kRepeated;
    release(std::move(delivery), actions);
    return actions;
  }
  held_.pop_front();
  if (decision.kind == Decision::Kind::skip) {
    passed_[delivery.exchange] = true;
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

corpus::Session played_part(const corpus::Session& recorded, const corpus::Session& live,
                            const std::vector<bool>& passed, const JudgeOptions& options) {
  std::vector<bool> kept = passed;
  for (const Partners& partners : judge(recorded, live, options).partners) kept[partners.recorded] = true;
  const Plan plan = make_plan(recorded, {options.count_polling});
  corpus::Session part;
  part.info = recorded.info;
  part.damage = recorded.damage;
  part.path = recorded.path;
  for (std::size_t i = 0; i < recorded.exchanges.size(); ++i) {
    if (kept[i] || plan.steps[i].role == Role::polling) part.exchanges.push_back(recorded.exchanges[i]);
  }
  return part;
}

}  // namespace replay
