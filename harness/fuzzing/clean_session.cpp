#include "harness/fuzzing/clean_session.h"

#include <algorithm>
#include <unordered_map>

namespace harness {

std::unique_ptr<replay::Noise> noise_for(const CleanSession& clean, const corpus::Session& session) {
  return clean.noise ? std::make_unique<replay::Noise>(clean.noise->noise->record(), session) : nullptr;
}

// Requests keep their numbers when a session is mutated. Those of a woven one have numbers that the recording has not:
// the bot is the same, and no slower there.
replay::Plan plan_for(const CleanSession& clean, const corpus::Session& session, const replay::Noise* noise,
                      const replay::PlanOptions& options, bool legal) {
  replay::Plan plan = replay::plan_with(session, options, noise);
  if (legal) return plan;
  std::unordered_map<std::int64_t, corpus::Micros> recorded;
  corpus::Micros longest = 0;
  for (std::size_t i = 0; i < clean.plan.steps.size(); ++i) {
    recorded.emplace(clean.seed.session.exchanges[i].number, clean.plan.steps[i].think);
    longest = std::max(longest, clean.plan.steps[i].think);
  }
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const auto known = recorded.find(session.exchanges[i].number);
    const corpus::Micros limit = known != recorded.end() ? known->second : longest;
    plan.steps[i].think = std::min(plan.steps[i].think, limit);
  }
  return plan;
}

}  // namespace harness
