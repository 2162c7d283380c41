#include "replay/trigger.h"

#include <algorithm>

#include "corpus/describe.h"
#include "corpus/origin.h"
#include "replay/told.h"

namespace replay {
namespace {

using corpus::Micros;

// A reaction takes no more than this share of the time before.
constexpr Micros kTenth = 10;

// How far back what the bot was told before is looked for.
constexpr std::size_t kFarthest = 1024;

bool about_one_call(const Step& one, const Step& other) {
  return std::ranges::any_of(
      one.calls, [&](const std::string& call) { return std::ranges::find(other.calls, call) != other.calls.end(); });
}

// The last thing that the bot was told about the calls of this request before that delivery.
std::size_t told_before(const corpus::Session& recorded, const Plan& plan, std::size_t delivery, std::size_t request) {
  const Micros sent = recorded.exchanges[delivery].sent;
  std::size_t last = kNone;
  Micros latest = 0;
  for (std::size_t i = delivery; i-- > 0 && delivery - i <= kFarthest;) {
    if (plan.steps[i].role == Role::polling || !about_one_call(plan.steps[i], plan.steps[request])) continue;
    const auto told = told_at(recorded.exchanges[i]);
    if (!told || *told > sent || (last != kNone && *told <= latest)) continue;
    last = i;
    latest = *told;
  }
  return last;
}

// Whether the bot had been told the same before: Graph sends again what it takes for lost.
bool is_told_again(const corpus::Session& recorded, const Plan& plan, std::size_t delivery, std::size_t request) {
  corpus::Describer describer;
  const std::string said = describer.request(recorded.exchanges[delivery].request);
  for (std::size_t i = delivery; i-- > 0 && delivery - i <= kFarthest;) {
    if (plan.steps[i].role != Role::delivery || !about_one_call(plan.steps[i], plan.steps[request])) continue;
    if (describer.request(recorded.exchanges[i].request) == said) return true;
  }
  return false;
}

}  // namespace

std::optional<std::size_t> overtaken_trigger(const corpus::Session& recorded, const corpus::Session& live,
                                             const Plan& plan, const std::vector<std::size_t>& partner,
                                             std::size_t request) {
  if (corpus::is_mutated(recorded.info)) return std::nullopt;
  const std::optional<std::size_t> trigger = plan.steps[request].told_by;
  if (!trigger || plan.steps[*trigger].role != Role::delivery || partner[request] == kNone ||
      partner[*trigger] == kNone || !about_one_call(plan.steps[*trigger], plan.steps[request])) {
    return std::nullopt;
  }
  const Micros came = live.exchanges[partner[request]].sent;
  if (live.exchanges[partner[*trigger]].sent <= came || is_told_again(recorded, plan, *trigger, request)) {
    return std::nullopt;
  }
  const std::size_t before = told_before(recorded, plan, *trigger, request);
  if (before == kNone) return trigger;  // it asks about a call that it was told nothing of
  if (partner[before] == kNone) return std::nullopt;
  const auto live_told = told_at(live.exchanges[partner[before]]);
  if (!live_told) return std::nullopt;
  const Micros asked = recorded.exchanges[request].sent;
  const Micros waited = asked - *told_at(recorded.exchanges[before]);
  const bool in_answer = (asked - recorded.exchanges[*trigger].sent) * kTenth <= waited;
  return in_answer && 2 * (came - *live_told) < waited ? trigger : std::nullopt;
}

}  // namespace replay
