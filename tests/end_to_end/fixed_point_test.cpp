// The recording of a replay, judged against its source, is the same: at every speed, from memory, from the file, and
// through a recorder in between.
#include <gtest/gtest.h>

#include "corpus/session_file.h"
#include "replay/report.h"
#include "tests/end_to_end/arena.h"

namespace end_to_end {
namespace {

std::vector<corpus::Session> all_samples() {
  std::vector<corpus::Session> sessions;
  for (const std::string& name : sample_names()) sessions.push_back(sample(name));
  return sessions;
}

void expect_same_from_file(const corpus::Session& recorded, const std::string& path, const std::string& report) {
  const auto kept = corpus::read_session(path);
  ASSERT_TRUE(kept) << corpus::to_string(kept.error());
  EXPECT_TRUE(kept->damage.empty());
  ASSERT_TRUE(kept->end);
  EXPECT_EQ(replay::report_text(replay::judge(recorded, *kept), recorded.info.name), report);
}

// Replays every sample at once, and judges what was kept as well as what was in memory.
void expect_fixed_point(const Plan& plan) {
  const std::vector<corpus::Session> samples = all_samples();
  ASSERT_EQ(samples.size(), 10u);
  Folder folder;
  Plan kept = plan;
  kept.live_path = folder / ".";
  const std::vector<Replayed> runs = replay_all(samples, kept);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(runs[i].verdict.judgement, replay::Judgement::same) << runs[i].report;
    EXPECT_GT(runs[i].verdict.requests, 0u);
    EXPECT_EQ(runs[i].verdict.deliveries_made, runs[i].verdict.deliveries);
    expect_same_from_file(samples[i], folder / (std::to_string(i) + ".session.jsonl"), runs[i].report);
  }
}

TEST(FixedPoint, AtTheRecordedSpeed) {
  Plan plan;
  plan.schedule.settle = 200'000;
  expect_fixed_point(plan);
}

TEST(FixedPoint, AtTenTimesTheRecordedSpeed) {
  Plan plan;
  plan.schedule.settle = 200'000;
  plan.schedule.speed = 10;
  expect_fixed_point(plan);
}

TEST(FixedPoint, AsSoonAsPossible) {
  expect_fixed_point(asap());
}

TEST(FixedPoint, ThroughARecorder) {
  const std::vector<corpus::Session> samples = all_samples();
  Folder folder;
  Plan plan = asap();
  plan.record_path = folder / ".";
  const std::vector<Replayed> runs = replay_all(samples, plan);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    EXPECT_EQ(runs[i].verdict.judgement, replay::Judgement::same) << runs[i].report;
    const auto recorded = corpus::read_session(folder / (std::to_string(i) + ".recorded.session.jsonl"));
    ASSERT_TRUE(recorded) << corpus::to_string(recorded.error());
    const replay::Verdict verdict = replay::judge(samples[i], *recorded);
    EXPECT_EQ(verdict.judgement, replay::Judgement::same) << replay::report_text(verdict, samples[i].info.name);
    EXPECT_EQ(verdict.deliveries_made, verdict.deliveries);
  }
}

}  // namespace
}  // namespace end_to_end
