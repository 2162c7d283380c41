#include "harness/fuzzing/campaign.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <utility>

#include "harness/fuzzing/campaign_lane.h"
#include "harness/judging_options.h"

namespace harness {
namespace {

namespace asio = boost::asio;

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

Campaign::Campaign(asio::io_context& io, std::vector<CleanSession> clean, const fuzz::SessionMutatorOptions& mutating,
                   CampaignOptions options, const ReplaySettings& settings, const std::optional<BotCommand>& exec)
    : io_(io), clean_(std::move(clean)), options_(std::move(options)), mutator_(seeds_of(clean_), mutating) {
  for (const CleanSession& one : clean_) options_.server_errors.merge(server_errors_in(one.seed.session));
  for (std::size_t i = 0; i < options_.jobs; ++i) lanes_.push_back({LiveBot(io, settings, exec), {}, {}});
}

Campaign::~Campaign() = default;

Tally Campaign::run() {
  start_ = told_ = next_ = Clock::now();
  asio::co_spawn(io_.get_executor(), conduct(), rethrow);
  io_.run();
  Clock::duration whole{};
  Clock::duration playing{};
  for (const Lane& lane : lanes_) {
    whole = std::max(whole, lane.worked);
    playing = std::max(playing, lane.worked - lane.looking_again);
  }
  tally_.seconds = std::chrono::duration<double>(whole).count();
  tally_.playing = std::chrono::duration<double>(playing).count();
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
  reactions_.keep();
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

Task<corpus::Result<LiveRun>> Campaign::play(Lane& lane, Piece piece) {
  auto run = co_await lane.bot.play(*piece.session, piece.waits, ++ids_, piece.known);
  if (run) reactions_.note(run->live);
  if (run && was_too_much(run->live)) next_ = std::max(next_, Clock::now() + kBackOff);
  co_return run;
}

std::unique_ptr<Campaign::Prepared> Campaign::prepare(std::uint64_t seed) {
  auto prepared = std::make_unique<Prepared>();
  prepared->made = mutator_.mutate(seed);
  const CleanSession& clean = clean_[prepared->made.seed_session];
  prepared->noise = noise_for(clean, prepared->made.session);
  prepared->plan = plan_for(clean, prepared->made.session, prepared->noise.get(), {options_.judging.count_polling},
                            prepared->made.legal);
  return prepared;
}

// A session that Graph would not play demands nothing of the bot: once it has been quiet for longer than it ever takes
// to ask for something, it is taken not to. Where Graph's answer was changed, it may well wait on purpose.
Campaign::Piece Campaign::in_haste(const Prepared& prepared) const {
  Piece piece = with_care(prepared);
  piece.waits = options_.quick;
  const bool answered = std::ranges::find(prepared.made.applied, fuzz::SessionGroup::answers,
                                          &fuzz::AppliedMutation::group) != prepared.made.applied.end();
  if (prepared.made.legal || answered) return piece;
  piece.waits.unheard = std::max(piece.waits.settle, reactions_.quiet());
  piece.waits.settle = std::min(piece.waits.settle, kUnjudgedSettle);
  return piece;
}

Campaign::Piece Campaign::with_care(const Prepared& prepared) const {
  return {&prepared.made.session, {prepared.noise.get(), &prepared.plan}, options_.careful};
}

Campaign::Piece Campaign::clean_piece(std::size_t which, Waits waits) const {
  const CleanSession& clean = clean_[which];
  return {&clean.seed.session, {LoadedNoise::of(clean.noise), &clean.plan}, waits};
}

Oracle Campaign::oracle_of(const Prepared& prepared) const {
  Oracle oracle{options_.judging, prepared.made.legal, options_.tokens_checked, options_.server_errors};
  oracle.judging.noise = prepared.noise.get();
  oracle.judging.plan = &prepared.plan;
  return oracle;
}

Task<void> Campaign::work(Lane& lane) {
  const Clock::time_point begun = Clock::now();
  for (;;) {
    co_await wait_turn(Turn::of_new);
    const std::optional<std::uint64_t> seed = take();
    if (!seed) break;
    const std::unique_ptr<Prepared> prepared = prepare(*seed);
    auto run = co_await play(lane, in_haste(*prepared));
    if (!run) give_up(run.error());
    if (stopped_) break;
    count();
    lane.since.push_back(*seed);
    auto found = symptoms_of(prepared->made.session, *run, oracle_of(*prepared));
    const Clock::time_point seen = Clock::now();
    const bool none = found.empty();
    if (!none) co_await look_into(lane, *seed, std::move(found));
    lane.looking_again += Clock::now() - seen;
    const bool due = lane.since.size() >= options_.check_every;
    if (due && !stopped_) co_await check(lane);
  }
  if (!stopped_ && !lane.since.empty()) co_await check(lane);
  lane.worked = Clock::now() - begun;
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

Task<std::optional<Symptom>> Campaign::play_clean(Lane& lane, std::size_t which, Waits waits) {
  const Piece piece = clean_piece(which, waits);
  co_await wait_turn(Turn::of_known);
  auto run = co_await play(lane, piece);
  if (!run) give_up(run.error());
  if (stopped_) co_return std::nullopt;
  replay::JudgeOptions judging = options_.judging;
  judging.noise = piece.known.noise;
  judging.plan = piece.known.plan;
  co_return wedged(*piece.session, *run, judging);
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
  const Clock::time_point seen = Clock::now();
  if (symptom) {
    co_await find_wedging(lane, std::move(*symptom), which);
  } else {
    co_await watch_growth(lane);
  }
  lane.looking_again += Clock::now() - seen;
  lane.since.clear();
}

}  // namespace harness
