#include "harness/judging_options.h"

#include <gmock/gmock.h>

#include <limits>

namespace harness {
namespace {

TEST(JudgingOptions, FaultNamesTheOption) {
  JudgingOptions options;
  options.ignore = {"/a/b", "participants"};
  const auto judging = judge_options(options);
  ASSERT_FALSE(judging);
  EXPECT_EQ(judging.error().where, "--ignore participants");
}

TEST(JudgingOptions, RequestsHaveADeadlineUnlessNobodyWaits) {
  JudgingOptions options;
  EXPECT_EQ(judge_options(options)->deadline_factor, 3);
  EXPECT_EQ(judge_options(options, true)->deadline_factor, std::nullopt);
  options.deadline_factor = 1.5;
  EXPECT_EQ(judge_options(options, true)->deadline_factor, 1.5);
  options.deadline_factor = 0;
  EXPECT_EQ(judge_options(options)->deadline_factor, std::nullopt);
  for (const double wrong : {0.5, -1.0, std::numeric_limits<double>::infinity()}) {
    options.deadline_factor = wrong;
    const auto judging = judge_options(options);
    ASSERT_FALSE(judging) << wrong;
    EXPECT_THAT(judging.error().where, testing::StartsWith("--deadline-factor "));
  }
}

TEST(JudgingOptions, StatusOfAVerdict) {
  replay::Verdict verdict;
  EXPECT_EQ(status_of(verdict), done);
  verdict.judgement = replay::Judgement::different;
  EXPECT_EQ(status_of(verdict), findings);
  verdict.judgement = replay::Judgement::inconclusive;
  EXPECT_EQ(status_of(verdict), inconclusive);
  verdict.damaged_lines = 1;
  EXPECT_EQ(status_of(verdict), bad_usage) << "nobody knows what stood there";
}

TEST(JudgingOptions, FindingsCountMoreThanARunThatProvesNothing) {
  EXPECT_EQ(worse_of(findings, inconclusive), findings);
  EXPECT_EQ(worse_of(inconclusive, done), inconclusive);
  EXPECT_EQ(worse_of(findings, environment), environment);
  EXPECT_EQ(worse_of(bad_usage, findings), bad_usage);
  EXPECT_EQ(worse_of(done, done), done);
}

}  // namespace
}  // namespace harness
