// The calls that the sample sessions record, each a story told to the end.
#pragma once

#include <span>
#include <string_view>

#include "harness/net.h"
#include "tests/bots/stage.h"

namespace bots {

/// One story. `name` names the session file; `play` ends when the story has, or throws Stalled.
struct Scenario {
  std::string_view name;
  std::string_view what;  ///< one line for a person
  harness::Task<void> (*play)(Stage& stage);
};

/// All of them, in the order in which the samples are recorded.
std::span<const Scenario> scenarios();

/// The scenario of that name; null if there is none.
const Scenario* find_scenario(std::string_view name);

}  // namespace bots
