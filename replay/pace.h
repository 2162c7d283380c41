// How recorded times become times of a replay.
#pragma once

#include <optional>

#include "corpus/exchange.h"

namespace replay {

/// No recorded time counts for more than ten years, and no replay lasts longer than a hundred: what a damaged file says
/// must neither overflow nor wait for ever at full speed.
inline constexpr corpus::Micros kLongestGap = corpus::Micros{10} * 365 * 24 * 3600 * 1'000'000;
inline constexpr corpus::Micros kLongestReplay = 10 * kLongestGap;

/// The speed of a replay. A value, copied into whoever needs it.
struct Pace {
  double speed = 1;                       ///< recorded times are divided by it; greater than 0
  bool asap = false;                      ///< recorded times count as nothing
  std::optional<corpus::Micros> max_gap;  ///< no gap is longer, after division

  /// The gap of the replay for one of the recording, in whole microseconds; 0 for one that goes back.
  corpus::Micros scaled(corpus::Micros recorded) const;
};

/// `time` and `gap` added, each cut at its limit above.
corpus::Micros later(corpus::Micros time, corpus::Micros gap);

}  // namespace replay
