#include "replay/pace.h"

#include <algorithm>
#include <cmath>

namespace replay {

using corpus::Micros;

Micros Pace::scaled(Micros recorded) const {
  if (asap) return 0;
  const double divided = std::clamp(static_cast<double>(recorded) / speed, 0.0, static_cast<double>(kLongestGap));
  return std::min<Micros>(std::llround(divided), max_gap.value_or(kLongestGap));
}

Micros later(Micros time, Micros gap) {
  return std::min(time, kLongestReplay) + std::min(gap, kLongestGap);
}

}  // namespace replay
