#include "fuzz/mutator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/fuzz/payloads.h"

namespace fuzz {
namespace {

constexpr std::size_t kLimit = 16384;

/// A buffer of the size limit that holds the text.
std::vector<std::uint8_t> buffer_with(std::string_view text, std::size_t limit = kLimit) {
  std::vector<std::uint8_t> buffer(limit);
  std::copy(text.begin(), text.end(), buffer.begin());
  return buffer;
}

std::string text_of(const std::vector<std::uint8_t>& buffer, std::size_t size) {
  return {reinterpret_cast<const char*>(buffer.data()), size};
}

/// Mutates every payload with many seeds and hands input and output to `check`.
template <typename Check>
void for_each_mutation(std::size_t limit, std::uint32_t rounds, Check check) {
  const std::vector<std::string> payloads = sample_payloads();
  ASSERT_FALSE(payloads.empty());
  const Vocabulary vocabulary = vocabulary_of(payloads);
  Mutator mutator(vocabulary);
  std::uint32_t seed = 0;
  for (const std::string& payload : payloads) {
    if (payload.size() > limit) continue;
    for (std::uint32_t round = 0; round < rounds; ++round) {
      std::vector<std::uint8_t> buffer = buffer_with(payload, limit);
      const std::size_t size = mutator.mutate(buffer, payload.size(), ++seed);
      ASSERT_LE(size, limit);
      check(payload, text_of(buffer, size));
    }
  }
}

TEST(Mutator, ChangesEveryInput) {
  std::size_t all = 0;
  std::size_t same = 0;
  for_each_mutation(kLimit, 50, [&](const std::string& in, const std::string& out) {
    ASSERT_FALSE(out.empty());
    ++all;
    same += in == out ? 1 : 0;
  });
  // Two changes can undo each other, and a recalled payload can become the input.
  EXPECT_LT(same * 100, all);
}

TEST(Mutator, KeepsMostPayloadsWellFormed) {
  std::size_t all = 0;
  std::size_t well_formed = 0;
  for_each_mutation(kLimit, 50, [&](const std::string&, const std::string& out) {
    ++all;
    well_formed += is_json(out) ? 1 : 0;
  });
  EXPECT_GT(well_formed * 100, all * 80);
  EXPECT_LT(well_formed * 100, all * 97) << "damage is part of the work";
}

/// How many of 1000 mutations of an input keep `part` in it.
std::size_t mutations_with(std::string_view part, const std::string& input, std::size_t at_least = 0) {
  const Vocabulary vocabulary = vocabulary_of(sample_payloads());
  Mutator mutator(vocabulary);
  std::size_t count = 0;
  for (std::uint32_t seed = 0; seed < 1000; ++seed) {
    std::vector<std::uint8_t> buffer = buffer_with(input);
    const std::string out = text_of(buffer, mutator.mutate(buffer, input.size(), seed));
    count += out.size() >= at_least && out.find(part) != std::string::npos ? 1 : 0;
  }
  return count;
}

TEST(Mutator, SeldomBeginsWithWhatHasNoBatchWhereBatchesAreExpected) {
  const std::size_t kept = mutations_with("marker", R"({"users":[{"id":"marker"}]})");
  EXPECT_LT(kept, 200u);
  EXPECT_GT(kept, 20u);
}

TEST(Mutator, KeepsLargeInputsTheLessTheLargerTheyAre) {
  const auto payload = [](std::size_t size) {
    return R"({"value":[{"changeType":"updated","resource":")" + std::string(size, 'x') + R"("}]})";
  };
  const std::size_t large = mutations_with("xxx", payload(3500), 2000);
  const std::size_t huge = mutations_with("xxx", payload(14000), 2000);
  EXPECT_LT(huge * 2, large);
  EXPECT_GT(huge, 10u);
}

TEST(Mutator, DependsOnInputAndSeedAlone) {
  const std::vector<std::string> payloads = sample_payloads();
  const Vocabulary vocabulary = vocabulary_of(payloads);
  Mutator used(vocabulary);
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    const std::string& payload = payloads[seed % payloads.size()];
    std::vector<std::uint8_t> first = buffer_with(payload);
    std::vector<std::uint8_t> second = buffer_with(payload);
    const std::size_t size = used.mutate(first, payload.size(), seed);
    Mutator fresh(vocabulary);
    ASSERT_EQ(fresh.mutate(second, payload.size(), seed), size);
    ASSERT_EQ(text_of(first, size), text_of(second, size)) << "seed " << seed;
  }
}

TEST(Mutator, OnlyShrinksCloseToTheLimit) {
  const std::vector<std::string> payloads = sample_payloads();
  const Vocabulary vocabulary = vocabulary_of(payloads);
  Mutator mutator(vocabulary);
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    const std::string& payload = payloads[seed % payloads.size()];
    std::vector<std::uint8_t> buffer = buffer_with(payload, payload.size());
    const std::size_t size = mutator.mutate(buffer, payload.size(), seed);
    ASSERT_GE(size, 1u);
    ASSERT_LE(size, payload.size());
  }
}

TEST(Mutator, MakesSomethingOfAnyBytes) {
  const Vocabulary vocabulary = vocabulary_of({});
  Mutator mutator(vocabulary);
  for (const std::string& bytes : {std::string(), std::string("x"), std::string("\0\xff", 2), std::string(3000, '['),
                                   std::string("{\"a\""), std::string("\""), std::string("{\"value\":[]}")}) {
    for (std::uint32_t seed = 0; seed < 500; ++seed) {
      std::vector<std::uint8_t> buffer = buffer_with(bytes);
      const std::size_t size = mutator.mutate(buffer, bytes.size(), seed);
      ASSERT_GE(size, 1u);
      ASSERT_LE(size, buffer.size());
    }
  }
}

TEST(Mutator, FitsIntoTheSmallestBuffers) {
  const Vocabulary vocabulary = vocabulary_of({});
  Mutator mutator(vocabulary);
  for (std::size_t limit = 0; limit < 40; ++limit) {
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
      std::vector<std::uint8_t> buffer = buffer_with(std::string(limit, '1'), limit);
      const std::size_t size = mutator.mutate(buffer, limit, seed);
      ASSERT_LE(size, limit);
      ASSERT_EQ(size == 0, limit == 0);
    }
  }
}

/// Each mutation is a test of its own, so that a failure names it.
class EachMutation : public testing::TestWithParam<MutationInfo> {};

TEST_P(EachMutation, KeepsItsPromise) {
  const std::vector<std::string> payloads = sample_payloads();
  const Vocabulary vocabulary = vocabulary_of(payloads);
  Mutator mutator(vocabulary);
  for (std::uint32_t seed = 0; GetParam().keeps_json && seed < 1500; ++seed) {
    const std::string& payload = payloads[seed % payloads.size()];
    std::vector<std::uint8_t> buffer = buffer_with(payload);
    const std::size_t size = mutator.apply(buffer, payload.size(), seed, GetParam().id);
    if (size == 0) continue;
    ASSERT_TRUE(is_json(text_of(buffer, size))) << "seed " << seed << ": " << text_of(buffer, size);
  }
}

INSTANTIATE_TEST_SUITE_P(Mutator, EachMutation, testing::ValuesIn(mutations().begin(), mutations().end()),
                         [](const auto& mutation) { return std::string(mutation.param.name); });

}  // namespace
}  // namespace fuzz
