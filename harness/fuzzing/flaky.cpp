#include "harness/fuzzing/flaky.h"

#include <algorithm>
#include <cmath>

namespace harness {

unsigned tries_for(unsigned shown, unsigned runs) {
  constexpr unsigned kMost = 8;
  constexpr double kOverlooked = 0.05;
  if (shown >= runs) return 1;
  if (shown == 0) return kMost;
  const double missed = 1 - static_cast<double>(shown) / runs;
  return std::min(kMost, static_cast<unsigned>(std::ceil(std::log(kOverlooked) / std::log(missed))));
}

}  // namespace harness
