// How well a player kept its times.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "corpus/exchange.h"

namespace replay {

/// Actual minus intended time of deliveries, in microseconds: the middle one, the one that 99 % are not above, the
/// worst.
struct Lateness {
  std::size_t deliveries = 0;
  corpus::Micros p50 = 0;
  corpus::Micros p99 = 0;
  corpus::Micros max = 0;
};

/// Nothing for a session that does not say when its deliveries were due: one that no player made.
std::optional<Lateness> lateness_of(const corpus::Session& live);

/// The places in `live.exchanges` of those deliveries that were latest, at most `count`, the latest first.
std::vector<std::size_t> latest_deliveries(const corpus::Session& live, std::size_t count);

}  // namespace replay
