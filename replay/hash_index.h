// Places in a session by hash. For the delivery matcher.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace replay {

/// Hash -> the places that were given with it, in their order. Filled once and then asked: so it is a few arrays, and
/// not as many pieces of memory as there are hashes.
class HashIndex {
 public:
  /// The places of one hash have to come in the order in which they are to be given back.
  void add(std::size_t hash, std::size_t place) { given_.push_back({hash, place}); }
  /// After the last add(), before the first left().
  void build();

  /// Those of this hash, without those at their beginning that have been taken. What is taken stays so.
  std::span<const std::size_t> left(std::size_t hash, const std::vector<bool>& taken);

 private:
  // The bits of a hash that choose its bucket.
  std::size_t bucket_of(std::size_t hash) const { return hash & (begins_.size() - 2); }

  std::vector<std::pair<std::size_t, std::size_t>> given_;  // until build()
  std::vector<std::size_t> begins_;                         // of each bucket, and the end; buckets are a power of two
  std::vector<std::size_t> hashes_;                         // bucket by bucket, in rising order in each
  std::vector<std::size_t> places_;                         // of hashes_
  std::vector<std::uint32_t> taken_;  // at the first place of a hash: how many from there on have been taken
};

}  // namespace replay
