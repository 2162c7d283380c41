#include "replay/lateness.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace replay {

std::optional<Lateness> lateness_of(const corpus::Session& live) {
  std::vector<corpus::Micros> late;
  for (const corpus::Exchange& exchange : live.exchanges) {
    if (exchange.due) late.push_back(exchange.sent - *exchange.due);
  }
  if (late.empty()) return std::nullopt;
  std::ranges::sort(late);
  // The nearest rank: the smallest value that at least this share of all values does not exceed.
  const auto at = [&](double share) {
    return late[static_cast<std::size_t>(std::ceil(share * static_cast<double>(late.size()))) - 1];
  };
  return Lateness{late.size(), at(0.5), at(0.99), late.back()};
}

std::vector<std::size_t> latest_deliveries(const corpus::Session& live, std::size_t count) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < live.exchanges.size(); ++i) {
    if (live.exchanges[i].due) places.push_back(i);
  }
  const auto late = [&](std::size_t place) { return live.exchanges[place].sent - *live.exchanges[place].due; };
  std::ranges::stable_sort(places, std::greater<>(), late);
  places.resize(std::min(places.size(), count));
  return places;
}

}  // namespace replay
