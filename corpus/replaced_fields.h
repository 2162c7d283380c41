// Header fields in which a secret has been replaced.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "corpus/clean_fields.h"
#include "corpus/exchange.h"
#include "corpus/known_values.h"

namespace corpus {

/// Remembers header fields together with what became of them: a client sends one token with each of its requests, and
/// to compare that with the last one takes less time than to find out once more what it is.
///
/// Bounded, as CleanFields are.
class ReplacedFields {
 public:
  /// A field, and the value in which its one secret has been replaced.
  struct Slot {
    Header field;
    std::uint64_t knowing = ~std::uint64_t{0};
    std::string replaced;
    KnownValues::Entry* secret = nullptr;  ///< good as long as nothing else is learned
  };

  /// What this very field has become; null if it was not added. `knowing` as for CleanFields.
  const Slot* find(const Header& field, std::uint64_t knowing) const {
    const Slot& slot = slots_[place_of_field<kBits>(field)];
    return slot.knowing == knowing && slot.field == field ? &slot : nullptr;
  }

  static bool takes(const Header& field) { return field.name.size() + field.value.size() <= kLongest; }

  /// Adds a field that takes() has said yes to.
  void add(Slot made) { slots_[place_of_field<kBits>(made.field)] = std::move(made); }

 private:
  static constexpr int kBits = 6;
  static constexpr std::size_t kLongest = 8 << 10;  // 512 KiB in all, at most

  std::array<Slot, std::size_t{1} << kBits> slots_;
};

}  // namespace corpus
