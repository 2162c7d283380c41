#include "tests/fuzz/planted.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "fuzz/mutator.h"
#include "tests/fuzz/payloads.h"

namespace fuzz {
namespace {

/// How many mutations of the samples it takes until the mistake is met; `most` + 1 if it is not.
std::uint32_t mutations_until_found(std::uint32_t first_seed, std::uint32_t most) {
  const std::vector<std::string> payloads = sample_payloads();
  const Vocabulary vocabulary = vocabulary_of(payloads);
  Mutator mutator(vocabulary);
  std::vector<std::uint8_t> buffer(16384);
  for (std::uint32_t number = 1; number <= most; ++number) {
    const std::string& payload = payloads[number % payloads.size()];
    std::copy(payload.begin(), payload.end(), buffer.begin());
    const std::size_t size = mutator.mutate(buffer, payload.size(), first_seed + number);
    if (uses_call_after_its_end({reinterpret_cast<const char*>(buffer.data()), size})) return number;
  }
  return most + 1;
}

TEST(Planted, IsNoneOfTheSamples) {
  for (const std::string& payload : sample_payloads()) EXPECT_FALSE(uses_call_after_its_end(payload));
}

TEST(Planted, IsFoundByMutationAlone) {
  for (std::uint32_t trial = 0; trial < 5; ++trial) {
    EXPECT_LE(mutations_until_found(trial * 1000000, 5000), 5000u) << "trial " << trial;
  }
}

}  // namespace
}  // namespace fuzz
