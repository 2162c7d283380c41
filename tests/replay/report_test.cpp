#include "replay/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "corpus/describe.h"

namespace replay {
namespace {

TEST(Report, SaysInOneLineThatNothingDiffers) {
  Verdict verdict;
  verdict.requests = verdict.requests_met = 3;
  verdict.deliveries = verdict.deliveries_made = 5;
  verdict.lateness = Lateness{5, 80, 200, 310, 400};
  EXPECT_EQ(report_text(verdict, "a.session.jsonl"),
            "same: a.session.jsonl\n"
            "  requests: 3 of 3; deliveries: 5 of 5\n"
            "  lateness of 5 deliveries: p50 0.080 ms, p90 0.200 ms, p99 0.310 ms, max 0.400 ms\n");
}

TEST(Report, ShowsDifferencesThatBeginAlike) {
  Finding finding;
  finding.kind = FindingKind::different_request;
  finding.what = "POST /calls";
  finding.differences = {
      {"/id", "\"11111111-0000-4000-8000-000000000001\"", "\"11111111-0000-4000-8000-000000000002\""}};
  EXPECT_EQ(headline(finding),
            "different request: POST /calls: /id is \"11111111-0000-4000-8000-000000000002\", recorded "
            "\"11111111-0000-4000-8000-000000000001\"");
  finding.differences = {{"/s", std::string(300, 'a') + "1", std::string(300, 'a') + "2"}};
  EXPECT_THAT(headline(finding), testing::HasSubstr("a2, recorded …aaa"));
  Verdict verdict;
  verdict.findings = {finding};
  EXPECT_THAT(report_text(verdict, "a"), testing::ContainsRegex("recorded: …a+1\n *came: +…a+2\n"));
}

TEST(Report, ShowsAFewOfHundredsOfDifferences) {
  Finding finding;
  finding.kind = FindingKind::different_request;
  for (int i = 0; i < 400; ++i) finding.differences.push_back({"/" + std::to_string(i), "1", "2"});
  Verdict verdict;
  verdict.findings = {finding};
  const std::string text = report_text(verdict, "a");
  EXPECT_THAT(text, testing::HasSubstr("     /31\n"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("     /32\n")));
  EXPECT_THAT(text, testing::HasSubstr("     and 368 places more, which --json and --html show\n"));
}

TEST(Report, SaysWhatWasLate) {
  Verdict verdict;
  verdict.judgement = Judgement::inconclusive;
  verdict.lateness = Lateness{2, 80, 90, 12'310, 12'310};
  verdict.too_late = TooLate{10'000, {{Place{4, 9}, "POST /api/calls", 12'310}}};
  EXPECT_EQ(
      report_text(verdict, "a"),
      "inconclusive: a\n"
      "  requests: 0 of 0; deliveries: 0 of 0\n"
      "  lateness of 2 deliveries: p50 0.080 ms, p90 0.090 ms, p99 12.310 ms, max 12.310 ms\n"
      "  the player was too late: p99 is above the budget of 10.000 ms, so that nothing was found proves nothing\n"
      "    12.310 ms: POST /api/calls (exchange 4, line 9 of the live run)\n");
}

TEST(Report, DrawsHistogramsIfAskedTo) {
  Verdict verdict;
  verdict.lateness = Lateness{5, 80, 200, 310, 310, {{50, 100, 4}, {100, 200, 0}, {200, 500, 1}}};
  verdict.latency = Latency{1, 2100, 2100, 2100, 2100, {{2000, 5000, 1}}};
  EXPECT_EQ(report_text(verdict, "a", {.histograms = true}),
            "same: a\n"
            "  requests: 0 of 0; deliveries: 0 of 0\n"
            "  lateness of 5 deliveries: p50 0.080 ms, p90 0.200 ms, p99 0.310 ms, max 0.310 ms\n"
            "    <       0.10 ms      4 ########################################\n"
            "    <       0.20 ms      0 \n"
            "    <       0.50 ms      1 ##########\n"
            "  latency of 1 answers: p50 2.100 ms, p90 2.100 ms, p99 2.100 ms, max 2.100 ms\n"
            "    <       5.00 ms      1 ########################################\n");
}

TEST(Report, SaysWhyThereIsNoHistogram) {
  EXPECT_EQ(report_text(Verdict(), "a", {.histograms = true}),
            "same: a\n  requests: 0 of 0; deliveries: 0 of 0\n"
            "  lateness and latency: unknown, the live session does not say when its deliveries were due\n");
}

TEST(Report, DrawsTheHistogramOfWhatWasLate) {
  Verdict verdict;
  verdict.lateness = Lateness{1, 12'310, 12'310, 12'310, 12'310, {{10'000, 20'000, 1}}};
  verdict.latency = Latency{1, 2100, 2100, 2100, 2100, {{2000, 5000, 1}}};
  EXPECT_EQ(report_text(verdict, "a").find('#'), std::string::npos);
  verdict.too_late = TooLate{10'000, {}};
  const std::string text = report_text(verdict, "a");
  EXPECT_NE(text.find("  lateness of 1 deliveries: p50 12.310 ms, p90 12.310 ms, p99 12.310 ms, max 12.310 ms\n"
                      "    <      20.00 ms      1 ####"),
            std::string::npos)
      << text;
  EXPECT_EQ(text.find("5.00 ms"), std::string::npos) << "of the bot nobody has asked";
}

TEST(Report, CountsWhatFollowsApart) {
  Verdict verdict;
  verdict.judgement = Judgement::different;
  verdict.findings.resize(3);
  verdict.findings[0].what = "DELETE /communications/calls/57dab8b1…";
  verdict.findings[1].consequence = verdict.findings[2].consequence = true;
  verdict.findings[1].kind = FindingKind::withheld_delivery;
  verdict.findings[1].what = "POST /api/calls";
  verdict.findings[1].recorded = Place{9, 17};
  verdict.findings[1].notes = {"waits for exchange 7, which never came", "follows exchange 6, which was withheld"};
  verdict.findings[2].what = "POST /communications/calls/57dab8b1…/mute";
  EXPECT_EQ(report_text(verdict, "a"),
            "different: a: 1 finding, and 2 that follow from it\n"
            "  requests: 0 of 0; deliveries: 0 of 0\n"
            "\n"
            "  1. missing request: DELETE /communications/calls/57dab8b1…\n"
            "\n"
            "  what follows from it:\n"
            "     withheld delivery: POST /api/calls (exchange 9, line 17)\n"
            "       waits for exchange 7, which never came; follows exchange 6, which was withheld\n"
            "     missing request: POST /communications/calls/57dab8b1…/mute\n");
}

TEST(Report, SaysThatTheFilesAreDamaged) {
  Verdict verdict;
  verdict.damaged_lines = 2;
  EXPECT_EQ(report_text(verdict, "a"),
            "same: a\n"
            "  requests: 0 of 0; deliveries: 0 of 0\n"
            "  2 lines of the files could not be read: this is the verdict of the rest\n");
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
            "  1. different request: POST /communications/calls/57dab8b1…/mute: /x is \"\\x1b[31m\", recorded 1\n"
            "     in the recording: exchange 7, line 14\n"
            "     in the live run: exchange 6, line 12\n"
            "     a note\n"
            "     /x\n"
            "       recorded: 1\n"
            "       came:     \"\\x1b[31m\"\n");
}

TEST(Report, SaysWhatNoiseSuppressedAndWhy) {
  Verdict verdict;
  verdict.noise = NoiseUse{"a.noise.json", 5, true, 1};
  Suppressed one;
  one.what = "POST /calls/{}/say";
  one.why = "/note: a word of 8 of [0-9a-f] (in 5 of 5 runs)";
  verdict.suppressed = {one, one};
  EXPECT_THAT(report_text(verdict, "a"),
              testing::HasSubstr(
                  "  noise: 2 differences suppressed (a.noise.json, learnt from 5 runs)\n"
                  "    learnt from another version of this session, so learn it anew; 1 of its entries fit no more\n"
                  "    2 x POST /calls/{}/say: /note: a word of 8 of [0-9a-f] (in 5 of 5 runs)\n"));
}

Verdict hostile() {
  const std::string text =
      "\x1b]0;title\a\x1b[2J\xc2\x9b"
      "31m\r\xff\xe2\x80\xae";
  Verdict verdict;
  verdict.judgement = Judgement::different;
  verdict.findings.resize(2);
  for (Finding& finding : verdict.findings) {
    finding.what = corpus::printable(text);  // as a Describer says it
    finding.differences = {{text, text, text}};
    finding.notes = {text, text};
  }
  verdict.findings[1].consequence = true;
  return verdict;
}

TEST(Report, PrintsNothingFromARecordingThatATerminalWouldObey) {
  const std::string text = report_text(hostile(), "\x1b[2Jname\n");
  for (const char letter : text) {
    EXPECT_TRUE(letter == '\n' || static_cast<unsigned char>(letter) >= 0x20) << text;
    EXPECT_NE(letter, '\x7f');
  }
  EXPECT_EQ(text.find("\xc2\x9b"), std::string::npos);
  EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
}

// What a terminal shows of a coloured text.
std::string without_colors(std::string text) {
  for (std::size_t at = 0; (at = text.find("\x1b[", at)) != std::string::npos;) {
    text.erase(at, text.find('m', at) - at + 1);
  }
  return text;
}

TEST(Report, SaysTheSameInColor) {
  Verdict verdict = hostile();
  verdict.too_late = TooLate{10'000, {}};
  const std::string plain = report_text(verdict, "a");
  const std::string colored = report_text(verdict, "a", {.color = true});
  EXPECT_EQ(without_colors(colored), plain);
  EXPECT_EQ(colored.find("\x1b[1;31mdifferent\x1b[0m: a: 1 finding"), 0u) << colored;
  EXPECT_EQ(report_text(Verdict{}, "a", {.color = true}).find("\x1b[32msame\x1b[0m: a\n"), 0u);
}

}  // namespace
}  // namespace replay
