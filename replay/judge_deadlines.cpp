// Which requests came too late after what the bot was told.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <unordered_map>

#include "replay/judge.h"
#include "replay/told.h"

namespace replay {
namespace {

using corpus::Micros;

// What the bot has been told so far about one call, or about anything.
struct Told {
  Micros last = 0;               // in recorded time
  bool last_came = false;        // it was told that in the live run too
  std::optional<Micros> offset;  // by how much the live run was behind the recording at most when it was told something

  void add(Micros recorded, std::optional<Micros> live) {
    last = recorded;
    last_came = live.has_value();
    if (live) offset = std::max(offset.value_or(*live - recorded), *live - recorded);
  }

  void join(const Told& other) {
    if (other.last >= last) last_came = other.last_came;
    last = std::max(last, other.last);
    if (other.offset) offset = std::max(offset.value_or(*other.offset), *other.offset);
  }
};

double seconds(Micros time) {
  return static_cast<double>(time) / 1e6;
}

// Longer is for ever: a factor is the user's, and the product must fit.
Micros limit_of(Micros think, double factor, Micros floor) {
  constexpr double kForEver = 1e15;
  return static_cast<Micros>(std::min(kForEver, static_cast<double>(think) * factor + static_cast<double>(floor)));
}

}  // namespace

// When the bot was told in the live run what a recorded exchange told it; nothing if it was not.
std::optional<Micros> Judge::told_live(std::size_t recorded) const {
  const std::size_t live = partner_[recorded];
  return live == kNone ? std::nullopt : told_at(live_.exchanges[live]);
}

// Which of the things that it was told made the bot ask, nobody knows: it may be the last one, or a timer that an
// earlier one started. Only a request that is late after each of them is late; so a replay that leaves out waiting
// (--speed, --max-gap) makes no bot late that goes by its own clock.
void Judge::check_deadlines() {
  if (!options_.deadline_factor) return;
  std::unordered_map<std::string_view, Told> of_calls;
  Told of_anything;
  for (const Moment& moment : moments_of(recorded_)) {
    const Step& step = plan_.steps[moment.exchange];
    if (step.role == Role::polling) continue;
    if ((step.role == Role::delivery) == (moment.phase == Phase::sent) &&
        told_at(recorded_.exchanges[moment.exchange]).has_value()) {
      const std::optional<Micros> live = told_live(moment.exchange);
      for (const std::string& call : step.calls) of_calls[call].add(moment.time, live);
      of_anything.add(moment.time, live);
    }
    const std::size_t partner = partner_[moment.exchange];
    if (step.role != Role::request || moment.phase != Phase::sent || partner == kNone) continue;
    const Micros came = live_.exchanges[partner].sent;
    Told told;
    for (const std::string& call : step.calls) {
      if (const auto known = of_calls.find(call); known != of_calls.end()) told.join(known->second);
    }
    if (!told.offset) told = of_anything;  // the first request of a call answers to something else
    if (!told.offset || !told.last_came) continue;
    const Micros think = moment.time - told.last;
    const Micros took = think + came - moment.time - *told.offset;
    const Micros limit = limit_of(think, *options_.deadline_factor, options_.deadline_floor);
    if (took <= limit || may_take(FindingKind::late_request, moment.exchange, partner, took)) continue;
    Finding& finding = find(FindingKind::late_request, moment.exchange, partner);
    finding.took = took;
    finding.change = fmt::format("{:.3f} s after what it answers to, recorded {:.3f} s, the limit is {:.3f} s",
                                 seconds(took), seconds(think), seconds(limit));
  }
}

}  // namespace replay
