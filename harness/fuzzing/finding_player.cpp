#include "harness/fuzzing/finding_player.h"

#include <algorithm>
#include <map>
#include <utility>

#include "fuzz/straight_order.h"

namespace harness {

FindingPlayer::FindingPlayer(boost::asio::io_context& io, const FindingNote& note, const CleanSession& finding,
                             const CleanSession* clean, const Traffic& traffic)
    : note_(note),
      finding_(finding),
      clean_(clean),
      traffic_(traffic),
      bot_(io, traffic.settings, traffic.exec),
      allowed_(server_errors_in(finding.seed.session)) {}

void FindingPlayer::stop() {
  stopped_ = true;
  bot_.stop();
}

void FindingPlayer::give_up(corpus::Fault fault) {
  if (!stopped_) fault_ = std::move(fault);
  stopped_ = true;
}

// Each request is waited for as in the finding. In a version, what led to it may have gone, and it would be waited for
// as long as all that was taken out took; or all has been put close together.
void FindingPlayer::set_think_times(const corpus::Session& session, replay::Plan& plan) const {
  std::map<std::int64_t, corpus::Micros> found;
  for (std::size_t i = 0; i < finding_.plan.steps.size(); ++i) {
    found.emplace(finding_.seed.session.exchanges[i].number, finding_.plan.steps[i].think);
  }
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const auto known = found.find(session.exchanges[i].number);
    if (known != found.end()) plan.steps[i].think = known->second;
    if (longest_think_) plan.steps[i].think = std::min(plan.steps[i].think, *longest_think_);
  }
}

Task<std::unique_ptr<FindingPlayer::Played>> FindingPlayer::play(const corpus::Session& session, Waits waits,
                                                                 bool legal) {
  co_await bot_.end();
  auto played = std::make_unique<Played>();
  played->noise = noise_for(finding_, session);
  played->plan = replay::plan_with(session, {traffic_.judging.count_polling}, played->noise.get());
  set_think_times(session, played->plan);
  const Knowledge known{played->noise.get(), &played->plan};
  auto run = co_await bot_.play(session, waits, ++ids_, known);
  if (!run) give_up(run.error());
  if (stopped_) co_return nullptr;
  played->run = std::move(*run);
  Oracle oracle{traffic_.judging, legal, traffic_.tokens_checked, allowed_};
  oracle.judging.noise = played->noise.get();
  oracle.judging.plan = &played->plan;
  played->found = symptoms_of(session, played->run, oracle);
  played->judging = oracle.judging;
  co_return played;
}

Task<std::optional<Sighting>> FindingPlayer::look(const corpus::Session& version, Waits waits) {
  const std::unique_ptr<Played> played = co_await play(version, waits, note_.legal);
  if (!played) co_return std::nullopt;
  if (clean_ != nullptr) {
    auto symptom = co_await look_behind();
    // A wedged bot stays so, while what it still did about the session before comes once.
    if (symptom && !stopped_) symptom = co_await look_behind();
    if (stopped_) co_return std::nullopt;
    if (symptom) played->found.push_back(std::move(*symptom));
  }
  const auto same = std::ranges::find(played->found, note_.bucket, &Symptom::bucket);
  if (same == played->found.end()) co_return std::nullopt;
  co_return Sighting{same->detail, differing_requests(version, played->run.live, played->judging)};
}

Task<std::optional<Symptom>> FindingPlayer::look_behind() {
  const corpus::Session& clean = clean_->seed.session;
  const Knowledge known{LoadedNoise::of(clean_->noise), &clean_->plan};
  auto run = co_await bot_.play(clean, traffic_.careful, ++ids_, known);
  if (!run) give_up(run.error());
  if (stopped_) co_return std::nullopt;
  replay::JudgeOptions judging = traffic_.judging;
  judging.noise = known.noise;
  judging.plan = known.plan;
  co_return wedged(clean, *run, judging);
}

Task<bool> FindingPlayer::passes_straight(const corpus::Session& version, Waits waits) {
  const corpus::Session straight = fuzz::straight_order(version);
  const std::unique_ptr<Played> played = co_await play(straight, waits, true);
  if (!played || !played->found.empty()) co_return false;
  // What the bot answers is no matter of the finding's. But it may refuse a body from which members have gone, which
  // the session says it took: a replay would tell of that as well.
  const std::size_t differences = replay::judge(straight, played->run.live, played->judging).findings.size();
  if (!straight_differences_) straight_differences_ = differences;
  if (differences > *straight_differences_) co_return false;
  if (longest_think_) co_return true;
  // In the finding, a delivery may stand far from what the bot did about it. How long the bot takes is seen here.
  corpus::Micros longest = 0;
  for (const replay::Step& step : replay::make_plan(played->run.live).steps) longest = std::max(longest, step.think);
  longest_think_ = 2 * longest;
  co_return true;
}

}  // namespace harness
