// Finds a name among those that are known when the program is built, with a handful of instructions.
//
// Payloads are read member by member, in whatever order they come, so the question "which member is this" is asked for
// each key: it has to cost less than the key's own parsing. No byte beyond the name is touched.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace corpus {

/// The ends of a name as two words: with the size, all of a name of up to 16 bytes.
struct NameEnds {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;

  bool operator==(const NameEnds&) const = default;
};

/// sizeof(Word) bytes, the first one lowest; also while compiling.
template <typename Word>
constexpr Word load_word(const char* bytes) {
  Word word = 0;
  if
    consteval {
      for (std::size_t at = 0; at < sizeof(Word); ++at) {
        word = static_cast<Word>(word | static_cast<Word>(static_cast<unsigned char>(bytes[at])) << 8 * at);
      }
    }
  else {
    std::memcpy(&word, bytes, sizeof word);
    if constexpr (std::endian::native == std::endian::big) word = std::byteswap(word);
  }
  return word;
}

/// The ends of a name, which must not be empty: both are the whole of it if it has less than 8 bytes.
constexpr NameEnds ends_of(std::string_view name) {
  const char* const bytes = name.data();
  const std::size_t size = name.size();
  if (size >= 8) return {load_word<std::uint64_t>(bytes), load_word<std::uint64_t>(bytes + size - 8)};
  std::uint64_t all = 0;
  if (size >= 4) {
    all = load_word<std::uint32_t>(bytes) | std::uint64_t{load_word<std::uint32_t>(bytes + size - 4)} << 8 * (size - 4);
  } else {
    for (const std::size_t at : {std::size_t{0}, size / 2, size - 1}) {
      all |= std::uint64_t{static_cast<unsigned char>(bytes[at])} << 8 * at;
    }
  }
  return {all, all};
}

/// The same for a name from whose start 8 bytes can be read, however short it is: without a branch, since no machine
/// foresees how long the next name is.
inline NameEnds ends_of_padded(std::string_view name) {
  const std::size_t size = name.size();
  const bool is_long = size >= 8;
  const std::uint64_t mask = is_long ? ~std::uint64_t{0} : (std::uint64_t{1} << 8 * (size & 7)) - 1;
  const std::size_t tail = is_long ? size - 8 : 0;
  return {load_word<std::uint64_t>(name.data()) & mask, load_word<std::uint64_t>(name.data() + tail) & mask};
}

/// A perfect hash over N names, made by the compiler, which refuses names that it finds no hash for. The names are
/// string literals and not empty.
template <std::size_t N>
class NameTable {
 public:
  static constexpr int kNone = -1;

  consteval explicit NameTable(const std::array<std::string_view, N>& names) : names_(names) {
    for (std::size_t index = 0; index < N; ++index) ends_[index] = ends_of(names[index]);
    for (std::uint64_t attempt = 1; !fill(attempt * 0x9E3779B97F4A7C15 | 1); ++attempt) {
    }
  }

  constexpr const std::array<std::string_view, N>& names() const { return names_; }

  /// The index of the name; kNone if it is not one of them.
  int find(std::string_view name) const { return name.empty() ? kNone : find(name, ends_of(name)); }

  /// The same, faster, for a name from whose start 8 bytes can be read.
  int find_padded(std::string_view name) const { return name.empty() ? kNone : find(name, ends_of_padded(name)); }

 private:
  static constexpr unsigned kBits = N <= 8 ? 6 : N <= 24 ? 8 : 10;

  int find(std::string_view name, const NameEnds& ends) const {
    const int found = slots_[slot_of(ends, name.size(), seed_)];
    if (found == kNone) return kNone;
    const auto index = static_cast<std::size_t>(found);
    if (ends_[index] != ends || names_[index].size() != name.size()) return kNone;
    return name.size() <= 16 || names_[index] == name ? found : kNone;
  }

  static constexpr std::size_t slot_of(const NameEnds& ends, std::size_t size, std::uint64_t seed) {
    // The highest bits of a product depend on all of its factors' bits.
    return static_cast<std::size_t>(((ends.head ^ std::rotl(ends.tail, 29)) + size) * seed >> (64 - kBits));
  }

  constexpr bool fill(std::uint64_t seed) {
    seed_ = seed;
    slots_.fill(kNone);
    for (std::size_t index = 0; index < N; ++index) {
      std::int8_t& slot = slots_[slot_of(ends_[index], names_[index].size(), seed)];
      if (slot != kNone) return false;
      slot = static_cast<std::int8_t>(index);
    }
    return true;
  }

  std::array<std::string_view, N> names_;
  std::array<NameEnds, N> ends_{};
  std::array<std::int8_t, std::size_t{1} << kBits> slots_{};
  std::uint64_t seed_ = 0;
};

}  // namespace corpus
