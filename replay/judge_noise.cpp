// What a live run did differently, and what learnt noise makes of it.
#include <fmt/format.h>

#include "replay/judge.h"
#include "replay/noise.h"

namespace replay {

void Judge::suppress(FindingKind kind, std::size_t recorded, std::size_t live, std::string why,
                     std::optional<Difference> difference) {
  Suppressed& suppressed = verdict_.suppressed.emplace_back();
  suppressed.kind = kind;
  if (recorded != kNone) suppressed.recorded = place(recorded);
  if (live != kNone) suppressed.live = live_place(live);
  suppressed.what = kind_of(recorded != kNone ? recorded_.exchanges[recorded].request : live_.exchanges[live].request);
  suppressed.difference = std::move(difference);
  suppressed.why = std::move(why);
}

void Judge::suppress(FindingKind kind, std::size_t recorded, std::size_t live,
                     const std::vector<Explained>& explained) {
  for (const Explained& one : explained) suppress(kind, recorded, live, one.why, one.difference);
}

bool Judge::may_overtake(std::size_t recorded, std::size_t earlier) {
  auto why = options_.noise == nullptr ? std::nullopt : options_.noise->may_swap(earlier, recorded);
  if (why) suppress(FindingKind::out_of_order, recorded, partner_[recorded], std::move(*why));
  return why.has_value();
}

bool Judge::may_be_extra(std::size_t live, bool doubled) {
  if (options_.noise == nullptr) return false;
  const auto entry = options_.noise->extra(live_.exchanges[live].request);
  if (!entry) return false;
  const NoisyExtra& extra = options_.noise->record().extras[*entry];
  if (extras_[*entry] == extra.most) return false;
  ++extras_[*entry];
  suppress(doubled ? FindingKind::doubled_request : FindingKind::unknown_request, kNone, live,
           fmt::format("it may come up to {} times (in {} of {} runs)", extra.most, extra.runs,
                       options_.noise->record().runs));
  return true;
}

bool Judge::may_miss(std::size_t recorded) {
  if (!plan_.steps[recorded].optional) return false;
  const bool request = plan_.steps[recorded].role == Role::request;
  suppress(request ? FindingKind::missing_request : FindingKind::withheld_delivery, recorded, kNone,
           options_.noise->may_miss(recorded).value_or("it waits for a request that need not come"));
  return true;
}

bool Judge::may_take(FindingKind kind, std::size_t recorded, std::size_t live, corpus::Micros time) {
  if (options_.noise == nullptr || time > options_.noise->longest(recorded).value_or(0)) return false;
  suppress(kind, recorded, live,
           kind == FindingKind::late_answer ? "the answer took as long in good runs" : "it came as late in good runs");
  verdict_.suppressed.back().took = time;
  return true;
}

}  // namespace replay
