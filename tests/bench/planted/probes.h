// Planted mistakes, and the watch for them.
//
// The handler is correct as far as memory goes, and runs the same whichever mistake is switched on. A mistake is a
// predicate that is asked at the place in the handler where somebody would have made it: would the mistaken code fail,
// or do something else than the right code, on this delivery? So a fuzzer sees one and the same program all the time.
// The predicates live in a shared library without coverage instrumentation, with comparisons of their own
// (plain_compare.cpp): nothing they look at becomes an edge, or a compare that a fuzzer learns from.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "tests/bench/planted/notice.h"

namespace planted {

/// Where in the handler a mistake sits. It is asked for only if the handler gets there.
enum class Place { envelope, notice, call, roster, delta, operation };

/// What the handler is about to do: apply the notice at `index`, having applied those before it. At the place
/// `envelope` no notice has been applied, and there may be none. Views and references as for Notice.
struct Delivery {
  std::string_view body;
  const Batch& batch;
  std::size_t index;

  const Notice& notice() const { return batch[index]; }
  std::span<const Notice> earlier() const { return std::span(batch).first(index); }
};

/// One mistake. All texts are literals.
struct Bug {
  std::string_view name;
  std::string_view group;  ///< the kind of change to a recording that brings it out
  char layer;              ///< P: use of the parser, D: handling of data, H: handling of state, S: order of notices
  bool deep;               ///< needs two changes that fit each other, or two notices that do
  Place place;
  std::string_view mistake;
  bool (*strikes)(const Delivery&);
};

/// Room for every mistake there is.
inline constexpr std::size_t kMostBugs = 64;

/// Every mistake there is, group by group.
[[gnu::visibility("default")]] std::vector<Bug> all_bugs();

/// Asks for the mistakes that are switched on, and counts what was run. Lives through many executions. Holds no memory
/// on the heap: a fuzzer that traces comparisons sees addresses too, and would go another way when they move.
class [[gnu::visibility("default")]] Probes {
 public:
  /// What happens when a mistake strikes for the first time. Both say "planted: NAME at execution N" on standard
  /// error; `note` goes on and is silent about that mistake from then on, `stop` aborts.
  enum class Reaction { note, stop };

  /// At most kMostBugs.
  Probes(std::span<const Bug> watched, Reaction reaction);

  /// To be called at the start of each execution.
  void begin();
  /// To be called when an envelope was accepted.
  void accept();
  /// To be called by the handler on its way.
  void look(Place place, const Delivery& delivery);

  std::uint64_t executions() const;
  std::uint64_t accepted() const;
  /// The names of those that have struck.
  std::vector<std::string_view> struck() const;

 private:
  void strike(std::size_t index);

  std::array<Bug, kMostBugs> bugs_{};  ///< watched ones, then those that have struck
  std::size_t watched_ = 0;
  std::size_t struck_ = 0;
  Reaction reaction_;
  std::uint64_t executions_ = 0;
  std::uint64_t accepted_ = 0;
};

/// The wish of the environment: PLANTED=NAME stops the process when that mistake strikes; PLANTED=all notes of each
/// when it strikes first; without PLANTED nothing is watched. Ends the process with 2 if there is no mistake of that
/// name. In this library for the same reason as the predicates: the program that a fuzzer sees is the same for every
/// wish.
[[gnu::visibility("default")]] Probes probes_from_environment();

}  // namespace planted
