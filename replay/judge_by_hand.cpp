// What somebody did by hand to the deliveries of a live run.
#include <algorithm>

#include "replay/judge.h"

namespace replay {

// A mark counts only if it names a delivery of this recording: the live session may be held against another one.
void Judge::read_hand_marks() {
  const auto delivery = [this](std::int64_t number) {
    const auto found = std::ranges::find(recorded_.exchanges, number, &corpus::Exchange::number);
    const auto place = static_cast<std::size_t>(found - recorded_.exchanges.begin());
    return found != recorded_.exchanges.end() && plan_.steps[place].role == Role::delivery ? place : kNone;
  };
  for (const std::int64_t number : note_.skipped) {
    if (const std::size_t skipped = delivery(number); skipped != kNone) by_hand_[skipped].skipped = true;
  }
  for (std::size_t i = 0; i < live_.exchanges.size(); ++i) {
    const auto mark = hand_mark_of(live_.exchanges[i]);
    const std::size_t recorded = mark ? delivery(mark->exchange) : kNone;
    if (recorded == kNone) continue;
    marks_.emplace(i, HandMark{static_cast<std::int64_t>(recorded), mark->done});
    ByHand& done = by_hand_[recorded];
    done.edited = done.edited || mark->done.edited;
    done.repeated = done.repeated || mark->done.repeated;
  }
}

ByHand Judge::done_to(std::size_t recorded) const {
  const auto found = by_hand_.find(recorded);
  return found != by_hand_.end() ? found->second : ByHand();
}

// The recorded delivery that this live one is; nothing, and a finding, if it is none.
std::optional<std::size_t> Judge::delivery_of(std::size_t index) {
  const corpus::Request& request = live_.exchanges[index].request;
  const auto mark = marks_.find(index);
  const std::size_t marked = mark != marks_.end() ? static_cast<std::size_t>(mark->second.exchange) : kNone;
  if (marked != kNone && mark->second.done.repeated) {
    deliveries_.bind_ids(marked, request);
    Finding& finding = find(FindingKind::unknown_delivery, marked, index);
    finding.change = to_string(mark->second.done);
    return std::nullopt;
  }
  if (marked != kNone && !deliveries_.taken(marked)) {
    deliveries_.take_as(marked, request);
    return marked;
  }
  const std::optional<std::size_t> recorded = deliveries_.take(request);
  if (!recorded) find(FindingKind::unknown_delivery, kNone, index);
  return recorded;
}

}  // namespace replay
