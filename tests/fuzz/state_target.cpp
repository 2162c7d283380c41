// A machine whose states no branch of the code tells apart: each right byte takes it one state on, any other one ends
// it. With TELL it reports its states. The last state is a crash.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "fuzz/state.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::string_view kWay = "state";

/// No more than arithmetic, so that coverage and comparisons give nothing away.
[[gnu::noinline, clang::no_sanitize("coverage")]] std::uint64_t next_state(std::uint64_t state, std::uint8_t byte) {
  const std::uint64_t difference =
      static_cast<std::uint64_t>(byte) ^ static_cast<unsigned char>(kWay[state % kWay.size()]);
  return (state + 1) * ((difference - 1) >> 63);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::uint64_t state = 0;
  for (std::size_t at = 0; at < size; ++at) {
    state = next_state(state, data[at]);
    if (TELL) rollcall_state(state);
    if (state == kWay.size()) std::abort();
  }
  return 0;
}
