#include "replay/array_alignment.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>

namespace replay {
namespace {

// Comparing each element with each takes time that grows with the square: where more than this differ between the
// beginning and the end that are equal, elements are taken by place.
constexpr std::size_t kMostDiffering = 64;

// A run of elements in each array.
struct Gap {
  std::size_t recorded = 0;
  std::size_t recorded_end = 0;
  std::size_t live = 0;
  std::size_t live_end = 0;
};

void pair_up(const Gap& gap, std::vector<Aligned>& out) {
  std::size_t recorded = gap.recorded;
  std::size_t live = gap.live;
  while (recorded < gap.recorded_end && live < gap.live_end) out.push_back({recorded++, live++});
  while (recorded < gap.recorded_end) out.push_back({recorded++, std::nullopt});
  while (live < gap.live_end) out.push_back({std::nullopt, live++});
}

// The longest common subsequence of a gap: lengths[i][j] is that of what stands behind i and j.
class CommonSubsequence {
 public:
  CommonSubsequence(const Gap& gap, const std::function<bool(std::size_t, std::size_t)>& equal)
      : gap_(gap),
        width_(gap.live_end - gap.live + 1),
        equal_(width_ * (gap.recorded_end - gap.recorded + 1)),
        lengths_(equal_.size()) {
    for (std::size_t i = gap.recorded_end; i-- > gap.recorded;) {
      for (std::size_t j = gap.live_end; j-- > gap.live;) {
        equal_[at(i, j)] = equal(i, j);
        lengths_[at(i, j)] = equal_[at(i, j)] ? lengths_[at(i + 1, j + 1)] + 1
                                              : std::max(lengths_[at(i + 1, j)], lengths_[at(i, j + 1)]);
      }
    }
  }

  std::vector<Aligned> aligned() const {
    std::vector<Aligned> out;
    Gap between{gap_.recorded, gap_.recorded, gap_.live, gap_.live};
    while (between.recorded_end < gap_.recorded_end && between.live_end < gap_.live_end) {
      const std::size_t i = between.recorded_end;
      const std::size_t j = between.live_end;
      if (equal_[at(i, j)]) {
        pair_up(between, out);
        out.push_back({i, j});
        between = {i + 1, i + 1, j + 1, j + 1};
      } else if (lengths_[at(i + 1, j)] >= lengths_[at(i, j + 1)]) {
        ++between.recorded_end;
      } else {
        ++between.live_end;
      }
    }
    pair_up({between.recorded, gap_.recorded_end, between.live, gap_.live_end}, out);
    return out;
  }

 private:
  std::size_t at(std::size_t recorded, std::size_t live) const {
    return (recorded - gap_.recorded) * width_ + (live - gap_.live);
  }

  Gap gap_;
  std::size_t width_;
  std::vector<bool> equal_;
  std::vector<std::size_t> lengths_;
};

}  // namespace

std::vector<Aligned> align_by_name(const std::vector<Names>& recorded, const std::vector<Names>& live) {
  std::map<std::string_view, std::vector<std::size_t>> named;
  for (std::size_t i = live.size(); i-- > 0;) {
    for (const std::string& name : live[i]) named[name].push_back(i);  // the first is taken from the end
  }
  std::vector<bool> taken(live.size());
  std::vector<std::optional<std::size_t>> partner(recorded.size());
  const auto take = [&](std::size_t i, const std::string& name) {
    const auto found = named.find(name);
    if (found == named.end()) return;
    std::vector<std::size_t>& places = found->second;
    while (!places.empty() && taken[places.back()]) places.pop_back();
    if (places.empty()) return;
    partner[i] = places.back();
    taken[places.back()] = true;
  };
  // What says most is asked of all elements before what says less is asked of any.
  std::size_t most = 0;
  for (const Names& names : recorded) most = std::max(most, names.size());
  for (std::size_t rank = 0; rank < most; ++rank) {
    for (std::size_t i = 0; i < recorded.size(); ++i) {
      if (!partner[i] && rank < recorded[i].size()) take(i, recorded[i][rank]);
    }
  }
  const auto is_alone = [](const std::optional<std::size_t>& found) { return !found; };
  const bool replaced = std::ranges::count_if(partner, is_alone) == std::ranges::count(taken, false);
  std::vector<Aligned> out;
  std::size_t next = 0;
  const auto next_alone = [&] {
    while (taken[next]) ++next;
    return next++;
  };
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    out.push_back({i, partner[i] || !replaced ? partner[i] : next_alone()});
  }
  for (std::size_t j = 0; j < live.size() && !replaced; ++j) {
    if (!taken[j]) out.push_back({std::nullopt, j});
  }
  return out;
}

std::vector<Aligned> align_by_place(std::size_t recorded, std::size_t live,
                                    const std::function<bool(std::size_t, std::size_t)>& equal) {
  std::vector<Aligned> out;
  Gap gap{0, recorded, 0, live};
  while (gap.recorded < recorded && gap.live < live && equal(gap.recorded, gap.live)) {
    out.push_back({gap.recorded++, gap.live++});
  }
  std::vector<Aligned> tail;
  while (gap.recorded_end > gap.recorded && gap.live_end > gap.live && equal(gap.recorded_end - 1, gap.live_end - 1)) {
    tail.push_back({--gap.recorded_end, --gap.live_end});
  }
  const std::size_t shorter = std::min(gap.recorded_end - gap.recorded, gap.live_end - gap.live);
  const std::size_t longer = std::max(gap.recorded_end - gap.recorded, gap.live_end - gap.live);
  if (shorter > 0 && longer > 1 && longer <= kMostDiffering) {
    std::ranges::copy(CommonSubsequence(gap, equal).aligned(), std::back_inserter(out));
  } else {
    pair_up(gap, out);
  }
  out.insert(out.end(), tail.rbegin(), tail.rend());
  return out;
}

}  // namespace replay
