#include "replay/report.h"

#include <gtest/gtest.h>

namespace replay {
namespace {

TEST(Report, SaysInOneLineThatNothingDiffers) {
  Verdict verdict;
  verdict.requests = verdict.requests_met = 3;
  verdict.deliveries = verdict.deliveries_made = 5;
  verdict.lateness = Lateness{5, 80, 310, 400};
  EXPECT_EQ(report_text(verdict, "a.session.jsonl"),
            "same: a.session.jsonl\n"
            "  requests: 3 of 3; deliveries: 5 of 5\n"
            "  lateness of 5 deliveries: p50 0.080 ms, p99 0.310 ms, max 0.400 ms\n");
}

TEST(Report, CountsWhatFollowsApart) {
  Verdict verdict;
  verdict.judgement = Judgement::different;
  verdict.findings.resize(3);
  verdict.findings[1].consequence = verdict.findings[2].consequence = true;
  EXPECT_EQ(report_text(verdict, "a").substr(0, 51), "different: a: 1 finding, and 2 that follow from it\n");
}

TEST(Report, ShowsEachFindingWithItsExchangeAndWhatCame) {
  Verdict verdict;
  verdict.judgement = Judgement::different;
  verdict.requests = verdict.requests_met = 1;
  Finding finding;
  finding.kind = FindingKind::different_request;
  finding.recorded = Place{7, 14};
  finding.live = Place{6, 12};
  finding.what = "POST /communications/calls/57dab8b1…/mute";
  finding.differences = {{"/x", "1", "\"\x1b[31m\""}};
  finding.notes = {"a note"};
  verdict.findings.push_back(finding);
  EXPECT_EQ(report_text(verdict, "a"),
            "different: a: 1 finding\n"
            "  requests: 1 of 1; deliveries: 0 of 0\n"
            "\n"
            "  1. different request: POST /communications/calls/57dab8b1…/mute\n"
            "     in the recording: exchange 7, line 14\n"
            "     in the live run: exchange 6, line 12\n"
            "     a note\n"
            "     /x\n"
            "       recorded: 1\n"
            "       came:     \"\\x1b[31m\"\n");
}

}  // namespace
}  // namespace replay
