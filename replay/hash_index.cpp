#include "replay/hash_index.h"

#include <algorithm>

namespace replay {

void HashIndex::build() {
  std::size_t buckets = 1;
  while (buckets < given_.size()) buckets *= 2;
  begins_.assign(buckets + 1, 0);
  for (const auto& [hash, place] : given_) ++begins_[bucket_of(hash) + 1];
  for (std::size_t i = 1; i < begins_.size(); ++i) begins_[i] += begins_[i - 1];
  std::vector<std::size_t> next(begins_.begin(), begins_.end() - 1);
  auto sorted = given_;
  for (const auto& entry : given_) sorted[next[bucket_of(entry.first)]++] = entry;
  const auto at = [&](std::size_t place) { return sorted.begin() + static_cast<std::ptrdiff_t>(place); };
  for (std::size_t i = 0; i < buckets; ++i) {
    if (begins_[i + 1] - begins_[i] < 2) continue;
    std::ranges::stable_sort(at(begins_[i]), at(begins_[i + 1]), {}, &std::pair<std::size_t, std::size_t>::first);
  }
  for (const auto& [hash, place] : sorted) {
    hashes_.push_back(hash);
    places_.push_back(place);
  }
  taken_.assign(sorted.size(), 0);
  given_ = {};
}

std::span<const std::size_t> HashIndex::left(std::size_t hash, const std::vector<bool>& taken) {
  const std::size_t bucket = bucket_of(hash);
  const auto from = hashes_.begin() + static_cast<std::ptrdiff_t>(begins_[bucket]);
  const auto to = hashes_.begin() + static_cast<std::ptrdiff_t>(begins_[bucket + 1]);
  const auto found = std::ranges::equal_range(from, to, hash);
  if (found.empty()) return {};
  const auto begin = static_cast<std::size_t>(found.begin() - hashes_.begin());
  const auto places = std::span(places_).subspan(begin, found.size());
  std::uint32_t& gone = taken_[begin];
  while (gone < places.size() && taken[places[gone]]) ++gone;
  return places.subspan(gone);
}

}  // namespace replay
