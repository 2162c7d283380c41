// What an exploration has covered, and what it found, as text: what was played goes in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/orders.h"
#include "fuzz/single_changes.h"
#include "harness/fuzzing/trials.h"

namespace harness {

/// Sessions of one sort that were played, of all that there are.
template <typename Change>
struct Covered {
  struct Outcome {
    Change change;
    TrialResult result;
  };

  std::vector<Outcome> outcomes;
  std::optional<std::uint64_t> total;  ///< how many there are; nothing: more than anybody counts
  std::size_t deliveries = 0;          ///< of the recording, that take part
};

/// Orders of one recording, doublings of its notifications, and what it is without each of them. Owned by whoever
/// explores; the recording must outlive it.
class Exploration {
 public:
  Exploration(const corpus::Session& recording, unsigned repeats) : recording_(recording), repeats_(repeats) {}

  Covered<fuzz::DeliveryOrder>& orders() { return orders_; }
  Covered<fuzz::Doubling>& doublings() { return doublings_; }
  Covered<std::size_t>& drops() { return drops_; }

  bool any_failed() const;
  /// "all 720 orders of 6 deliveries that the causes allow: 2 fail", a line for each sort that was begun, and one below
  /// it for each kind of finding: what all that fail so have in common.
  std::string told(bool pruned, bool interrupted) const;

  /// "1 3 2": as the recording numbers them.
  std::string numbers(const fuzz::DeliveryOrder& order) const;
  /// "3 (updated …) again behind 5 (…)".
  std::string text(const fuzz::Doubling& doubling) const;
  /// "3 (updated …)".
  std::string text(std::size_t delivery) const;

 private:
  std::string in_common(std::string_view bucket) const;
  bool tells_apart(std::size_t one, std::size_t other, std::string_view bucket) const;
  std::string told_of_orders(bool pruned, bool interrupted) const;
  template <typename Change>
  std::string told_of(const Covered<Change>& covered, std::string_view ways, bool interrupted) const;

  const corpus::Session& recording_;
  unsigned repeats_;
  Covered<fuzz::DeliveryOrder> orders_;
  Covered<fuzz::Doubling> doublings_;
  Covered<std::size_t> drops_;
};

}  // namespace harness
