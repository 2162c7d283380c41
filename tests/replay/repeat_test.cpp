#include "replay/repeat.h"

#include <gtest/gtest.h>

#include <array>

#include "replay/report.h"

namespace replay {
namespace {

Finding finding(FindingKind kind, std::int64_t exchange, std::string pointer = "/x", std::string live = "1") {
  Finding finding;
  finding.kind = kind;
  finding.recorded = Place{exchange, 0};
  finding.what = "POST /x";
  finding.differences = {{std::move(pointer), "0", std::move(live)}};
  return finding;
}

Verdict run(std::vector<Finding> findings, std::optional<Lateness> lateness = {}) {
  Verdict verdict;
  verdict.judgement = findings.empty() ? Judgement::same : Judgement::different;
  verdict.findings = std::move(findings);
  verdict.requests = 5;
  verdict.requests_met = 5 - verdict.findings.size();
  verdict.lateness = lateness;
  return verdict;
}

constexpr FindingKind kDifferent = FindingKind::different_request;

TEST(Repeat, TellsFlakyFindingsFromConstantOnes) {
  const std::array runs{run({finding(kDifferent, 7), finding(kDifferent, 9)}), run({finding(kDifferent, 9, "/x", "2")}),
                        run({finding(kDifferent, 9), finding(FindingKind::missing_request, 9)})};
  const Verdict all = combine(runs);
  EXPECT_EQ(all.judgement, Judgement::different);
  EXPECT_EQ(all.runs, 3u);
  EXPECT_EQ(all.requests_met, 3u) << "the worst run";
  ASSERT_EQ(all.findings.size(), 3u);
  EXPECT_EQ(all.findings[0].recorded->exchange, 9) << "what every run had stands first";
  EXPECT_EQ(all.findings[0].seen, 3u);
  EXPECT_EQ(all.findings[1].seen, 1u);
  EXPECT_EQ(all.findings[2].kind, FindingKind::missing_request);
}

TEST(Repeat, OtherPlaceInABodyIsAnotherFinding) {
  const std::array runs{run({finding(kDifferent, 7, "/a")}), run({finding(kDifferent, 7, "/b")})};
  EXPECT_EQ(combine(runs).findings.size(), 2u);
}

TEST(Repeat, TwoAlikeInOneRunAreTwo) {
  const std::array runs{run({finding(kDifferent, 7), finding(kDifferent, 7)}), run({finding(kDifferent, 7)})};
  const Verdict all = combine(runs);
  ASSERT_EQ(all.findings.size(), 2u);
  EXPECT_EQ(all.findings[0].seen, 2u);
  EXPECT_EQ(all.findings[1].seen, 1u);
}

TEST(Repeat, IsInconclusiveIfOneRunProvesNothing) {
  Verdict late = run({}, Lateness{3, 10, 900, 900});
  late.judgement = Judgement::inconclusive;
  late.too_late = TooLate{100, {}};
  const std::array runs{run({}, Lateness{3, 1, 2, 3}), late, run({})};
  const Verdict all = combine(runs);
  EXPECT_EQ(all.judgement, Judgement::inconclusive);
  EXPECT_TRUE(all.too_late);
  EXPECT_EQ(all.lateness->p99, 900);
  const std::array with_a_finding{late, run({finding(kDifferent, 7)}), late};
  EXPECT_EQ(combine(with_a_finding).judgement, Judgement::different);
}

TEST(Repeat, ReportSaysInHowManyRuns) {
  const std::array runs{run({finding(kDifferent, 7), finding(kDifferent, 9)}), run({finding(kDifferent, 9)})};
  const std::string text = report_text(combine(runs), "a");
  EXPECT_TRUE(text.starts_with("different: a: 2 findings in 2 runs\n")) << text;
  EXPECT_NE(text.find("1. different request: POST /x: /x is 1, recorded 0\n     in every run\n"), text.npos) << text;
  EXPECT_NE(text.find("2. different request: POST /x: /x is 1, recorded 0\n     flaky: in 1 of 2 runs\n"), text.npos)
      << text;
  const std::array sound{run({}), run({})};
  EXPECT_TRUE(report_text(combine(sound), "a").starts_with("same: a: in 2 runs\n"));
}

}  // namespace
}  // namespace replay
