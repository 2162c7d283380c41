// `rollcall replay --exec`: the bot is started, watched and ended by the replay itself.
#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>

#include "harness/exec_options.h"
#include "tests/harness/test_certificates.h"
#include "tests/harness/test_process.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// One delivery, to which the bot of these tests, that closes every connection, never has an answer.
std::string session() {
  return write_file("x.session.jsonl",
                    R"({"rollcall":1,"name":"n","started":"2026-11-24T10:00:00.000000Z","bot":"http://b",)"
                    R"("graph":"http://g","origin":"o"})"
                    "\n"
                    R"({"x":1,"t":0,"leg":"webhook","request":{"method":"POST","target":"/api/calls","headers":[],)"
                    R"("text":"hello"}})"
                    "\n"
                    R"({"x":1,"t":10,"response":{"status":202,"headers":[]}})"
                    "\n"
                    R"({"end":{"t":10,"messages":2}})"
                    "\n");
}

// `settle`: a replay whose bot is to die must not be over before that is noticed.
Ended replay(const std::string& command, const std::vector<std::string>& more = {}, const std::string& settle = "1ms") {
  std::vector<std::string> arguments{"replay", session(), "--asap", "--settle",          settle, "--patience",
                                     "1ms",    "--exec",  command,  "--lateness-budget", "1m"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return rollcall(arguments);
}

TEST(Exec, BotIsStartedForEachRunAndEnded) {
  const std::string log = write_file("bot.log", "of an earlier run\n");
  const Ended ended = replay(TEST_BOT, {"--exec-log", log, "--repeat", "2"});
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("no answer: POST /api/calls"));
  EXPECT_THAT(ended.out, Not(HasSubstr("bot died")));
  EXPECT_THAT(read_file(log), testing::MatchesRegex("(listens for http://127.0.0.1:[0-9]+\ntold to end\n){2}"));
}

TEST(Exec, DeathIsAFindingWithTheDeliveryThatKilled) {
  const std::string live = write_file("live.session.jsonl", "");
  std::filesystem::remove(live);
  const std::string json = write_file("report.json", "");
  const std::string junit = write_file("report.xml", "");
  // The first connection asks whether it listens, the second whether it is there, the third is the delivery.
  const Ended ended = replay(std::string(TEST_BOT) + " 3; echo bad roster >&2; kill -SEGV $$",
                             {"--live", live, "--json", json, "--junit", junit}, "1m");
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("bot died: SIGSEGV instead of answering POST /api/calls"));
  EXPECT_THAT(ended.out, HasSubstr("bad roster"));
  EXPECT_THAT(read_file(json), HasSubstr(R"("kind":"bot died")"));
  EXPECT_THAT(read_file(junit), HasSubstr(R"(message="bot died: SIGSEGV instead of answering)"));
  const Ended judged = rollcall({"judge", session(), live, "--lateness-budget", "1m"});
  EXPECT_EQ(judged.out, ended.out.substr(ended.out.find('\n') + 1));
}

TEST(Exec, CommandThatDoesNotExistIsTheEnvironmentsFault) {
  const Ended ended = replay("no-such-program-anywhere");
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("exit status 127"));
  EXPECT_THAT(ended.err, HasSubstr("; its last output:\n  "));
  EXPECT_THAT(ended.err, HasSubstr("no-such-program-anywhere: not found"));
}

TEST(Exec, BotThatNeverListensIsGivenUp) {
  const Ended ended = replay("exec sleep 1000", {"--start-limit", "50ms"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("takes no connections"));
}

TEST(Exec, StatusAtTheRequestedEndIsToldButNoFinding) {
  const Ended ended = replay(std::string(TEST_BOT) + "; echo leaked; exit 23");
  EXPECT_THAT(ended.out, Not(HasSubstr("bot died")));
  const Ended leaking = replay(std::string("trap '") + "echo leaked; exit 23' TERM; " + TEST_BOT);
  EXPECT_THAT(leaking.err, HasSubstr("left with exit status 23; its last output:\n"));
  EXPECT_THAT(leaking.err, HasSubstr("  leaked\n"));
}

TEST(Exec, InterruptionEndsTheBotToo) {
  const std::string pid_file = write_file("pid", "");
  TestProcess process({ROLLCALL_EXECUTABLE, "replay", session(), "--exec",
                       "echo $$ > " + pid_file + "; exec " + TEST_BOT, "--settle", "10m"});
  EXPECT_THAT(process.read_line(), StartsWith("ready graph=http://127.0.0.1:"));
  process.signal(SIGINT);
  EXPECT_EQ(process.wait().status, 3);
  EXPECT_FALSE(std::filesystem::exists("/proc/" + read_file(pid_file).substr(0, read_file(pid_file).find('\n'))));
}

TEST(Exec, InterruptionWhileTheBotStartsEndsItToo) {
  const std::string pid_file = testing::TempDir() + "Exec.InterruptionWhileTheBotStarts.pipe";
  std::filesystem::remove(pid_file);  // of an earlier run
  ASSERT_EQ(std::system(("mkfifo " + pid_file).c_str()), 0);
  TestProcess process(
      {ROLLCALL_EXECUTABLE, "replay", session(), "--exec", "echo $$ > " + pid_file + "; exec sleep 1000"});
  const std::string pid = read_file(pid_file);  // waits until it is written
  std::filesystem::remove(pid_file);
  process.signal(SIGTERM);
  const Ended ended = process.wait();
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("interrupted"));
  EXPECT_FALSE(std::filesystem::exists("/proc/" + pid.substr(0, pid.find('\n'))));
}

TEST(ExecOptions, SayWhatIsMissing) {
  EXPECT_EQ(rollcall({"replay", session()}).status, 2);
  EXPECT_THAT(bot_options({}).error().what, HasSubstr("is missing"));
  EXPECT_THAT(bot_options({.bot = "http://127.0.0.1:0"}).error().what, HasSubstr("--exec"));
  EXPECT_EQ(bot_options({.bot = "http://127.0.0.1:1", .log = "x"}).error().where, "--exec-log");
  EXPECT_EQ(bot_options({.bot = "http://127.0.0.1:1", .start_limit = Duration{}}).error().where, "--start-limit");
  const auto started = bot_options({.command = "bot"});
  ASSERT_TRUE(started && started->exec);
  EXPECT_EQ(to_string(started->url), "http://127.0.0.1:0");
  EXPECT_FALSE(bot_options({.bot = "http://127.0.0.1:1"})->exec);
}

TEST(ExecOptions, LogThatCannotBeWrittenIsSaidBeforeTheRun) {
  const Ended ended = replay(TEST_BOT, {"--exec-log", "no-such-folder/bot.log"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("--exec-log no-such-folder/bot.log: No such file or directory"));
}

}  // namespace
}  // namespace harness
