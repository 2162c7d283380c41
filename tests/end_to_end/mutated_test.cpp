// Mutated samples against the sample bot, which is sound: what Graph may do changes nothing of what it asks for, and
// whatever else is done, every session can be played to its end.
#include <gtest/gtest.h>

#include "fuzz/orders.h"
#include "fuzz/session_mutator.h"
#include "harness/session_causes.h"
#include "tests/end_to_end/arena.h"

namespace end_to_end {
namespace {

std::vector<fuzz::SeedSession> seeds(const std::vector<std::string>& names = sample_names()) {
  std::vector<fuzz::SeedSession> made;
  for (const std::string& name : names) {
    fuzz::SeedSession& seed = made.emplace_back();
    seed.session = sample(name);
    seed.causes = harness::causes_of(seed.session);
  }
  return made;
}

std::vector<fuzz::MutatedSession> mutated(fuzz::SessionMutatorOptions options, std::uint64_t first, std::uint64_t count,
                                          const std::vector<std::string>& names = sample_names()) {
  options.longest_stall = 20'000;
  fuzz::SessionMutator mutator(seeds(names), options);
  std::vector<fuzz::MutatedSession> made;
  for (std::uint64_t seed = first; seed < first + count; ++seed) made.push_back(mutator.mutate(seed));
  return made;
}

std::vector<Replayed> play(const std::vector<fuzz::MutatedSession>& made, const Plan& plan) {
  std::vector<corpus::Session> sessions;
  for (const fuzz::MutatedSession& one : made) sessions.push_back(one.session);
  return replay_all(sessions, plan);
}

std::string how(const fuzz::MutatedSession& made, const Replayed& run) {
  std::string text;
  for (const fuzz::AppliedMutation& applied : made.applied) text += applied.name + ": " + applied.what + "\n";
  return text + run.report;
}

TEST(Mutated, LegallyAsksForTheSame) {
  using fuzz::SessionGroup;
  const auto made = mutated({.only = {SessionGroup::order, SessionGroup::time, SessionGroup::batch, SessionGroup::http,
                                      SessionGroup::payload, SessionGroup::answers, SessionGroup::interleave},
                             .legal_only = true},
                            0, 150);
  const std::vector<Replayed> runs = play(made, asap());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    ASSERT_TRUE(made[i].legal);
    EXPECT_EQ(runs[i].verdict.judgement, replay::Judgement::same) << how(made[i], runs[i]);
    EXPECT_EQ(runs[i].verdict.deliveries_made, runs[i].verdict.deliveries) << how(made[i], runs[i]);
  }
}

TEST(Mutated, LegallyInNumberLeavesNothingOut) {
  const auto made = mutated({.only = {fuzz::SessionGroup::number}, .legal_only = true}, 1000, 100);
  const std::vector<Replayed> runs = play(made, asap());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(runs[i].verdict.judgement, replay::Judgement::same) << how(made[i], runs[i]);
    EXPECT_EQ(runs[i].verdict.deliveries_made, runs[i].verdict.deliveries) << how(made[i], runs[i]);
  }
}

TEST(Mutated, InAnyWayIsPlayedToItsEnd) {
  Plan plan = asap();
  plan.schedule.patience = 300'000;
  const auto made = mutated({.forbidden_orders = true}, 2000, 150);
  const std::vector<Replayed> runs = play(made, plan);
  std::size_t whole = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_TRUE(runs[i].live.end.has_value()) << how(made[i], runs[i]);
    EXPECT_GT(runs[i].verdict.deliveries_made, 0u) << how(made[i], runs[i]);
    whole += runs[i].verdict.deliveries_made == runs[i].verdict.deliveries ? 1 : 0;
  }
  // What follows a mutation is played as well, mostly: a session that stops at the first one shows little.
  EXPECT_GT(whole, runs.size() * 2 / 3);
}

// The calls of two recordings at once: each order of their deliveries leads a sound bot to the same requests.
TEST(Mutated, OrdersThatTheCausesAllowAskForTheSame) {
  fuzz::SessionMutator mutator(seeds(), {});
  const auto woven = mutator.apply("weave_apart", 0, 1);
  ASSERT_TRUE(woven.has_value());
  fuzz::Orders orders({woven->session, harness::causes_of(woven->session)}, {.seed = 3});
  std::vector<corpus::Session> sessions;
  while (sessions.size() < 20) {
    const auto order = orders.next();
    ASSERT_TRUE(order.has_value());
    sessions.push_back(orders.session(*order));
  }
  for (const Replayed& run : replay_all(sessions, asap())) {
    EXPECT_EQ(run.verdict.judgement, replay::Judgement::same) << run.report;
    EXPECT_EQ(run.verdict.deliveries_made, run.verdict.deliveries);
  }
}

}  // namespace
}  // namespace end_to_end
