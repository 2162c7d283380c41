// How a fuzz target is written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string_view>

/// Begins a fuzz target: FUZZ_TARGET(bytes) { … } in a source of its own. `bytes` is a std::span<const std::uint8_t>.
/// The body states a property: FUZZ_ASSERT what must hold whatever the bytes are; it must not depend on anything else.
#define FUZZ_TARGET(bytes)                                                 \
  static void fuzz_target_body(std::span<const std::uint8_t> bytes);       \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t*, std::size_t); \
  int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    fuzz_target_body({data, size});                                        \
    return 0;                                                              \
  }                                                                        \
  static void fuzz_target_body([[maybe_unused]] std::span<const std::uint8_t> bytes)

/// Ends the process, as a crash that an engine keeps the input of, unless `condition` holds. Also without assertions.
#define FUZZ_ASSERT(condition)                                                            \
  do {                                                                                    \
    if (!(condition)) {                                                                   \
      std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                       \
    }                                                                                     \
  } while (false)

namespace fuzz {

/// The bytes as text.
inline std::string_view text_of(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace fuzz
