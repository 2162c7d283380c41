#include "replay/lateness.h"

#include <algorithm>
#include <cmath>
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

}  // namespace replay
