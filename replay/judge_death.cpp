// What killed the bot, and what came of its death.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <unordered_map>

#include "replay/death.h"
#include "replay/judge.h"
#include "replay/told.h"

namespace replay {
namespace {

using corpus::Exchange;
using corpus::Leg;
using corpus::Micros;
using corpus::Session;

bool is_unanswered(const Exchange& exchange) {
  return exchange.leg == Leg::webhook && exchange.response() == nullptr && has_arrived(exchange);
}

// Its connection ended, and not because we gave it up.
bool broke(const Exchange& exchange) {
  return exchange.failure() != nullptr && exchange.failure()->reason != "timeout";
}

/// When the bot last did something as far as is known, and when it was seen to be dead.
struct LastDays {
  Micros alive;
  Micros died;
};

// When the bot last did something: it asked, or it answered.
Micros last_sign_of_life(const Session& live, Micros died) {
  Micros last = 0;
  for (const Exchange& exchange : live.exchanges) {
    const bool asked = exchange.leg == Leg::graph;
    const bool answered = exchange.leg == Leg::webhook && exchange.response() != nullptr;
    const Micros sign = asked ? exchange.sent : answered ? exchange.ended : 0;
    if (sign <= died) last = std::max(last, sign);
  }
  return last;
}

// What the bot sent before it died may be read behind the connection that broke with it: they are different
// connections, and its end is noticed by a third way.
constexpr Micros kInFlight = 50'000;

// Whether the bot was still at work on it when it was last alive: one that it let time out before that, or closed
// without a word, it has survived.
bool is_open(const Exchange& exchange, const LastDays& bot) {
  if (!is_unanswered(exchange)) return false;
  if (!exchange.ended_at_all() || exchange.ended >= bot.alive) return true;
  return broke(exchange) && exchange.ended >= bot.died - kInFlight;
}

// The first connection that broke with the bot; what was sent behind that has not killed it.
Micros first_sign_of_death(const Session& live, const LastDays& bot) {
  Micros first = bot.died;
  for (const Exchange& exchange : live.exchanges) {
    if (is_open(exchange, bot) && broke(exchange)) first = std::min(first, exchange.ended);
  }
  return first;
}

// Enough to find the place; the rest stands behind it in the recording.
constexpr std::size_t kShownUndone = 8;

// Whether a finding says no more than that the bot was dead by then. `was` and `fatal`: when it died, in the recording
// and live; `then` and `now`: the exchanges that the finding is about.
bool is_explained(const Finding& finding, const Exchange* then, const Exchange* now, Micros was, Micros fatal) {
  switch (finding.kind) {
    case FindingKind::missing_request:
      return then->sent >= was;
    case FindingKind::withheld_delivery:
      // One that was due behind it, or that nothing but the end kept from going out.
      return finding.recorded->by_hand.empty() && (then->sent >= was || !finding.consequence);
    case FindingKind::no_answer:
      return !now->ended_at_all() || now->ended >= fatal;
    default:
      return false;
  }
}

}  // namespace

// The last delivery that it was at work on; if there is none, the last thing that it was told.
std::size_t Judge::killer(Micros died) const {
  const LastDays bot{last_sign_of_life(live_, died), died};
  const Micros dead = first_sign_of_death(live_, bot);
  std::size_t last = kNone;
  for (std::size_t i = 0; i < live_.exchanges.size(); ++i) {
    const Exchange& exchange = live_.exchanges[i];
    const auto when = told_at(exchange);
    if (!when || *when > dead) continue;
    const bool open = is_open(exchange, bot);
    const bool was_open = last != kNone && is_open(live_.exchanges[last], bot);
    const bool later = last == kNone || *when >= *told_at(live_.exchanges[last]);
    if (open == was_open ? later : open) last = i;
  }
  return last;
}

// Where the recording was when the bot died. If nothing there stands for what killed it: where it was just before.
Micros Judge::recorded_death(std::size_t killed_by) const {
  if (killed_by == kNone) return 0;
  const Micros fatal = *told_at(live_.exchanges[killed_by]);
  std::size_t last = live_partner_[killed_by] != kNone ? killed_by : kNone;
  for (std::size_t i = 0; i < live_.exchanges.size() && live_partner_[killed_by] == kNone; ++i) {
    const auto when = told_at(live_.exchanges[i]);
    if (live_partner_[i] == kNone || !when || *when > fatal) continue;
    if (last == kNone || *when >= *told_at(live_.exchanges[last])) last = i;
  }
  if (last == kNone) return 0;
  const Exchange& then = recorded_.exchanges[live_partner_[last]];
  return told_at(then).value_or(then.sent);
}

// What was to come after the exchange that killed the bot cannot have come: it is said in a line for each kind.
std::vector<std::string> Judge::mourn(std::size_t killed_by) {
  const auto by_number = [](const Session& session) {
    std::unordered_map<std::int64_t, const Exchange*> exchanges;
    for (const Exchange& exchange : session.exchanges) exchanges.emplace(exchange.number, &exchange);
    return [exchanges = std::move(exchanges)](const std::optional<Place>& place) {
      return place ? exchanges.find(place->exchange)->second : nullptr;
    };
  };
  const auto recorded = by_number(recorded_);
  const auto live = by_number(live_);
  const Micros fatal = killed_by != kNone ? *told_at(live_.exchanges[killed_by]) : 0;
  const Micros was = recorded_death(killed_by);
  std::map<FindingKind, std::vector<std::int64_t>> undone;
  std::erase_if(verdict_.findings, [&](const Finding& finding) {
    if (!is_explained(finding, recorded(finding.recorded), live(finding.live), was, fatal)) return false;
    undone[finding.kind].push_back(finding.recorded->exchange);
    return true;
  });
  std::vector<std::string> lines;
  for (const auto& [kind, exchanges] : undone) {
    const std::string_view what = kind == FindingKind::missing_request ? "requests that did not come"
                                  : kind == FindingKind::no_answer     ? "deliveries that were not answered"
                                                                       : "deliveries that were not sent";
    const auto shown = std::span(exchanges).first(std::min(exchanges.size(), kShownUndone));
    lines.push_back(fmt::format("it explains {}: {} (exchange {}{})", what, exchanges.size(), fmt::join(shown, ", "),
                                shown.size() < exchanges.size() ? ", …" : ""));
  }
  return lines;
}

void Judge::death() {
  const auto death = death_of(live_);
  if (!death) return;
  const std::size_t by = killer(death->time);
  const std::vector<std::string> explained = mourn(by);
  Finding finding;
  finding.kind = FindingKind::bot_died;
  finding.what = death->how;
  if (by != kNone) {
    const Exchange& exchange = live_.exchanges[by];
    const bool answered = exchange.response() != nullptr;
    finding.live = live_place(by);
    if (live_partner_[by] != kNone) finding.recorded = place(live_partner_[by]);
    finding.what += (exchange.leg == Leg::graph ? " after the answer to "
                     : answered                 ? " after answering "
                                                : " instead of answering ") +
                    described(by);
    finding.notes.push_back(fmt::format("noticed {:.3f} ms after it was told that",
                                        static_cast<double>(death->time - *told_at(exchange)) / 1e3));
  } else {
    finding.what += " before it was told anything";
  }
  finding.notes.insert(finding.notes.end(), explained.begin(), explained.end());
  finding.notes.emplace_back(death->output.empty() ? "it wrote nothing" : "the last that it wrote:");
  for (const std::string& line : death->output) finding.notes.push_back("  " + corpus::printable(line));
  verdict_.findings.insert(verdict_.findings.begin(), std::move(finding));
}

}  // namespace replay
