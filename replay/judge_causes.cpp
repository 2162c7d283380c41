// What made the bot send a request, as far as a session shows it.
#include <fmt/format.h>

#include <algorithm>

#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "replay/judge.h"
#include "replay/told.h"
#include "replay/trigger.h"

namespace replay {
namespace {

// How far back in a live session a cause is looked for.
constexpr std::size_t kFarthestCause = 256;

}  // namespace

// The last that it was told about the calls of the request; else the last that it was told at all (told.h).
std::string Judge::cause_in_recording(std::size_t recorded) {
  const std::optional<std::size_t> cause = plan_.steps[recorded].told_by;
  return cause ? "after " + named(*cause) : std::string();
}

std::string Judge::cause_in_live_run(std::size_t index) {
  const corpus::GraphPath path = corpus::parse_graph_path(live_.exchanges[index].request.target);
  const std::string call = corpus::canonical_id(bindings_.recorded_of(path.id_after("calls")));
  const corpus::Micros asked = live_.exchanges[index].sent;
  std::size_t last = kNone;
  bool last_is_about = false;
  for (std::size_t i = index; i-- > 0 && index - i <= kFarthestCause;) {
    const auto told = told_at(live_.exchanges[i]);
    const auto mark = marks_.find(i);  // of one that was repeated by hand: it has a partner, and is not it
    const std::size_t partner =
        mark != marks_.end() ? static_cast<std::size_t>(mark->second.exchange) : live_partner_[i];
    // Of the bot's own requests those that the recording has: the others are polling, or tell of nothing that it knows.
    if (!told || *told > asked || (live_.exchanges[i].leg == corpus::Leg::graph && partner == kNone)) continue;
    const bool about =
        partner != kNone && std::ranges::find(plan_.steps[partner].calls, call) != plan_.steps[partner].calls.end();
    const bool later = last == kNone || *told > *told_at(live_.exchanges[last]);
    if (about == last_is_about ? !later : last_is_about) continue;
    last = i;
    last_is_about = about;
  }
  if (last == kNone) return {};
  const Place place = live_place(last);
  return fmt::format("after exchange {} of the live run{}, {}", place.exchange,
                     place.by_hand.empty() ? "" : " (" + place.by_hand + ")", described(last));
}

// What the recording shows as answered to should have come before the answer.
void Judge::check_triggers() {
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    if (plan_.steps[i].role != Role::request) continue;
    const auto trigger = overtaken_trigger(recorded_, live_, plan_, partner_, i);
    if (!trigger || may_overtake(i, *trigger)) continue;
    Finding& finding = find(FindingKind::out_of_order, i, partner_[i]);
    finding.change = "came before " + named(*trigger) + ", which it answers to in the recording";
    finding.cause = cause_in_live_run(partner_[i]);  // that of the recording is what it did not wait for
  }
}

}  // namespace replay
