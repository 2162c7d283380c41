// A map with GUIDs as keys. For what looks up every id of every message.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "corpus/ids.h"

namespace replay {

/// GUID -> a small value, which is copied. All lies in one piece of memory: one look-up is one place to go to, and a
/// hundred thousand ids are not as many pieces to give back. Nothing can be taken out.
template <typename Value>
class GuidMap {
 public:
  /// Lives until the next add(); null: there is none.
  const Value* find(const corpus::GuidBits& guid) const {
    if (slots_.empty()) return nullptr;
    const Slot& slot = slots_[place_of(slots_, guid)];
    return slot.used ? &slot.value : nullptr;
  }

  /// Does nothing if the GUID is there already.
  void add(const corpus::GuidBits& guid, const Value& value) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place_of(slots_, guid)];
    if (slot.used) return;
    slot = {guid, value, true};
    ++size_;
  }

  std::size_t size() const { return size_; }

 private:
  struct Slot {
    corpus::GuidBits guid;
    Value value{};
    bool used = false;
  };

  // Where it stands, or would stand. Ids that people write for tests differ in a digit or two: all bits have to reach
  // those that choose the place.
  static std::size_t place_of(const std::vector<Slot>& slots, const corpus::GuidBits& guid) {
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
    std::uint64_t mixed = (guid.high ^ (guid.high >> 31)) * kOdd + guid.low;
    mixed = (mixed ^ (mixed >> 32)) * kOdd;
    mixed ^= mixed >> 29;
    std::size_t place = static_cast<std::size_t>(mixed) & (slots.size() - 1);
    while (slots[place].used && slots[place].guid != guid) place = (place + 1) & (slots.size() - 1);
    return place;
  }

  void grow() {
    constexpr std::size_t kFirst = 64;
    std::vector<Slot> slots(slots_.empty() ? kFirst : 2 * slots_.size());
    for (const Slot& slot : slots_) {
      if (slot.used) slots[place_of(slots, slot.guid)] = slot;
    }
    slots_ = std::move(slots);
  }

  std::vector<Slot> slots_;  // a power of two, at most half of them used
  std::size_t size_ = 0;
};

}  // namespace replay
