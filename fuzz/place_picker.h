// Chooses which value to change.
#pragma once

#include <array>
#include <cstdint>

#include "fuzz/workbench.h"

namespace fuzz {

/// Picks a value of an input so that each *name* is as likely as the others, then each object in which the name stands,
/// then each occurrence. A roster of fifty participants has fifty times the ids that it has change types, but a
/// handler's code for both is written once. Owned by a mutator; keeps its tables so that they need not be made anew.
class PlacePicker {
 public:
  /// A value within [first, last) of the index; 0 if there is none. Values that carry the whole payload (the top-level
  /// value and its members) are picked less often, because a change there mostly makes a handler refuse all of it.
  std::uint32_t pick(const JsonIndex& index, std::uint32_t first, std::uint32_t last, Random& random);

 private:
  static constexpr std::size_t kSlots = 512;  // names, or names within names, in one payload; a power of two

  /// One name, or one name in one place. Valid if `stamp` is that of the current pick.
  struct Slot {
    std::uint32_t stamp = 0;
    std::uint32_t hash = 0;
    std::uint32_t count = 0;   // what was seen of it
    std::uint32_t chosen = 0;  // one of those, by chance: a slot of places_, or a node
  };
  using Table = std::array<Slot, kSlots>;

  Slot& find(Table& table, std::uint32_t hash) const;

  Table names_;
  Table places_;
  std::array<std::uint32_t, kSlots> used_;  // slots of names_
  std::uint32_t stamp_ = 0;
};

}  // namespace fuzz
