// Finds a name among those that are known when the program is built, with one comparison.
//
// Payloads are read member by member, in whatever order they come, so the question "which member is this" is asked for
// each key: it has to cost less than the key's own parsing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace corpus {

/// Whether two names are one: `exact`, or also in another casing of ASCII letters.
enum class Casing { exact, any };

/// A perfect hash over N names, made by the compiler, which refuses names that it finds no hash for. The names are
/// string literals.
template <std::size_t N, Casing casing = Casing::exact>
class NameTable {
 public:
  static constexpr int kNone = -1;

  consteval explicit NameTable(const std::array<std::string_view, N>& names) : names_(names) {
    for (std::uint32_t try_seed = 1; !fill(try_seed * 2654435761u); ++try_seed) {
    }
  }

  /// The index of the name; kNone if it is not one of them.
  constexpr int find(std::string_view name) const {
    if (name.empty()) return kNone;
    const int index = slots_[hash(name, seed_)];
    return index != kNone && same(names_[static_cast<std::size_t>(index)], name) ? index : kNone;
  }

 private:
  static constexpr unsigned kBits = N <= 8 ? 6 : N <= 24 ? 8 : 10;
  static constexpr std::size_t kSlots = std::size_t{1} << kBits;

  static constexpr std::uint32_t fold(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return casing == Casing::any && byte >= 'A' && byte <= 'Z' ? byte + 32u : byte;
  }

  /// Four letters and the length tell all of Graph's names apart.
  static constexpr std::size_t hash(std::string_view name, std::uint32_t seed) {
    const std::size_t size = name.size();
    const std::uint32_t letters =
        fold(name[0]) | fold(name[size / 3]) << 8 | fold(name[size / 2]) << 16 | fold(name[size - 1]) << 24;
    const std::uint32_t mixed = (letters + static_cast<std::uint32_t>(size) * 0x9E3779B1u) * seed;
    return mixed >> (32 - kBits);  // the highest bits depend on all of them
  }

  static constexpr bool same(std::string_view a, std::string_view b) {
    if constexpr (casing == Casing::exact) return a == b;
    if (a.size() != b.size()) return false;
    for (std::size_t at = 0; at < a.size(); ++at) {
      if (fold(a[at]) != fold(b[at])) return false;
    }
    return true;
  }

  constexpr bool fill(std::uint32_t seed) {
    seed_ = seed | 1;
    slots_.fill(kNone);
    for (std::size_t index = 0; index < N; ++index) {
      std::int8_t& slot = slots_[hash(names_[index], seed_)];
      if (slot != kNone) return false;
      slot = static_cast<std::int8_t>(index);
    }
    return true;
  }

  std::array<std::string_view, N> names_;
  std::array<std::int8_t, kSlots> slots_{};
  std::uint32_t seed_ = 0;
};

}  // namespace corpus
