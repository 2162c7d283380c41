#include "replay/latency.h"

#include <utility>
#include <vector>

namespace replay {

std::optional<Latency> latency_of(const corpus::Session& live) {
  std::vector<corpus::Micros> times;
  for (const corpus::Exchange& exchange : live.exchanges) {
    if (exchange.due && exchange.response() != nullptr) times.push_back(exchange.ended - *exchange.due);
  }
  if (times.empty()) return std::nullopt;
  return figures_of(std::move(times));
}

}  // namespace replay
