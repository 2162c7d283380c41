#include "harness/fuzzing/growth.h"

#include <algorithm>
#include <utility>

namespace harness {
namespace {

// What makes a suspicion. Looked at in windows, of which the least counts.
struct Limits {
  std::size_t window;   // holdings
  std::int64_t rise;    // from the least of all to that of the last window
  std::size_t block;    // plays of one session
  std::int64_t gained;  // within each block: half a descriptor, or 4 KiB, for each play
};

// Memory comes in pages, and the allocator takes some time until it has what it needs; a descriptor is one.
constexpr Limits limits_of(Resource resource) {
  return resource == Resource::memory ? Limits{4, 1'500'000, 20, 20 * 4'096} : Limits{5, 4, 10, 5};
}

constexpr std::size_t kWarmUp = 3;       // holdings
constexpr std::size_t kRemembered = 64;  // the oldest holdings are forgotten
constexpr int kSuspicions = 3;
constexpr std::size_t kSuspects = 40;

std::int64_t least(std::span<const std::int64_t> held) {
  return *std::ranges::min_element(held);
}

}  // namespace

static_assert(kGrowthPlays == kGrowthBlocks * limits_of(Resource::memory).block);

std::string_view word_of(Resource resource) {
  return resource == Resource::memory ? "memory" : "descriptors";
}

std::int64_t part_of(const Footprint& footprint, Resource resource) {
  return resource == Resource::memory ? footprint.memory : footprint.descriptors;
}

std::optional<GrowthSuspicion> GrowthWatch::hold(const Footprint& footprint, std::vector<std::uint64_t> sessions) {
  std::optional<GrowthSuspicion> suspicion;
  for (const Resource resource : kResources) {
    Track& track = tracks_[static_cast<std::size_t>(resource)];
    if (++track.skipped <= kWarmUp || track.suspected == kSuspicions) continue;
    track.holdings.push_back({part_of(footprint, resource), sessions});
    if (track.holdings.size() > kRemembered) track.holdings.pop_front();
    // Of two at once the second is suspected the next time: it is still there then.
    if (suspicion) continue;
    if (auto suspects = look(track, resource)) suspicion = GrowthSuspicion{resource, std::move(*suspects)};
  }
  return suspicion;
}

// The least from a holding on never sinks. Where it rises, what was played since the holding before is to blame.
std::optional<std::vector<std::uint64_t>> GrowthWatch::look(Track& track, Resource resource) {
  const Limits limits = limits_of(resource);
  std::deque<Holding>& holdings = track.holdings;
  if (holdings.size() < 2 * limits.window) return std::nullopt;
  std::vector<std::int64_t> from(holdings.size());
  std::int64_t lowest = holdings.back().held;
  for (std::size_t at = holdings.size(); at-- > 0;) from[at] = lowest = std::min(lowest, holdings[at].held);
  if (from[holdings.size() - limits.window] - from.front() < limits.rise) return std::nullopt;
  std::vector<std::pair<std::int64_t, std::size_t>> rises;
  for (std::size_t at = 1; at < from.size(); ++at) {
    if (from[at] > from[at - 1]) rises.emplace_back(from[at - 1] - from[at], at);
  }
  std::ranges::sort(rises);
  std::vector<std::uint64_t> suspects;
  for (const auto& [gained, at] : rises) {
    for (const std::uint64_t session : holdings[at].sessions) {
      if (suspects.size() < kSuspects) suspects.push_back(session);
    }
  }
  ++track.suspected;
  holdings.erase(holdings.begin(), holdings.end() - 1);
  return suspects;
}

std::optional<bool> grows(std::span<const std::int64_t> held, Resource resource, std::size_t blocks) {
  const Limits limits = limits_of(resource);
  const std::size_t whole = std::min(held.size() / limits.block, blocks);
  for (std::size_t block = 2; block < whole; ++block) {
    const std::int64_t before = least(held.subspan((block - 1) * limits.block, limits.block));
    const std::int64_t now = least(held.subspan(block * limits.block, limits.block));
    if (now - before < limits.gained) return false;
  }
  return whole == blocks ? std::optional(true) : std::nullopt;
}

double growth_for_each(std::span<const std::int64_t> held, Resource resource) {
  const Limits limits = limits_of(resource);
  const std::int64_t first = least(held.subspan(limits.block, limits.block));
  const std::int64_t last = least(held.subspan((kGrowthBlocks - 1) * limits.block, limits.block));
  return static_cast<double>(last - first) / static_cast<double>((kGrowthBlocks - 2) * limits.block);
}

}  // namespace harness
