// In which order a shrinker tries what may go.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

namespace fuzz {

/// Goes through the units of several reductions, one reduction after the other: the second half of its units, the
/// first, then in quarters, and so on down to single ones, always from the last to the first; and through all
/// reductions once more, as long as something has gone. The first reductions, which make the most of a run, may be gone
/// through until they yield no more before the others have their turn. Taking units out must leave those in front of
/// them as they were.
class Halving {
 public:
  /// Units from `begin` to one before `end` of a reduction.
  struct Step {
    std::size_t reduction = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// `first`: how many reductions are gone through again and again before the others.
  explicit Halving(std::size_t reductions, std::size_t first = 0) : reductions_(reductions), first_(first) {}

  /// What to try next; nothing once a round has changed nothing. `count(reduction)` says how many units there are now.
  template <typename Count>
  std::optional<Step> next(const Count& count);
  /// The last step stands: what it took out is gone.
  void adopted() {
    progress_ = true;
    if (reduction_ < first_) progress_of_first_ = true;
  }

  std::size_t reduction() const { return reduction_; }
  bool finished() const { return finished_; }

 private:
  std::size_t reductions_;
  std::size_t first_;
  std::size_t reduction_ = 0;
  std::size_t chunk_ = 0;           // how many units at once; 0: the reduction has not begun
  std::size_t end_ = 0;             // one past the units that are to be tried next
  bool progress_ = false;           // something has gone in this round
  bool progress_of_first_ = false;  // since the first reductions were last begun
  bool finished_ = false;
};

template <typename Count>
std::optional<Halving::Step> Halving::next(const Count& count) {
  while (!finished_) {
    if (chunk_ == 0) {
      end_ = count(reduction_);
      chunk_ = std::max<std::size_t>(1, (end_ + 1) / 2);
    }
    if (end_ != 0) {
      const Step step{reduction_, end_ - std::min(end_, chunk_), end_};
      end_ = step.begin;
      return step;
    }
    if (chunk_ > 1) {
      chunk_ /= 2;
      end_ = count(reduction_);
    } else {
      chunk_ = 0;
      ++reduction_;
      if (reduction_ == first_ && std::exchange(progress_of_first_, false)) reduction_ = 0;
      if (reduction_ < reductions_) continue;
      reduction_ = 0;
      finished_ = !std::exchange(progress_, false);
    }
  }
  return std::nullopt;
}

}  // namespace fuzz
