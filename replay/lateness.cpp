#include "replay/lateness.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

namespace replay {
namespace {

using corpus::Micros;

// Finer than this no clock of a loaded machine is.
constexpr Micros kFirstEdge = 10;

// The edge after this one: 10, 20, 50, 100, …. The last one is so far off that nothing is above it.
Micros next_edge(Micros edge) {
  constexpr Micros kLast = std::numeric_limits<Micros>::max();
  if (edge == 0) return kFirstEdge;
  if (edge > kLast / 10) return kLast;
  Micros power = kFirstEdge;
  while (power <= edge / 10) power *= 10;
  return edge == 2 * power ? 5 * power : 2 * edge;
}

// `late` is sorted and holds something.
std::vector<LatenessBucket> buckets_of(const std::vector<Micros>& late) {
  std::vector<LatenessBucket> buckets;
  auto at = late.begin();
  for (Micros from = 0; at != late.end(); from = next_edge(from)) {
    const Micros below = next_edge(from);
    const auto end = below == std::numeric_limits<Micros>::max() ? late.end() : std::lower_bound(at, late.end(), below);
    if (end != at || !buckets.empty()) buckets.push_back({from, below, static_cast<std::size_t>(end - at)});
    at = end;
  }
  return buckets;
}

}  // namespace

Lateness figures_of(std::vector<Micros> times) {
  std::ranges::sort(times);
  // The nearest rank: the smallest value that at least this share of all values does not exceed.
  const auto at = [&](double share) {
    return times[static_cast<std::size_t>(std::ceil(share * static_cast<double>(times.size()))) - 1];
  };
  return {times.size(), at(0.5), at(0.9), at(0.99), times.back(), buckets_of(times)};
}

std::optional<Lateness> lateness_of(const corpus::Session& live) {
  std::vector<Micros> late;
  for (const corpus::Exchange& exchange : live.exchanges) {
    if (exchange.due) late.push_back(exchange.sent - *exchange.due);
  }
  if (late.empty()) return std::nullopt;
  return figures_of(std::move(late));
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
