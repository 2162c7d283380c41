#include "harness/progress.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "harness/http_server.h"
#include "tests/harness/loopback.h"
#include "tests/harness/pseudo_terminal.h"
#include "tests/harness/test_process.h"
#include "tests/support/session_builder.h"

namespace harness {
namespace {

using support::SessionBuilder;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr corpus::Micros kSecond = 1'000'000;

corpus::Session ten_seconds() {
  return SessionBuilder().delivery(1 * kSecond, 2 * kSecond, "a").delivery(9 * kSecond, 10 * kSecond, "b").take();
}

TEST(ExpectedLength, IsWhatTheScheduleMakesOfRecordedTimes) {
  replay::ScheduleOptions schedule;
  schedule.settle = kSecond;
  EXPECT_EQ(expected_length(ten_seconds(), schedule), 11 * kSecond);
  schedule.speed = 2;
  EXPECT_EQ(expected_length(ten_seconds(), schedule), 6 * kSecond);
  schedule.max_gap = kSecond / 2;
  EXPECT_EQ(expected_length(ten_seconds(), schedule), 3 * kSecond);
  schedule.asap = true;
  EXPECT_EQ(expected_length(ten_seconds(), schedule), kSecond);
}

TEST(Progress, CountsTheTimeLeftFromTheLengthsOfWhatIsToCome) {
  Progress progress({10 * kSecond, 60 * kSecond, 30 * kSecond});
  progress.begin("a", 0);
  EXPECT_EQ(progress.left(0), 100 * kSecond);
  EXPECT_EQ(progress.left(4 * kSecond), 96 * kSecond);
  EXPECT_EQ(progress.left(25 * kSecond), 90 * kSecond) << "however long this one takes, the others are to come";
}

TEST(Progress, LearnsHowFarOffTheLengthsAre) {
  Progress progress({10 * kSecond, 60 * kSecond, 30 * kSecond});
  progress.begin("a", 0);
  progress.end(false, 20 * kSecond);  // twice as long
  EXPECT_EQ(progress.left(20 * kSecond), 180 * kSecond);
  progress.begin("b", 20 * kSecond);
  EXPECT_EQ(progress.left(50 * kSecond), 150 * kSecond);
}

TEST(Progress, SaysWhatIsDoneAndWhatRunsInOneLine) {
  Progress progress({10 * kSecond, 80 * kSecond});
  progress.begin("first\x1b[2J.session.jsonl", 0);
  EXPECT_EQ(progress.line(0, 200), "0 of 2 done, 0 failed, 1m 30s left; running first\\x1b[2J.session.jsonl");
  EXPECT_LE(progress.line(0, 40).size(), 42u) << "the dots are three bytes";
  EXPECT_THAT(progress.line(0, 40), StartsWith("0 of 2 done, 0 failed, 1m 30s left; "));
  progress.end(true, 10 * kSecond);
  EXPECT_EQ(progress.line(10 * kSecond, 200), "1 of 2 done, 1 failed, 1m 20s left");
  progress.begin("second", 10 * kSecond);
  progress.end(false, 20 * kSecond);
  EXPECT_EQ(progress.line(20 * kSecond, 200), "2 of 2 done, 1 failed, 0s left");
}

TEST(Progress, KnowsNothingOfSessionsThatCannotBeRead) {
  Progress progress({0, 0});
  progress.begin("a", 0);
  progress.end(true, kSecond);
  EXPECT_EQ(progress.line(kSecond, 200), "1 of 2 done, 1 failed, 0s left");
}

// Two sessions, replayed to a bot that says 202 to everything.
class ProgressLineTest : public testing::Test {
 protected:
  ProgressLineTest() {
    folder_ = testing::TempDir() + "progressXXXXXX";
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    for (const char* name : {"first", "second"}) {
      std::ofstream(folder_ + "/" + name + ".session.jsonl")
          << R"({"rollcall":1,"name":"n","started":"2026-11-24T10:00:00.000000Z","bot":"http://b","graph":"http://g","origin":"o"})"
          << "\n"
          << R"({"x":1,"t":0,"leg":"webhook","request":{"method":"POST","target":"/api/calls","headers":[],"text":"hello"}})"
          << "\n"
          << R"({"x":1,"t":10,"response":{"status":202,"headers":[]}})"
          << "\n";
    }
  }
  ~ProgressLineTest() override { std::filesystem::remove_all(folder_); }

  Ended replay(const std::string& shell, const std::string& terminal) {
    Loop loop;
    HttpServer bot(loop.io, {}, HttpServer::Handler([](corpus::Request) -> Task<std::optional<corpus::Response>> {
                     co_return response(202, {{"Content-Length", "0"}});
                   }));
    TestProcess process({"/bin/sh", "-c", shell, terminal, ROLLCALL_EXECUTABLE, "replay", folder_, "--asap", "--settle",
                         "1ms", "--lateness-budget", "1m", "--bot", "http://" + *bot.listen("127.0.0.1", 0)});
    std::thread serving([&loop] { loop.io.run(); });
    Ended ended = process.wait();
    loop.io.stop();
    serving.join();
    return ended;
  }

  std::string folder_;
};

TEST_F(ProgressLineTest, StandsOnATerminalAndLeavesNothingBehind) {
  PseudoTerminal terminal;
  const Ended ended = replay("TERM=xterm exec \"$@\" 2> \"$0\"", terminal.path());
  EXPECT_EQ(ended.status, 0) << ended.out;
  const std::string shown = terminal.shown();
  EXPECT_THAT(shown, StartsWith("\r\x1b[K0 of 2 done, 0 failed, 0s left; running first.session.jsonl\r\x1b[K"));
  EXPECT_THAT(shown, HasSubstr("\r\x1b[K1 of 2 done, 0 failed, "));
  EXPECT_THAT(shown, EndsWith("left; running second.session.jsonl\r\x1b[K"));
  EXPECT_THAT(ended.out, Not(HasSubstr("\x1b"))) << "standard output is none";
}

TEST_F(ProgressLineTest, IsNotThereForPipesAndTerminalsWithoutACursor) {
  EXPECT_EQ(replay("TERM=xterm exec \"$@\"", "sh").err, "");
  PseudoTerminal terminal;
  EXPECT_EQ(replay("TERM=dumb exec \"$@\" 2> \"$0\"", terminal.path()).status, 0);
  EXPECT_EQ(terminal.shown(), "");
}

TEST_F(ProgressLineTest, VerdictsAreColoredOnATerminal) {
  PseudoTerminal terminal;
  replay("unset NO_COLOR; TERM=xterm exec \"$@\" > \"$0\"", terminal.path());
  EXPECT_THAT(terminal.shown(), HasSubstr("\x1b[32msame\x1b[0m: "));
}

TEST_F(ProgressLineTest, GithubActionsGetAnnotationsAndNobodyElse) {
  std::ofstream(folder_ + "/third.session.jsonl") << "no session\n";
  const Ended run = replay("GITHUB_ACTIONS=true exec \"$@\"", "sh");
  EXPECT_THAT(run.out, HasSubstr("\n::error file=" + folder_ + "/third.session.jsonl,title=not judged::"));
  EXPECT_THAT(replay("unset GITHUB_ACTIONS; exec \"$@\"", "sh").out, Not(HasSubstr("::")));
}

}  // namespace
}  // namespace harness
