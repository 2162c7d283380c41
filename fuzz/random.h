// The only source of chance in the mutator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace fuzz {

/// A stream of numbers that depends on its seed alone, the same on every machine (SplitMix64): the standard library's
/// distributions are not, and a fuzzer's findings have to be met again elsewhere. A value; copy it to look ahead.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  /// The next number, every bit of it as good as the others.
  std::uint32_t next() {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return static_cast<std::uint32_t>((mixed ^ (mixed >> 31)) >> 32);
  }

  /// A number below `bound`; 0 if the bound is 0. The multiplication's bias is far below what a fuzzer can notice.
  std::uint32_t below(std::size_t bound) {
    return static_cast<std::uint32_t>((std::uint64_t{next()} * static_cast<std::uint32_t>(bound)) >> 32);
  }

  /// True once in `n` times.
  bool one_in(std::uint32_t n) { return below(n) == 0; }

  /// One of the things of an array or a span, which must not be empty.
  template <typename Things>
  const auto& pick(const Things& things) {
    return things[below(std::size(things))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace fuzz
