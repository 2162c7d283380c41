// What a campaign does about what it has seen once.
#include <algorithm>
#include <utility>

#include "harness/fuzzing/campaign_lane.h"

namespace harness {
namespace {

constexpr unsigned kTries = 3;
constexpr std::size_t kMostWaiting = 8;  // sightings of one kind, to be played again if need be

}  // namespace

// A bot of ours ends afterwards: what it still holds of a session that broke it must not spoil the next one. A death
// may be noticed one session late, so the one before is tried as well.
Task<void> Campaign::look_into(Lane& lane, std::uint64_t seed, std::vector<Symptom> found) {
  // What is seen may be the doing of one of those before.
  if (lane.since.size() > 1 && !leaves_no_doubt(found.front().trouble)) {
    const std::size_t which = prepare(seed)->made.seed_session;
    auto symptom = co_await look_for_wedge(lane, which, options_.careful);
    if (symptom && !stopped_) {
      co_await find_wedging(lane, std::move(*symptom), which);
      lane.since.clear();
      co_return;
    }
  }
  for (Symptom& symptom : found) {
    if (stopped_) break;
    Sighting sighting{std::move(symptom), seed};
    co_await sight(lane, std::move(sighting));
  }
  if (!lane.bot.is_ours()) co_return;
  co_await lane.bot.end();
  lane.since.clear();
}

// The first of its kind is played again; what other lanes see of that kind meanwhile waits for its turn.
Task<void> Campaign::sight(Lane& lane, Sighting sighting) {
  const std::string bucket = sighting.symptom.bucket();
  const auto waiting = waiting_.find(bucket);
  if (++tally_.buckets[bucket] == 1) {
    co_await confirm(lane, std::move(sighting));
  } else if (waiting != waiting_.end() && waiting->second.size() < kMostWaiting) {
    waiting->second.push_back(std::move(sighting));
  }
}

// One that does not show again says nothing against what other lanes have seen of the same kind meanwhile.
Task<void> Campaign::confirm(Lane& lane, Sighting first) {
  const std::string bucket = first.symptom.bucket();
  waiting_[bucket] = {};
  bool sure = co_await shows_again(lane, std::move(first));
  while (!sure && !stopped_ && !waiting_[bucket].empty()) {
    Sighting next = std::move(waiting_[bucket].back());
    waiting_[bucket].pop_back();
    sure = co_await shows_again(lane, std::move(next));
  }
  waiting_.erase(bucket);
  if (sure) co_return;
  tally_.doubtful += tally_.buckets[bucket];
  tally_.buckets.erase(bucket);
}

// Reports it if it is to be believed.
Task<bool> Campaign::shows_again(Lane& lane, Sighting sighting) {
  if (!sighting.since.empty()) co_return co_await wedges_again(lane, std::move(sighting));
  const std::string bucket = sighting.symptom.bucket();
  const bool sure = leaves_no_doubt(sighting.symptom.trouble);
  std::uint64_t guilty = sighting.seed;
  Shown shown = co_await show_again(lane, guilty, bucket, std::nullopt);
  const bool own = !lane.since.empty() && lane.since.back() == sighting.seed;
  if (shown.times == 0 && own && lane.since.size() > 1 && sure) {
    const std::uint64_t before = lane.since[lane.since.size() - 2];
    shown = co_await show_again(lane, before, bucket, std::nullopt);
    if (shown.times > 0) guilty = before;
  }
  if (shown.times > 0 || sure) report(sighting.symptom, guilty, shown);
  co_return shown.times > 0 || sure;
}

Task<Campaign::Shown> Campaign::show_again(Lane& lane, std::uint64_t seed, std::string bucket,
                                           std::optional<std::size_t> clean) {
  const std::unique_ptr<Prepared> prepared = prepare(seed);
  Shown shown;
  while (shown.tried < kTries && !stopped_) {
    co_await lane.bot.end();
    co_await wait_turn(Turn::of_known);
    auto run = co_await play(lane, with_care(*prepared));
    if (!run) give_up(run.error());
    if (stopped_) break;
    auto found = symptoms_of(prepared->made.session, *run, oracle_of(*prepared));
    if (clean) {
      auto symptom = co_await look_for_wedge(lane, *clean, options_.careful);
      if (stopped_) break;
      if (symptom) found.push_back(std::move(*symptom));
    }
    ++shown.tried;
    shown.times += std::ranges::find(found, bucket, &Symptom::bucket) != found.end() ? 1 : 0;
  }
  co_return shown;
}

// One of those since the last clean session has done it, or several together. A bot that is not ours stays wedged, and
// all that it did from then on would say nothing.
Task<void> Campaign::find_wedging(Lane& lane, Symptom symptom, std::size_t clean) {
  if (!lane.bot.is_ours()) {
    if (++tally_.buckets[symptom.bucket()] == 1) report(symptom, lane.since.back(), {});
    give_up({corpus::Error::invalid, "--bot", "the bot is wedged: start it again, and go on with another --seed"});
    co_return;
  }
  Sighting sighting{std::move(symptom), 0, lane.since, clean};
  co_await sight(lane, std::move(sighting));
  co_await lane.bot.end();
}

Task<bool> Campaign::wedges_again(Lane& lane, Sighting sighting) {
  for (std::size_t i = sighting.since.size(); i > 0 && !over(); --i) {
    const Shown shown = co_await show_again(lane, sighting.since[i - 1], sighting.symptom.bucket(), sighting.clean);
    if (shown.times > 0) report(sighting.symptom, sighting.since[i - 1], shown);
    if (shown.times > 0) co_return true;
  }
  co_return false;
}

}  // namespace harness
