// What a campaign keeps for each bot and each session: private to campaign*.cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "fuzz/session_mutator.h"
#include "harness/fuzzing/campaign.h"
#include "harness/fuzzing/growth.h"

namespace harness {

/// One bot, and what it has been sent since it last passed a clean session.
struct Campaign::Lane {
  LiveBot bot;
  std::vector<std::uint64_t> since;
  GrowthWatch watch;
  int process = 0;                  ///< that is watched
  Clock::duration worked{};         ///< from its first session to its last
  Clock::duration looking_again{};  ///< of that: at what was seen
};

/// A mutated session ready to be played. Noise points into it: it stays where it is.
struct Campaign::Prepared {
  fuzz::MutatedSession made;
  std::unique_ptr<replay::Noise> noise;
  replay::Plan plan;
};

/// A session and how to play it. What it points to must outlive the playing.
struct Campaign::Piece {
  const corpus::Session* session = nullptr;
  Knowledge known;
  Waits waits;
};

}  // namespace harness
