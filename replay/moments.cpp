// The order of events in a session.
#include <algorithm>

#include "replay/plan.h"

namespace replay {

std::vector<Moment> moments_of(const corpus::Session& session) {
  struct Placed {
    Moment moment;
    std::size_t place;
  };
  std::vector<Placed> placed;
  for (std::size_t i = 0; i < session.exchanges.size(); ++i) {
    const corpus::Exchange& exchange = session.exchanges[i];
    placed.push_back({{exchange.sent, i, Phase::sent}, exchange.request_line});
    if (exchange.ended_at_all()) placed.push_back({{exchange.ended, i, Phase::ended}, exchange.outcome_line});
  }
  std::ranges::stable_sort(placed, [](const Placed& a, const Placed& b) {
    return a.moment.time != b.moment.time ? a.moment.time < b.moment.time : a.place < b.place;
  });
  std::vector<Moment> moments;
  moments.reserve(placed.size());
  for (const Placed& item : placed) moments.push_back(item.moment);
  return moments;
}

}  // namespace replay
