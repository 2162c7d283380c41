// Whether a bot holds more and more: decided from what it held after one session and the next, without looking at it.
//
// When it counts as a finding is on the page fuzz/TRAFFIC.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "harness/process_table.h"

namespace harness {

/// What a bot can hold more and more of.
enum class Resource { memory, descriptors };
inline constexpr Resource kResources[] = {Resource::memory, Resource::descriptors};

/// "memory", "descriptors".
std::string_view word_of(Resource resource);
std::int64_t part_of(const Footprint& footprint, Resource resource);

/// It looks as if the bot held more and more; one of these sessions may have done it. To be confirmed by playing them.
struct GrowthSuspicion {
  Resource resource = Resource::memory;
  std::vector<std::uint64_t> sessions;  ///< the seeds; where most was gained first
};

/// Compares the least that a process holds now with the least that it held before: what comes and goes, such as
/// sockets, is never in a least. One for each process; what it remembers is bounded. A resource is suspected again only
/// after it has grown as much again, and given up after some suspicions that came to nothing.
class GrowthWatch {
 public:
  /// What the process holds behind a clean session; `sessions`: those that were played since it was last asked.
  std::optional<GrowthSuspicion> hold(const Footprint& footprint, std::vector<std::uint64_t> sessions);

 private:
  struct Holding {
    std::int64_t held = 0;
    std::vector<std::uint64_t> sessions;
  };
  struct Track {
    std::deque<Holding> holdings;
    std::size_t skipped = 0;  ///< while the program warms up
    int suspected = 0;
  };

  static std::optional<std::vector<std::uint64_t>> look(Track& track, Resource resource);

  Track tracks_[2];
};

/// How many blocks of plays, each compared with the one before, make growth: of a session that others do not grow with,
/// and of memory where every session seems to, since a collected heap does so at first.
inline constexpr std::size_t kGrowthBlocks = 4;
inline constexpr std::size_t kCollectedBlocks = 60;

/// Whether playing one session again and again makes the process hold more each time: `held` is what it held behind
/// each play, one after the other. Nothing: too few to tell. The first two of the `blocks` are for warming up.
std::optional<bool> grows(std::span<const std::int64_t> held, Resource resource, std::size_t blocks = kGrowthBlocks);

/// So many plays always tell, with kGrowthBlocks.
inline constexpr std::size_t kGrowthPlays = 80;

/// How much more with each play, on average, warm-up aside. `held` as above, and enough to tell.
double growth_for_each(std::span<const std::int64_t> held, Resource resource);

}  // namespace harness
