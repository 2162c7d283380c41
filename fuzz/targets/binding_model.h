// A map of ids that is as simple as can be, beside the one that the target correlation tests.
#pragma once

#include <algorithm>
#include <map>
#include <string>

#include "corpus/ids.h"
#include "fuzz/target.h"
#include "replay/bindings.h"

namespace fuzz {

/// Canonical ids: recorded to live.
class BindingModel {
 public:
  /// Binds the pair in both maps; the outcome must be the one that follows from this one.
  void bind(replay::Bindings& bindings, const std::string& recorded, const std::string& live) {
    using Outcome = replay::Bindings::Outcome;
    const std::string key = corpus::canonical_id(recorded), value = corpus::canonical_id(live);
    const auto known = map_.find(key);
    const bool live_taken = std::ranges::any_of(map_, [&](const auto& pair) { return pair.second == value; });
    Outcome expected = live_taken ? Outcome::live_taken : Outcome::bound;
    if (known != map_.end()) expected = known->second == value ? Outcome::known : Outcome::recorded_taken;
    FUZZ_ASSERT(bindings.look(recorded, live) == expected);
    FUZZ_ASSERT(bindings.bind(recorded, live) == expected);
    if (expected == Outcome::bound) map_.emplace(key, value);
  }

  std::size_t size() const { return map_.size(); }

  /// What is bound here is bound there, both ways, and nothing else.
  void assert_same(const replay::Bindings& bindings) const {
    FUZZ_ASSERT(bindings.size() == map_.size());
    for (const auto& [recorded, live] : map_) {
      FUZZ_ASSERT(corpus::canonical_id(bindings.live_of(recorded)) == live);
      FUZZ_ASSERT(corpus::canonical_id(bindings.recorded_of(live)) == recorded);
    }
  }

 private:
  std::map<std::string, std::string> map_;
};

}  // namespace fuzz
