// Values that are known, and where they stand again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "corpus/ids.h"
#include "corpus/spelling.h"
#include "corpus/window_index.h"

namespace corpus {

/// Remembers values, each with the text that stands in for it, and finds them in any text.
///
/// Bounded: of the values that were seen, the latest ones are kept. All spellings of a value are forgotten together. A
/// GUID is known in each of its spellings.
class KnownValues {
 public:
  /// How much is remembered.
  struct Limits {
    std::size_t values = 4096;
    std::size_t bytes = 8 << 20;
  };

  /// Where a value is looked for.
  enum class Search {
    nowhere,     ///< everyday words, and what is too short to say anything
    apart,       ///< between bytes that are neither letters nor digits
    everywhere,  ///< inside words, too
  };

  /// One spelling of a value.
  struct Spelled {
    std::string text;
    std::size_t region = 0;  ///< for its index
  };

  /// A value, its spellings, and what stands in for it.
  struct Entry {
    std::deque<Spelled> spellings;  ///< of a GUID one, its digits. A deque: the tables point into it
    std::string stand_in;           ///< of a GUID, 32 digits
    std::string embedded;           ///< for the middle of a word, where a stand-in of that form could not be told
    Search search = Search::apart;
    std::string_view kind;  ///< of a person's: what it was taken for; a literal
    bool guid = false;
    bool inert = false;  ///< what it stands in reads as before once it is replaced: see is_inert()
    std::list<Entry>::iterator self;

    /// What to put into the place of `raw`; `alone`: nothing that belongs to a word touches it.
    std::string in_place_of(std::string_view raw, bool alone) const;
  };

  explicit KnownValues(Limits limits) : limits_(limits) {}
  KnownValues(KnownValues&&) = default;
  KnownValues& operator=(KnownValues&&) = default;

  /// What is known of a value, which counts as seen now; null if nothing is. Good until the next remember().
  const Entry* look_up(std::string_view value);
  /// How often look_up() has found something; what it found last, if that has not been followed by a remember(); and
  /// the same as if it were looked up again.
  std::uint64_t seen() const { return seen_; }
  Entry* latest() { return &entries_.back(); }
  void see(Entry* entry) { entries_.splice(entries_.end(), entries_, entry->self); }
  /// Remembers a value that is not known. `entry` brings everything but spellings. Null for a value of more than 16
  /// KiB, which is not remembered: it is no token, and would push all others out.
  const Entry* remember(std::string_view value, Entry entry);
  /// Another spelling of a value that is known; without effect if that is known already.
  void add_spelling(std::string_view value, std::string_view spelling);

  /// How many spellings have ever been remembered: if it grows, texts that were looked through may hold more.
  std::uint64_t learned() const { return learned_; }

  /// Calls take(stretch, entry, alone) for every place where a known value stands in the text.
  template <typename Take>
  void find(std::string_view text, Take take) const {
    const auto is_value = [&](std::size_t begin, std::size_t length) {
      const auto known = by_text_.find(text.substr(begin, length));
      if (known == by_text_.end()) return false;
      const bool alone = stands_apart(text, {begin, begin + length});
      if (known->second->search == Search::apart && !alone) return false;
      take(Stretch{begin, begin + length}, *known->second, alone);
      return true;
    };
    long_.find(text, is_value);
    short_.find(text, is_value);
    tiny_.find(text, is_value);
    if (guids_ == 0) return;
    for (const Span& guid : find_guids(text)) {
      if (const Entry* entry = known_guid(guid.of(text)))
        take(Stretch{guid.begin, guid.begin + guid.length}, *entry, true);
    }
  }

  /// Whether no letter or digit touches the stretch.
  static bool stands_apart(std::string_view text, Stretch at);

 private:
  const Entry* known_guid(std::string_view guid) const;
  void add(Entry& entry, std::string_view text);
  void index(Spelled& spelled);
  void forget_oldest();

  Limits limits_;
  std::list<Entry> entries_;  // the one that was seen longest ago first
  std::unordered_map<std::string_view, Entry*> by_text_;
  WindowIndex<8, 8> long_;
  WindowIndex<4, 5> short_;
  WindowIndex<4, 1> tiny_;
  std::size_t values_ = 0;
  std::size_t bytes_ = 0;
  std::size_t guids_ = 0;
  std::uint64_t learned_ = 0;
  std::uint64_t seen_ = 0;
};

}  // namespace corpus
