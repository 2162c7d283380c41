#include "harness/fuzzing/campaign.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <utility>

#include "harness/fuzzing/campaign_lane.h"
#include "harness/judging_options.h"

namespace harness {
namespace {

namespace asio = boost::asio;

constexpr unsigned kTries = 3;
constexpr std::size_t kMostWaiting = 8;  // sightings of one kind, to be played again if need be
constexpr std::chrono::seconds kTell{5};
// Where no set of requests is demanded, one too many is nothing to wait for, unless Graph's answer was changed: then
// what the bot does about it may be the last thing that happens.
constexpr corpus::Micros kUnjudgedSettle = 2'000;
constexpr std::chrono::seconds kBackOff{1};  // when the bot says that it is told too much

void rethrow(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

std::vector<fuzz::SeedSession> seeds_of(const std::vector<CleanSession>& clean) {
  std::vector<fuzz::SeedSession> seeds;
  for (const CleanSession& one : clean) seeds.push_back(one.seed);
  return seeds;
}

bool was_too_much(const corpus::Session& live) {
  for (const corpus::Exchange& exchange : live.exchanges) {
    const corpus::Response* answer = exchange.leg == corpus::Leg::webhook ? exchange.response() : nullptr;
    if (answer != nullptr && answer->status == 429) return true;
  }
  return false;
}

}  // namespace

std::unique_ptr<replay::Noise> noise_for(const CleanSession& clean, const corpus::Session& session) {
  return clean.noise ? std::make_unique<replay::Noise>(clean.noise->noise->record(), session) : nullptr;
}

Campaign::Campaign(asio::io_context& io, std::vector<CleanSession> clean, const fuzz::SessionMutatorOptions& mutating,
                   CampaignOptions options, const ReplaySettings& settings, const std::optional<BotCommand>& exec)
    : io_(io), clean_(std::move(clean)), options_(std::move(options)), mutator_(seeds_of(clean_), mutating) {
  for (const CleanSession& one : clean_) options_.server_errors.merge(server_errors_in(one.seed.session));
  for (std::size_t i = 0; i < options_.jobs; ++i) lanes_.push_back({LiveBot(io, settings, exec), {}, {}, 0});
}

Campaign::~Campaign() = default;

Tally Campaign::run() {
  start_ = told_ = next_ = Clock::now();
  asio::co_spawn(io_.get_executor(), conduct(), rethrow);
  io_.run();
  tally_.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  return std::move(tally_);
}

void Campaign::stop() {
  tally_.interrupted = true;
  cut_off();
}

void Campaign::cut_off() {
  stopped_ = true;
  for (Lane& lane : lanes_) lane.bot.stop();
}

void Campaign::give_up(corpus::Fault fault) {
  if (!stopped_) tally_.fault = std::move(fault);
  stopped_ = true;
}

// The recordings have to pass before anything is made of them.
Task<void> Campaign::conduct() {
  const bool sound = co_await passes_clean(lanes_.front());
  start_ = next_ = Clock::now();
  working_ = lanes_.size();
  for (Lane& lane : lanes_) {
    asio::co_spawn(io_.get_executor(), work(lane), [this](const std::exception_ptr& error) {
      rethrow(error);
      if (--working_ == 0) io_.stop();
    });
  }
  if (!sound) stopped_ = true;
}

Task<bool> Campaign::passes_clean(Lane& lane) {
  for (std::size_t i = 0; i < clean_.size() && !stopped_; ++i) {
    const auto symptom = co_await play_clean(lane, i, options_.careful);
    if (!symptom || stopped_) continue;
    give_up({corpus::Error::invalid, clean_[i].seed.session.path,
             "does not pass as it is, so nothing can be made of it (rollcall replay tells more): " + symptom->detail});
  }
  co_return !stopped_;
}

std::optional<std::uint64_t> Campaign::take() {
  if (over() || (options_.runs && begun_ >= *options_.runs)) return std::nullopt;
  return options_.seed + begun_++;
}

bool Campaign::over() const {
  return stopped_ || (options_.time && Clock::now() - start_ >= *options_.time);
}

// In short naps, so that the end is seen, and a turn that was put off meanwhile.
Task<void> Campaign::wait_turn(Turn turn) {
  constexpr Clock::duration kNap = std::chrono::milliseconds(100);
  Timer timer(io_);
  const auto ended = [&] { return turn == Turn::of_new ? over() : stopped_; };
  while (!ended() && Clock::now() < next_) {
    timer.expires_at(std::min(next_, Clock::now() + kNap));
    co_await timer.async_wait(kAwait);
  }
  if (options_.rate <= 0) co_return;
  const std::chrono::duration<double> interval(1 / options_.rate);
  next_ = std::max(next_, Clock::now()) + std::chrono::duration_cast<Clock::duration>(interval);
}

Task<corpus::Result<LiveRun>> Campaign::play(Lane& lane, const corpus::Session& session, Waits waits,
                                             const replay::Noise* noise) {
  auto run = co_await lane.bot.play(session, waits, ++ids_, noise);
  if (run && was_too_much(run->live)) next_ = std::max(next_, Clock::now() + kBackOff);
  co_return run;
}

std::unique_ptr<Campaign::Prepared> Campaign::prepare(std::uint64_t seed) {
  auto prepared = std::make_unique<Prepared>();
  prepared->made = mutator_.mutate(seed);
  prepared->noise = noise_for(clean_[prepared->made.seed_session], prepared->made.session);
  return prepared;
}

Oracle Campaign::oracle_of(const Prepared& prepared) const {
  Oracle oracle{options_.judging, prepared.made.legal, options_.tokens_checked, options_.server_errors};
  oracle.judging.noise = prepared.noise.get();
  return oracle;
}

Task<void> Campaign::work(Lane& lane) {
  for (;;) {
    co_await wait_turn(Turn::of_new);
    const std::optional<std::uint64_t> seed = take();
    if (!seed) break;
    const std::unique_ptr<Prepared> prepared = prepare(*seed);
    Waits waits = options_.quick;
    const bool answered = std::ranges::find(prepared->made.applied, fuzz::SessionGroup::answers,
                                            &fuzz::AppliedMutation::group) != prepared->made.applied.end();
    if (!prepared->made.legal && !answered) waits.settle = std::min(waits.settle, kUnjudgedSettle);
    auto run = co_await play(lane, prepared->made.session, waits, prepared->noise.get());
    if (!run) give_up(run.error());
    if (stopped_) break;
    count();
    lane.since.push_back(*seed);
    auto found = symptoms_of(prepared->made.session, *run, oracle_of(*prepared));
    const bool none = found.empty();
    if (!none) co_await look_into(lane, *seed, std::move(found));
    const bool due = lane.since.size() >= options_.check_every;
    if (due && !stopped_) co_await check(lane);
  }
  if (!stopped_ && !lane.since.empty()) co_await check(lane);
  co_await lane.bot.end();
}

void Campaign::count() {
  ++tally_.played;
  const Clock::time_point now = Clock::now();
  if (!progress_ || now - told_ < kTell) return;
  told_ = now;
  tally_.seconds = std::chrono::duration<double>(now - start_).count();
  progress_(tally_);
}

void Campaign::report(const Symptom& symptom, std::uint64_t seed, Shown shown) {
  const std::unique_ptr<Prepared> prepared = prepare(seed);
  if (tell_) tell_({symptom, seed, &prepared->made, shown.times, shown.tried});
  if (options_.until.contains(symptom.trouble)) cut_off();
}

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
    const std::string bucket = symptom.bucket();
    const auto waiting = waiting_.find(bucket);
    if (++tally_.buckets[bucket] == 1) {
      const Sighting first{std::move(symptom), seed};
      co_await confirm(lane, first);
    } else if (waiting != waiting_.end() && waiting->second.size() < kMostWaiting) {
      waiting->second.push_back({std::move(symptom), seed});
    }
  }
  if (!lane.bot.is_ours()) co_return;
  co_await lane.bot.end();
  lane.since.clear();
}

// One that does not show again says nothing against what other lanes have seen of the same kind meanwhile.
Task<void> Campaign::confirm(Lane& lane, Sighting first) {
  const std::string bucket = first.symptom.bucket();
  waiting_[bucket] = {};
  bool sure = co_await shows_again(lane, first);
  while (!sure && !stopped_ && !waiting_[bucket].empty()) {
    const Sighting next = std::move(waiting_[bucket].back());
    waiting_[bucket].pop_back();
    sure = co_await shows_again(lane, next);
  }
  waiting_.erase(bucket);
  if (sure) co_return;
  tally_.doubtful += tally_.buckets[bucket];
  tally_.buckets.erase(bucket);
}

// Reports it if it is to be believed.
Task<bool> Campaign::shows_again(Lane& lane, const Sighting& sighting) {
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
    auto run = co_await play(lane, prepared->made.session, options_.careful, prepared->noise.get());
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

Task<std::optional<Symptom>> Campaign::play_clean(Lane& lane, std::size_t which, Waits waits) {
  const CleanSession& clean = clean_[which];
  const replay::Noise* noise = LoadedNoise::of(clean.noise);
  co_await wait_turn(Turn::of_known);
  auto run = co_await play(lane, clean.seed.session, waits, noise);
  if (!run) give_up(run.error());
  if (stopped_) co_return std::nullopt;
  replay::JudgeOptions judging = options_.judging;
  judging.noise = noise;
  co_return wedged(clean.seed.session, *run, judging);
}

// What fails is played again with patience, to the same bot: a wedged one stays so, while what a bot still did about
// the session before comes once.
Task<std::optional<Symptom>> Campaign::look_for_wedge(Lane& lane, std::size_t which, Waits waits) {
  auto symptom = co_await play_clean(lane, which, waits);
  if (symptom && !stopped_) symptom = co_await play_clean(lane, which, options_.careful);
  co_return symptom;
}

Task<void> Campaign::check(Lane& lane) {
  const std::size_t which = checks_++ % clean_.size();
  auto symptom = co_await look_for_wedge(lane, which, options_.quick);
  if (stopped_) co_return;
  if (symptom) {
    co_await find_wedging(lane, std::move(*symptom), which);
  } else {
    co_await watch_growth(lane);
  }
  lane.since.clear();
}

// One of those since the last clean session has done it, or several together. A bot that is not ours stays wedged, and
// all that it did from then on would say nothing.
Task<void> Campaign::find_wedging(Lane& lane, Symptom symptom, std::size_t clean) {
  const std::string bucket = symptom.bucket();
  const bool fresh = ++tally_.buckets[bucket] == 1;
  if (!lane.bot.is_ours()) {
    if (fresh) report(symptom, lane.since.back(), {});
    give_up({corpus::Error::invalid, "--bot", "the bot is wedged: start it again, and go on with another --seed"});
    co_return;
  }
  bool known = !fresh;
  for (std::size_t i = lane.since.size(); i > 0 && !known && !over(); --i) {
    const Shown shown = co_await show_again(lane, lane.since[i - 1], bucket, clean);
    known = shown.times > 0;
    if (known) report(symptom, lane.since[i - 1], shown);
  }
  if (!known) {
    tally_.buckets.erase(bucket);
    ++tally_.doubtful;
  }
  co_await lane.bot.end();
}

}  // namespace harness
