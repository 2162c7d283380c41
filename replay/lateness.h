// How well a player kept its times.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "corpus/exchange.h"

namespace replay {

/// How many deliveries were late by at least `from` and by less than `below`.
struct LatenessBucket {
  corpus::Micros from = 0;
  corpus::Micros below = 0;
  std::size_t deliveries = 0;

  bool operator==(const LatenessBucket&) const = default;
};

/// Actual minus intended time of deliveries, in microseconds: the middle one, those that 90 % and 99 % are not above,
/// the worst.
struct Lateness {
  std::size_t deliveries = 0;
  corpus::Micros p50 = 0;
  corpus::Micros p90 = 0;
  corpus::Micros p99 = 0;
  corpus::Micros max = 0;
  /// From the bucket of the least to that of the worst, without gaps, in steps of 1, 2, 5, 10, …; the one that begins
  /// at 0 also holds what was early.
  std::vector<LatenessBucket> buckets = {};
};

/// These figures for any times, of which there must be at least one.
Lateness figures_of(std::vector<corpus::Micros> times);

/// Nothing for a session that does not say when its deliveries were due: one that no player made.
std::optional<Lateness> lateness_of(const corpus::Session& live);

/// The places in `live.exchanges` of those deliveries that were latest, at most `count`, the latest first.
std::vector<std::size_t> latest_deliveries(const corpus::Session& live, std::size_t count);

}  // namespace replay
