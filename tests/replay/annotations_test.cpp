#include "replay/annotations.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace replay {
namespace {

SessionResult result_of(std::variant<Verdict, corpus::Fault> outcome, std::string file = "sessions/a.session.jsonl") {
  return {std::move(file), "a", 0, std::move(outcome)};
}

Verdict different(std::string what) {
  Verdict verdict;
  verdict.judgement = Judgement::different;
  Finding& finding = verdict.findings.emplace_back();
  finding.kind = FindingKind::different_request;
  finding.what = std::move(what);
  finding.recorded = Place{7, 14};
  return verdict;
}

TEST(Annotations, PointAtTheLineOfTheSessionFile) {
  Verdict verdict = different("POST /x");
  verdict.findings[0].differences = {{"/a", "1", "\"two\""}};
  verdict.findings[0].notes = {"a note"};
  EXPECT_EQ(annotations(result_of(verdict)),
            "::error file=sessions/a.session.jsonl,line=14,title=different request::"
            "POST /x%0A/a: recorded 1, came \"two\"%0Aa note\n");
}

TEST(Annotations, TellWhatFollowsAsWarnings) {
  Verdict verdict = different("POST /x");
  verdict.findings[0].consequence = true;
  verdict.findings[0].recorded.reset();
  EXPECT_EQ(annotations(result_of(verdict)),
            "::warning file=sessions/a.session.jsonl,title=different request::POST /x\n");
}

TEST(Annotations, TellTheCauseBeforeAllDifferencesAndFlakyFindingsAsWarnings) {
  Verdict verdict = different("POST /x");
  verdict.runs = 5;
  verdict.findings[0].seen = 5;
  verdict.findings[0].cause = "after exchange 3, POST /api/calls";
  verdict.findings[0].differences.assign(30, {"/a", "1", "2"});
  verdict.findings.push_back(verdict.findings[0]);
  verdict.findings[1].seen = 2;
  const std::string commands = annotations(result_of(verdict));
  EXPECT_EQ(
      commands.find("::error file=sessions/a.session.jsonl,line=14,title=different request::POST /x (in every run)"
                    "%0Aafter exchange 3, POST /api/calls%0A/a: recorded 1, came 2%0A"),
      0u)
      << commands;
  EXPECT_NE(
      commands.find("\n::warning file=sessions/a.session.jsonl,line=14,title=different request::POST /x (flaky: in "
                    "2 of 5 runs)%0Aafter"),
      std::string::npos)
      << commands;
}

TEST(Annotations, TellOfRunsThatProveNothing) {
  Verdict verdict;
  EXPECT_EQ(annotations(result_of(verdict)), "");
  verdict.judgement = Judgement::inconclusive;
  EXPECT_EQ(annotations(result_of(verdict)).find("::warning file=sessions/a.session.jsonl,title=inconclusive::"), 0u);
  EXPECT_EQ(annotations(result_of(corpus::Fault{corpus::Error::unreadable, "a", "gone"}, "a")),
            "::error file=a,title=not judged::a: gone\n");
  verdict.judgement = Judgement::same;
  verdict.damaged_lines = 2;
  EXPECT_EQ(annotations(result_of(verdict, "a")),
            "::error file=a,title=damaged::2 lines of the files could not be read\n");
  verdict.damaged_lines = 1;
  EXPECT_EQ(annotations(result_of(verdict, "a")),
            "::error file=a,title=damaged::one line of the files could not be read\n");
}

// https://docs.github.com/actions/reference/workflow-commands-for-github-actions, and its toolkit's command.ts.
TEST(Annotations, AreEscapedAsWorkflowCommandsAre) {
  EXPECT_EQ(annotations(result_of(different("100% of: a, b"), "a:b,c%.jsonl")),
            "::error file=a%3Ab%2Cc%25.jsonl,line=14,title=different request::100%25 of: a, b\n");
}

TEST(Annotations, AreOneLineEachWhateverARecordingSays) {
  const std::string text = "\n::set-output name=x::y\r\x1b[2J";
  Verdict verdict = different("POST /x");
  verdict.findings[0].notes = {text};
  verdict.findings[0].differences = {{text, text, text}};
  const std::string commands = annotations(result_of(verdict, "a" + text));
  EXPECT_EQ(std::ranges::count(commands, '\n'), 1);
  EXPECT_TRUE(
      std::ranges::none_of(commands, [](char letter) { return letter != '\n' && letter >= 0 && letter < 0x20; }));
}

TEST(Annotations, AreShort) {
  Verdict verdict = different("POST /x");
  verdict.findings[0].notes.assign(20, std::string(10, 'n'));
  const std::string commands = annotations(result_of(verdict));
  EXPECT_NE(commands.find("%0Aand 8 more\n"), std::string::npos) << commands;
}

}  // namespace
}  // namespace replay
