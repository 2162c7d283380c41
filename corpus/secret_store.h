// The secrets of one session: their stand-ins, and where they stand again.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "corpus/redaction.h"
#include "corpus/spelling.h"
#include "corpus/window_index.h"

namespace corpus {

/// The text that a secret is replaced by: kStandInPrefix and sixteen hex digits.
using StandIn = std::array<char, kStandInPrefix.size() + 16>;

inline std::string_view to_view(const StandIn& stand_in) {
  return {stand_in.data(), stand_in.size()};
}

/// A secret in a text, and what to put in its place.
struct Secret {
  Stretch at;
  StandIn stand_in;
};

/// Remembers the values that were seen as secrets and finds them again in any text.
///
/// Bounded: the latest 4096 values, and no more than 8 MiB of them. A value that has been forgotten gets the same
/// stand-in when it is seen again, because stand-ins are computed from the value and the key alone.
class SecretStore {
 public:
  explicit SecretStore(const Redactor::Key& key) : key_(key) {}

  /// A keyed hash of the value; remembers nothing.
  StandIn stand_in(std::string_view value) const;

  /// The stand-in of a value that is a secret, which is remembered. If the text spells the value otherwise (a sloppy
  /// client that does not encode, say), that spelling is remembered too, with the stand-in of the value.
  StandIn learn(std::string_view value, std::string_view spelling);
  StandIn learn(std::string_view value) { return learn(value, value); }

  /// How many values have ever been learned: if it grows, texts that were looked through may hold more than was found.
  std::uint64_t learned() const { return learned_; }

  /// Appends every place where a remembered value of at least eight bytes stands in `text`. Shorter ones are everyday
  /// words, and values of less than fifteen bytes must stand apart from letters and digits, so that a pass code is not
  /// found inside a longer number.
  void find(std::string_view text, std::vector<Secret>& found) const;

 private:
  /// A remembered value.
  struct Entry {
    std::string value;
    StandIn stand_in;
    std::size_t region = 0;  ///< for its index
  };

  void remember(std::string_view value, const StandIn& stand_in);
  void forget_oldest();

  Redactor::Key key_;
  std::deque<Entry> entries_;  // oldest first; a deque, because the tables below point into it
  std::unordered_map<std::string_view, const Entry*> by_value_;
  WindowIndex<8, 8> long_values_;
  WindowIndex<4, 5> short_values_;
  std::size_t bytes_ = 0;
  std::uint64_t learned_ = 0;
};

}  // namespace corpus
