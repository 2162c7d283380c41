// What a bot can do wrong on purpose, so that a test can see whether it is found out.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "tests/bots/bot_logic.h"

namespace bots {

/// Ways in which the sample bot misbehaves; none by default.
struct Faults {
  std::optional<Purpose> drop;        ///< never sends requests of this kind
  std::optional<Purpose> repeat;      ///< sends each request of this kind twice
  std::optional<Purpose> alter;       ///< sends another body: see altered()
  std::chrono::milliseconds slow{0};  ///< takes that long before each answer and before each request
  int unavailable = 0;                ///< answers that notification, counted from 1, with 503 and forgets it
  int die = 0;                        ///< dies when that notification comes, without an answer
};

/// The same request with a body that means something else: an invite of another person, a call with video; where the
/// body means little, one with a member that nobody asked for.
GraphRequest altered(GraphRequest request);

/// What a bot with these faults sends in the place of what it should.
std::vector<GraphRequest> spoilt(const Faults& faults, std::vector<GraphRequest> requests);

}  // namespace bots
