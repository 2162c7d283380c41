// A recording that a bot passes as it is, and sessions that are made of it.
#pragma once

#include <memory>
#include <optional>

#include "corpus/exchange.h"
#include "fuzz/session_mutator.h"
#include "harness/noise_options.h"
#include "replay/noise.h"
#include "replay/plan.h"

namespace harness {

/// A recording to begin with, and what of a bot's variation is known to be noise.
struct CleanSession {
  fuzz::SeedSession seed;
  std::optional<LoadedNoise> noise;
  replay::Plan plan;  ///< of the recording, with the noise
};

/// What was learnt of it, for a session that was made of it; null if nothing was. `session` must outlive it.
std::unique_ptr<replay::Noise> noise_for(const CleanSession& clean, const corpus::Session& session);

/// The plan of a session that was made of it, with that noise. One that Graph would not play (not `legal`) demands
/// nothing of the bot: there, a request is waited for no longer than it took in the recording, though what it followed
/// then may not come at all.
replay::Plan plan_for(const CleanSession& clean, const corpus::Session& session, const replay::Noise* noise,
                      const replay::PlanOptions& options, bool legal);

}  // namespace harness
