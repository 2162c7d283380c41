// What is waiting for its time during a replay.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <queue>
#include <tuple>
#include <vector>

#include "corpus/exchange.h"

namespace replay {

/// Something to be done at a time: a delivery, or the answer to a request of the bot.
struct Due {
  corpus::Micros due = 0;
  corpus::Micros recorded = 0;  ///< orders what is due at once, as everything is with --asap
  std::size_t exchange = 0;
  std::uint64_t token = 0;  ///< of an answer; 0 for a delivery
  bool unknown = false;     ///< the answer to a request that the recording does not have
  bool idle = false;        ///< the replay may end without it

  bool operator>(const Due& other) const {
    return std::tie(due, recorded, token) > std::tie(other.due, other.recorded, other.token);
  }
};

/// Entries in order of time. Owned by the scheduler.
class Agenda {
 public:
  void add(const Due& item) {
    idle_ += item.idle ? 1 : 0;
    answers_ += item.token != 0 ? 1 : 0;
    items_.push(item);
  }

  /// Takes the first entry that is due at `now`; nothing if none is.
  std::optional<Due> take(corpus::Micros now) {
    if (items_.empty() || items_.top().due > now) return std::nullopt;
    const Due item = items_.top();
    items_.pop();
    idle_ -= item.idle ? 1 : 0;
    answers_ -= item.token != 0 ? 1 : 0;
    return item;
  }

  /// When the next entry is due; nothing if there is none.
  std::optional<corpus::Micros> next() const { return items_.empty() ? std::nullopt : std::optional(items_.top().due); }

  /// Nothing stands in it that the replay has to wait for.
  bool idle() const { return items_.size() == idle_; }
  /// How many answers stand in it.
  std::size_t answers() const { return answers_; }

 private:
  std::priority_queue<Due, std::vector<Due>, std::greater<>> items_;
  std::size_t idle_ = 0;
  std::size_t answers_ = 0;
};

}  // namespace replay
