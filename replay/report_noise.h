// What reports say of noise.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "replay/verdict.h"

namespace replay {

/// Suppressed differences that are of one kind of request and have one reason.
struct NoiseSum {
  std::string what;  ///< "POST /calls/{}/participants/invite"
  std::string why;   ///< "/note: wording of 3 to 20 words, some of them known (in 4 of 5 runs)"
  std::size_t times = 0;
};

/// All that was suppressed, the most frequent first.
std::vector<NoiseSum> noise_sums(const Verdict& verdict);

/// Lines for a person, each with its line break; nothing for a verdict without noise.
std::string noise_lines(const Verdict& verdict);

}  // namespace replay
