// What killed the bot, and what came of its death.
#include <fmt/format.h>

#include <algorithm>

#include "replay/death.h"
#include "replay/judge.h"

namespace replay {
namespace {

using corpus::Exchange;
using corpus::Leg;
using corpus::Micros;

// Whether the bot can have got the delivery at all.
bool has_arrived(const Exchange& delivery) {
  const auto* failure = delivery.failure();
  return failure == nullptr || !(failure->reason == "refused" || failure->reason == "unreachable" ||
                                 failure->reason == "unresolved" || failure->reason == "tls");
}

// When the bot had last been told something by this exchange; nothing if it was not.
std::optional<Micros> told(const Exchange& exchange) {
  if (exchange.leg == Leg::webhook) return has_arrived(exchange) ? std::optional(exchange.sent) : std::nullopt;
  return exchange.response() != nullptr ? std::optional(exchange.ended) : std::nullopt;
}

bool is_unanswered(const Exchange& exchange) {
  return exchange.leg == Leg::webhook && exchange.response() == nullptr && has_arrived(exchange);
}

}  // namespace

// The last delivery that it did not answer, since it was at work on that; else the last thing that it was told.
std::size_t Judge::killer(Micros died) const {
  std::size_t last = kNone;
  for (std::size_t i = 0; i < live_.exchanges.size(); ++i) {
    const Exchange& exchange = live_.exchanges[i];
    const auto when = told(exchange);
    if (!when || *when > died) continue;
    const bool open = is_unanswered(exchange);
    const bool was_open = last != kNone && is_unanswered(live_.exchanges[last]);
    const bool later = last == kNone || *when >= *told(live_.exchanges[last]);
    if (open == was_open ? later : open) last = i;
  }
  return last;
}

// What was to come after the exchange that killed the bot cannot have come.
void Judge::mourn(std::size_t killed_by) {
  const std::size_t recorded = killed_by != kNone ? live_partner_[killed_by] : kNone;
  const Micros fatal = killed_by != kNone ? *told(live_.exchanges[killed_by]) : 0;
  const Micros was = recorded != kNone ? recorded_.exchanges[recorded].sent : 0;
  for (Finding& finding : verdict_.findings) {
    const auto place_is = [](const auto& place) {
      return [&place](const Exchange& exchange) { return exchange.number == place->exchange; };
    };
    if (finding.kind == FindingKind::missing_request) {
      const auto missed = std::ranges::find_if(recorded_.exchanges, place_is(finding.recorded));
      finding.consequence = finding.consequence || missed->sent >= was;
    } else if (finding.kind == FindingKind::no_answer) {
      const auto open = std::ranges::find_if(live_.exchanges, place_is(finding.live));
      finding.consequence = !open->ended_at_all() || open->ended >= fatal;
    } else if (finding.kind == FindingKind::withheld_delivery) {
      finding.consequence = true;
    }
  }
}

void Judge::death() {
  const auto death = death_of(live_);
  if (!death) return;
  const std::size_t by = killer(death->time);
  mourn(by);
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
                    describer_.request(exchange.request);
    finding.notes.push_back(fmt::format("noticed {:.3f} ms after it was told that",
                                        static_cast<double>(death->time - *told(exchange)) / 1e3));
  } else {
    finding.what += " before it was told anything";
  }
  finding.notes.emplace_back(death->output.empty() ? "it wrote nothing" : "the last that it wrote:");
  for (const std::string& line : death->output) finding.notes.push_back("  " + corpus::printable(line));
  verdict_.findings.insert(verdict_.findings.begin(), std::move(finding));
}

}  // namespace replay
