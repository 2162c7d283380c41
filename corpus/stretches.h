// Many stretches of one text, and whether another one touches any of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "corpus/spelling.h"

namespace corpus {

/// Answers in the logarithm of their number: hostile texts hold very many.
class Stretches {
 public:
  explicit Stretches(std::vector<Stretch> stretches) : apart_(std::move(stretches)) {
    std::ranges::sort(apart_, {}, &Stretch::begin);
    std::size_t kept = 0;
    for (const Stretch& one : apart_) {
      if (kept > 0 && one.begin < apart_[kept - 1].end) {
        apart_[kept - 1].end = std::max(apart_[kept - 1].end, one.end);
      } else {
        apart_[kept++] = one;
      }
    }
    apart_.resize(kept);
  }

  /// Whether one of them has a byte in common with this one.
  bool touch(Stretch other) const {
    const auto behind = std::ranges::lower_bound(apart_, other.end, {}, &Stretch::begin);
    return behind != apart_.begin() && std::prev(behind)->end > other.begin;
  }

 private:
  std::vector<Stretch> apart_;  // in order; none touches another
};

}  // namespace corpus
