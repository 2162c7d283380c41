// Many replays of one session at once, in one process, each with its own Graph double and bindings.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "corpus/mentions.h"
#include "tests/end_to_end/arena.h"

namespace end_to_end {
namespace {

constexpr std::size_t kReplays = 200;

// Ids of calls and of the bot's own making, which belong to one run and no other.
std::set<std::string> own_ids(const corpus::Session& live) {
  std::set<std::string> ids;
  corpus::MentionFinder finder;
  const auto collect = [&](const corpus::Mentions& mentions) {
    for (const corpus::Mention& mention : mentions.all) {
      const bool own = mention.kind == corpus::MentionKind::call || mention.kind == corpus::MentionKind::made;
      if (own && mention.id.find("://") == std::string::npos) ids.insert(mention.id);
    }
  };
  for (const corpus::Exchange& exchange : live.exchanges) {
    collect(finder.in(exchange.request));
    if (const auto* response = exchange.response()) collect(finder.in(*response, exchange.request));
  }
  return ids;
}

// Contexts that Graph sent back must be among those that the bot of this very run made.
void expect_own_contexts_back(const corpus::Session& live) {
  std::set<std::string> made;
  int back = 0;
  corpus::MentionFinder finder;
  for (const corpus::Exchange& exchange : live.exchanges) {
    for (const corpus::Mention& mention : finder.in(exchange.request).all) {
      if (mention.kind != corpus::MentionKind::made || mention.id.find("://") != std::string::npos) continue;
      if (exchange.leg == corpus::Leg::graph) made.insert(mention.id);
      if (exchange.leg == corpus::Leg::webhook) {
        EXPECT_TRUE(made.contains(mention.id)) << mention.id;
        ++back;
      }
    }
  }
  EXPECT_GT(back, 0);
}

TEST(Parallel, TwoHundredReplaysMixNoIds) {
  const std::vector<corpus::Session> sessions(kReplays, sample("five-operations-in-flight"));
  Plan plan = asap();
  plan.schedule.patience = 20'000'000;  // 200 bots share two cores, maybe with others
  plan.judging.answer_limit = plan.schedule.patience;
  const std::vector<Replayed> runs = replay_all(sessions, plan);
  std::map<std::string, std::size_t> owner;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(runs[i].verdict.judgement, replay::Judgement::same) << "run " << i << "\n" << runs[i].report;
    expect_own_contexts_back(runs[i].live);
    const std::set<std::string> ids = own_ids(runs[i].live);
    EXPECT_GT(ids.size(), 3u);
    for (const std::string& id : ids) {
      const auto [known, fresh] = owner.try_emplace(id, i);
      EXPECT_TRUE(fresh) << id << " is in runs " << known->second << " and " << i;
    }
  }
}

}  // namespace
}  // namespace end_to_end
