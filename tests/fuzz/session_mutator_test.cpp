#include "fuzz/session_mutator.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "corpus/session_file.h"
#include "tests/fuzz/session_samples.h"

namespace {

using fuzz::MutatedSession;
using fuzz::SessionGroup;
using fuzz::SessionMutator;
using fuzz::SessionMutatorOptions;

SessionMutator mutator_of(SessionMutatorOptions options = {}) {
  std::vector<fuzz::SeedSession> seeds;
  seeds.push_back(fuzz::two_calls());
  seeds.push_back(fuzz::independent_deliveries(4));
  return SessionMutator(std::move(seeds), std::move(options));
}

// What holds for every mutated session, whatever was done to it.
void expect_playable(const corpus::Session& session, const std::string& how) {
  std::set<std::int64_t> before;
  corpus::Micros last = -1;
  for (const corpus::Exchange& exchange : session.exchanges) {
    EXPECT_GT(exchange.sent, last) << how;
    last = exchange.sent;
    if (exchange.ended_at_all()) {
      EXPECT_GE(exchange.ended, exchange.sent) << how;
    }
    for (const std::int64_t cause : exchange.after.value_or(std::vector<std::int64_t>{})) {
      EXPECT_TRUE(before.contains(cause)) << how << ": " << exchange.number << " waits for " << cause;
    }
    EXPECT_TRUE(before.insert(exchange.number).second) << how;
  }
  const auto read = corpus::parse_session(fuzz::file_of(session), "");
  ASSERT_TRUE(read.has_value()) << how;
  EXPECT_TRUE(read->damage.empty()) << how << ": " << to_string(read->damage.front());
  ASSERT_EQ(read->exchanges.size(), session.exchanges.size()) << how;
  for (std::size_t at = 0; at < session.exchanges.size(); ++at) {
    EXPECT_TRUE(same_apart_from_lines(read->exchanges[at], session.exchanges[at])) << how;
    EXPECT_EQ(read->exchanges[at].request_line, session.exchanges[at].request_line) << how;
    EXPECT_EQ(read->exchanges[at].outcome_line, session.exchanges[at].outcome_line) << how;
  }
}

TEST(SessionMutator, MakesTheSameBytesOfTheSameSeed) {
  SessionMutator first = mutator_of({.forbidden_orders = true});
  SessionMutator second = mutator_of({.forbidden_orders = true});
  second.mutate(12345);  // what was made before must not matter
  std::set<std::string> different;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const MutatedSession a = first.mutate(seed);
    const MutatedSession b = second.mutate(seed);
    const std::string bytes = fuzz::file_of(a.session);
    EXPECT_EQ(bytes, fuzz::file_of(b.session)) << seed;
    EXPECT_EQ(a.applied, b.applied) << seed;
    different.insert(bytes);
  }
  EXPECT_GT(different.size(), 150u);  // not all: the second recording is small
}

TEST(SessionMutator, MakesSessionsThatCanBePlayed) {
  SessionMutator mutator = mutator_of({.forbidden_orders = true, .most = 6});
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    const MutatedSession made = mutator.mutate(seed);
    ASSERT_FALSE(made.applied.empty()) << seed;
    std::string how = std::to_string(seed);
    for (const fuzz::AppliedMutation& applied : made.applied) how += " / " + applied.name + ": " + applied.what;
    expect_playable(made.session, how);
    if (HasFailure()) return;
  }
}

TEST(SessionMutator, AppliesEveryMutation) {
  SessionMutator mutator = mutator_of();
  for (const fuzz::SessionMutationInfo& info : fuzz::session_mutations()) {
    const std::string before = fuzz::file_of(fuzz::two_calls().session);
    int applied = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const auto made = mutator.apply(info.name, 0, seed);
      if (!made) continue;
      ++applied;
      ASSERT_EQ(made->applied.size(), 1u);
      EXPECT_EQ(made->applied[0].name, info.name);
      EXPECT_FALSE(made->applied[0].what.empty()) << info.name;
      EXPECT_EQ(made->legal, info.legal) << info.name;
      EXPECT_NE(fuzz::file_of(made->session), before) << info.name;
      expect_playable(made->session, std::string(info.name));
    }
    EXPECT_GT(applied, 5) << info.name;
  }
}

// What Graph may do leaves the bot the same requests to send, and every notification comes.
TEST(SessionMutator, KeepsTheRequestsWhereItIsLegal) {
  SessionMutator mutator = mutator_of(
      {.only = {SessionGroup::order, SessionGroup::number, SessionGroup::time, SessionGroup::batch, SessionGroup::http},
       .legal_only = true});
  const auto requests = [](const corpus::Session& session) {
    std::map<std::int64_t, corpus::Request> found;
    for (const corpus::Exchange& exchange : session.exchanges) {
      if (exchange.leg == corpus::Leg::graph) found.emplace(exchange.number, exchange.request);
    }
    return found;
  };
  const std::vector<fuzz::SeedSession> seeds = [] {
    std::vector<fuzz::SeedSession> made;
    made.push_back(fuzz::two_calls());
    made.push_back(fuzz::independent_deliveries(4));
    return made;
  }();
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const MutatedSession made = mutator.mutate(seed);
    EXPECT_TRUE(made.legal);
    EXPECT_EQ(requests(made.session), requests(seeds[made.seed_session].session)) << seed;
  }
}

TEST(SessionMutator, StaysWithinTheGroupsThatAreAllowed) {
  SessionMutator mutator = mutator_of({.only = {SessionGroup::time, SessionGroup::identity}});
  std::set<SessionGroup> seen;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (const fuzz::AppliedMutation& applied : mutator.mutate(seed).applied) seen.insert(applied.group);
  }
  EXPECT_THAT(seen, testing::ElementsAre(SessionGroup::time, SessionGroup::identity));
}

TEST(SessionMutator, FollowsTheWeights) {
  fuzz::GroupWeights weights{};
  weights[static_cast<std::size_t>(SessionGroup::number)] = 9;
  weights[static_cast<std::size_t>(SessionGroup::http)] = 1;
  SessionMutator mutator = mutator_of({.weights = weights, .most = 1});
  std::map<SessionGroup, int> counts;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) ++counts[mutator.mutate(seed).applied.at(0).group];
  ASSERT_EQ(counts.size(), 2u);
  EXPECT_GT(counts[SessionGroup::number], 850);
  EXPECT_GT(counts[SessionGroup::http], 50);
}

TEST(SessionMutator, ForbidsOrdersUnlessAskedForThem) {
  const auto names = [](bool forbidden) {
    SessionMutator mutator = mutator_of({.only = {SessionGroup::order}, .forbidden_orders = forbidden});
    std::set<std::string> seen;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      for (const fuzz::AppliedMutation& applied : mutator.mutate(seed).applied) seen.insert(applied.name);
    }
    return seen;
  };
  EXPECT_FALSE(names(false).contains("reorder_forbidden"));
  EXPECT_TRUE(names(true).contains("reorder_forbidden"));
}

TEST(SessionMutator, SaysThatNothingHadAPlace) {
  std::vector<fuzz::SeedSession> seeds;
  seeds.push_back(fuzz::independent_deliveries(1));
  SessionMutator mutator(std::move(seeds), {.only = {SessionGroup::answers}});
  const MutatedSession made = mutator.mutate(1);
  EXPECT_TRUE(made.applied.empty());
  EXPECT_EQ(made.session.exchanges.size(), 1u);
}

TEST(SessionMutator, KnowsNoMutationOfAnotherName) {
  EXPECT_FALSE(mutator_of().apply("reorder", 0, 1).has_value());
  EXPECT_FALSE(mutator_of().apply("drop", 2, 1).has_value());
}

// Its ids would be the same the second time, so that two calls would be one.
TEST(SessionMutator, WeavesARecordingInOnce) {
  SessionMutatorOptions options;
  options.only = {SessionGroup::interleave};
  options.legal_only = true;
  std::vector<fuzz::SeedSession> seeds;
  seeds.push_back(fuzz::two_calls());
  SessionMutator mutator(std::move(seeds), options);
  std::size_t most = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    most = std::max(most, mutator.mutate(seed).session.exchanges.size());
  }
  EXPECT_EQ(most, 2 * fuzz::two_calls().session.exchanges.size());
}

}  // namespace
