// What made the bot send a request, as far as a session shows it.
#include <fmt/format.h>

#include <algorithm>

#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "replay/judge.h"

namespace replay {
namespace {

// How far back in a live session a cause is looked for.
constexpr std::size_t kFarthestCause = 256;

}  // namespace

// The last that it was told about the calls of the request; else the last that it was told at all.
std::string Judge::cause_in_recording(std::size_t recorded) {
  std::optional<std::size_t> cause = plan_.steps[recorded].told_by;
  for (std::size_t i = recorded; !cause && i-- > 0;) {
    if (plan_.steps[i].role == Role::delivery) cause = i;
  }
  return cause ? "after " + named(*cause) : std::string();
}

std::string Judge::cause_in_live_run(std::size_t index) {
  const corpus::GraphPath path = corpus::parse_graph_path(live_.exchanges[index].request.target);
  const std::string call = corpus::canonical_id(bindings_.recorded_of(path.id_after("calls")));
  std::size_t last = kNone;
  for (std::size_t i = index; i-- > 0 && index - i <= kFarthestCause;) {
    if (live_.exchanges[i].leg != corpus::Leg::webhook) continue;
    if (last == kNone) last = i;
    const std::size_t partner = live_partner_[i];
    if (partner == kNone || std::ranges::find(plan_.steps[partner].calls, call) == plan_.steps[partner].calls.end()) {
      continue;
    }
    last = i;
    break;
  }
  if (last == kNone) return {};
  const corpus::Exchange& exchange = live_.exchanges[last];
  return fmt::format("after exchange {} of the live run, {}", exchange.number, describer_.request(exchange.request));
}

}  // namespace replay
