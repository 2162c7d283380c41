#include "fuzz/state.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iterator>

namespace {

using rollcall_detail::state_counters;

/// As libFuzzer does before each input.
void begin_input() {
  std::memset(state_counters, 0, sizeof state_counters);
}

/// How many features the input has.
std::ptrdiff_t features() {
  return std::count_if(std::begin(state_counters), std::end(state_counters),
                       [](std::uint8_t count) { return count != 0; });
}

enum class CallState { establishing, established, terminated };

TEST(State, CountsStatesAndWhatCameBefore) {
  begin_input();
  rollcall_state(CallState::establishing);
  const std::ptrdiff_t one = features();
  rollcall_state(CallState::established);
  EXPECT_EQ(features(), one + 2);
  rollcall_state(CallState::established);
  EXPECT_EQ(features(), one + 3) << "staying is a transition too";
}

TEST(State, ForgetsTheStateOfTheInputBefore) {
  begin_input();
  rollcall_state(CallState::terminated);
  const std::ptrdiff_t one = features();
  begin_input();
  rollcall_state(CallState::establishing);
  EXPECT_EQ(features(), one);
}

TEST(State, TellsDirectionsOfTransitionsApart) {
  begin_input();
  rollcall_transition(CallState::establishing, CallState::established);
  rollcall_transition(CallState::established, CallState::establishing);
  EXPECT_EQ(features(), 2);
}

TEST(State, StopsCountingAtTheLargestCount) {
  begin_input();
  for (int times = 0; times < 300; ++times) rollcall_transition(1, 2);
  EXPECT_EQ(*std::max_element(std::begin(state_counters), std::end(state_counters)), 255);
}

}  // namespace
