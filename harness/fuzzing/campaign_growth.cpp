// What a campaign does about bots that hold more and more.
#include <fmt/format.h>

#include "harness/fuzzing/campaign_lane.h"

namespace harness {

// Behind a clean session, so that what one session needs for a moment is not in it.
Task<void> Campaign::watch_growth(Lane& lane) {
  const auto held = lane.bot.held();
  if (!held) co_return;
  if (std::exchange(lane.process, held->process) != held->process) lane.watch = GrowthWatch();
  const auto suspicion = lane.watch.hold(held->footprint, lane.since);
  if (!suspicion || settled_.contains(suspicion->resource)) co_return;
  for (const std::uint64_t seed : suspicion->sessions) {
    const bool confirmed = co_await confirm_growth(lane, seed, suspicion->resource);
    if (stopped_ || over() || confirmed || settled_.contains(suspicion->resource)) break;
  }
  if (!stopped_) co_await lane.bot.end();
}

// Plays one session to a fresh bot until it is clear whether that makes it hold more each time.
Task<bool> Campaign::confirm_growth(Lane& lane, std::uint64_t seed, Resource resource) {
  const std::unique_ptr<Prepared> prepared = prepare(seed);
  const auto held = co_await hold_again(lane, in_haste(*prepared), resource, kGrowthBlocks);
  if (!held || stopped_ || settled_.contains(resource) || grows(*held, resource) != true) co_return false;
  const Piece clean = clean_piece(prepared->made.seed_session, options_.quick);
  auto without = co_await hold_again(lane, clean, resource, kGrowthBlocks);
  const bool always = without && grows(*without, resource) == true;
  if (always && resource == Resource::memory) {
    // A heap that is collected grows with whatever is played, for hundreds of sessions, until it has its size.
    without = co_await hold_again(lane, clean, resource, kCollectedBlocks);
    if (without && grows(*without, resource, kCollectedBlocks) != true) {
      settled_.insert(resource);
      co_return false;
    }
  }
  if (!without || stopped_ || !settled_.insert(resource).second) co_return false;
  const double each = growth_for_each(*held, resource);
  const std::string more = resource == Resource::memory ? fmt::format("{:.0f} KiB of memory", each / 1024)
                                                        : fmt::format("{:.1f} descriptors", each);
  const Symptom symptom{Trouble::grows, std::string(word_of(resource)),
                        fmt::format("the bot holds {} more each time that this is played{}", more,
                                    always ? ", and the recording as it is does the same" : "")};
  ++tally_.buckets[symptom.bucket()];
  report(symptom, seed, {});
  co_return true;
}

// What a fresh bot holds behind each play. Nothing if it cannot be known: it died, or time is over.
Task<std::optional<std::vector<std::int64_t>>> Campaign::hold_again(Lane& lane, Piece piece, Resource resource,
                                                                    std::size_t blocks) {
  std::vector<std::int64_t> all;
  co_await lane.bot.end();
  int process = 0;
  while (!grows(all, resource, blocks)) {
    co_await wait_turn(Turn::of_new);
    if (over()) co_return std::nullopt;
    auto run = co_await play(lane, piece);
    if (!run) give_up(run.error());
    const auto held = lane.bot.held();
    if (stopped_ || !held || (process != 0 && held->process != process)) co_return std::nullopt;
    process = held->process;
    all.push_back(part_of(held->footprint, resource));
  }
  co_return all;
}

}  // namespace harness
