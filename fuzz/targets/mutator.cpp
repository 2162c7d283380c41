// Property: a mutation that promises it makes one JSON value of any one JSON value; none writes beyond its limit, or
// nothing; and the same seed makes the same again.
#include "fuzz/mutator.h"

#include <simdjson.h>

#include <algorithm>
#include <array>

#include "fuzz/target.h"

namespace {

constexpr std::size_t kDepth = 200000;  // far more than a mutation nests
constexpr std::size_t kLimit = 8192;

bool is_json(std::span<const std::uint8_t> bytes) {
  static simdjson::dom::parser parser;  // its memory is what costs
  if (parser.allocate(2 * kLimit, kDepth) != simdjson::SUCCESS) return false;
  return parser.parse(simdjson::padded_string(fuzz::text_of(bytes))).error() == simdjson::SUCCESS;
}

/// What the built-in vocabulary knows; made once, because a fuzz target has no other place to keep it.
fuzz::Mutator& mutator() {
  static const fuzz::Vocabulary vocabulary = [] {
    fuzz::Vocabulary made;
    made.freeze();
    return made;
  }();
  static fuzz::Mutator made(vocabulary);
  return made;
}

}  // namespace

FUZZ_TARGET(bytes) {
  // All of the input chooses the mutation and its seed, and which line of it is the payload: session files have many.
  const std::uint32_t seed = fuzz::name_of(fuzz::text_of(bytes));
  const auto line_end = [&](std::size_t from) { return std::min(fuzz::text_of(bytes).find('\n', from), bytes.size()); };
  const std::size_t begin = bytes.size() < 2 || seed % 2 == 0 ? 0 : line_end(seed % bytes.size());
  const auto payload = bytes.subspan(begin, line_end(begin + 1) - begin);
  if (payload.empty() || payload.size() > kLimit / 2) return;

  const fuzz::MutationInfo& which = fuzz::mutations()[seed / 2 % fuzz::mutations().size()];
  std::array<std::uint8_t, kLimit> first{};
  std::array<std::uint8_t, kLimit> second{};
  std::copy(payload.begin(), payload.end(), first.begin());
  const std::size_t size = mutator().apply(first, payload.size(), seed, which.id);
  FUZZ_ASSERT(size <= kLimit);
  if (size != 0 && which.keeps_json && is_json(payload)) FUZZ_ASSERT(is_json(std::span(first).first(size)));

  const std::size_t mutated = mutator().cross_over(payload, bytes, first, seed);
  FUZZ_ASSERT(mutated >= 1 && mutated <= kLimit);
  FUZZ_ASSERT(mutator().cross_over(payload, bytes, second, seed) == mutated);
  FUZZ_ASSERT(std::equal(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(mutated), second.begin()));
}
