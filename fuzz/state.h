// Tells a fuzzer which states a program has been in.
//
//     #include <rollcall/fuzz/state.h>
//     …
//     rollcall_state(call.state);                  // after each change
//     rollcall_transition(old_state, new_state);   // where one program holds many machines at once, as calls in a
//     batch
//
// libFuzzer keeps inputs that reach new code. A handler of calls runs the same code in many states, and an order of
// notifications that no input had before is worth keeping even if no new line is reached. This header is all there is
// to it: nothing to link, no other header of this project, C++17. Without libFuzzer the calls write to memory that
// nobody reads.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rollcall_detail {

/// The counters: libFuzzer takes each byte that is not 0 for a feature of the input, and clears them before the next
/// one. It finds them by the name of their section. More than all the states of a handler, and quick to clear: 4 KiB.
constexpr std::size_t kStateCounters = 4096;
#if defined(__linux__)
[[gnu::section("__libfuzzer_extra_counters"), gnu::used]]
#endif
inline std::uint8_t state_counters[kStateCounters];

/// The state that was told last.
inline std::uint64_t state_before = 0;

#if defined(__clang__)
// The calls themselves are no code worth covering.
#define ROLLCALL_NOT_COVERED __attribute__((no_sanitize("coverage")))
#else
#define ROLLCALL_NOT_COVERED
#endif

/// Counts one more visit to the place that stands for `value`, and stops at 255.
ROLLCALL_NOT_COVERED inline void count_state(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
  // Counter 0 is not for states: see rollcall_state().
  std::uint8_t& counter = state_counters[1 + (value >> 32) % (kStateCounters - 1)];
  counter = static_cast<std::uint8_t>(counter + (counter != 255));
}

}  // namespace rollcall_detail

/// The machine went from one state to another; both are numbers or enumerators.
template <typename From, typename To>
ROLLCALL_NOT_COVERED void rollcall_transition(From from, To to) {
  const auto first = static_cast<std::uint64_t>(from);
  const auto second = static_cast<std::uint64_t>(to);
  rollcall_detail::count_state((first + 1) * 0x9e3779b97f4a7c15u ^ second);
}

/// The program is in this state now. Being in it is a feature, and so is having come from the state that was told
/// before, since the input began. For one thread.
template <typename State>
ROLLCALL_NOT_COVERED void rollcall_state(State state) {
  const auto now = static_cast<std::uint64_t>(state);
  // The engine clears the counters between inputs; a cleared counter 0 says that there was no state before.
  if (rollcall_detail::state_counters[0] != 0) rollcall_transition(rollcall_detail::state_before, now);
  rollcall_detail::state_counters[0] = 1;
  rollcall_detail::count_state(now);
  rollcall_detail::state_before = now;
}

#undef ROLLCALL_NOT_COVERED
