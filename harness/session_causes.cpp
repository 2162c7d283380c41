#include "harness/session_causes.h"

#include <algorithm>

#include "replay/plan.h"

namespace harness {
namespace {

fuzz::SessionRole role_of(replay::Role role) {
  switch (role) {
    case replay::Role::delivery:
      return fuzz::SessionRole::delivery;
    case replay::Role::request:
      return fuzz::SessionRole::request;
    default:
      return fuzz::SessionRole::polling;
  }
}

}  // namespace

fuzz::SessionCauses causes_of(const corpus::Session& session) {
  fuzz::SessionCauses all;
  for (replay::Step& step : replay::make_plan(session).steps) {
    fuzz::ExchangeCauses& one = all.emplace_back();
    one.role = role_of(step.role);
    one.calls = std::move(step.calls);
    // A delivery that has to have been sent and answered stands twice in a plan, and once here.
    for (const replay::Cause& cause : step.causes) {
      const bool ended = cause.phase == replay::Phase::ended;
      const auto known = std::ranges::find(one.causes, cause.exchange, &fuzz::SessionCause::exchange);
      if (known == one.causes.end()) {
        one.causes.push_back({cause.exchange, ended, !cause.id.empty()});
      } else {
        known->ended = known->ended || ended;
        known->by_id = known->by_id || !cause.id.empty();
      }
    }
  }
  return all;
}

}  // namespace harness
