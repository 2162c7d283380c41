// `rollcall replay` as a process: how it ends when somebody stops it, and what it makes of files that are not whole.
#include "harness/replay_command.h"

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <thread>

#include "corpus/session_file.h"
#include "harness/http_server.h"
#include "harness/upstream.h"
#include "tests/harness/loopback.h"
#include "tests/harness/test_certificates.h"
#include "tests/harness/test_process.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* kHeader =
    R"({"rollcall":1,"name":"n","started":"2026-11-24T10:00:00.000000Z","bot":"http://b","graph":"http://g","origin":"o"})"
    "\n";
constexpr const char* kDelivery =
    R"({"x":1,"t":0,"leg":"webhook","request":{"method":"POST","target":"/api/calls","headers":[],"text":"hello"}})"
    "\n"
    R"({"x":1,"t":10,"response":{"status":202,"headers":[]}})"
    "\n";

std::string session_of(const std::string& lines) {
  return write_file("session.jsonl", kHeader + lines);
}

// A bot that says 202 to everything.
class ReplayProcessTest : public testing::Test {
 protected:
  Ended replay_to_a_bot(std::vector<std::string> arguments) {
    HttpServer bot(loop_.io, {}, HttpServer::Handler([](corpus::Request) -> Task<std::optional<corpus::Response>> {
                     co_return response(202, {{"Content-Length", "0"}});
                   }));
    arguments.insert(arguments.begin(), {ROLLCALL_EXECUTABLE, "replay"});
    arguments.insert(arguments.end(), {"--asap", "--settle", "1ms", "--patience", "1ms", "--lateness-budget", budget_,
                                       "--bot", "http://" + *bot.listen("127.0.0.1", 0)});
    TestProcess process(arguments);
    std::thread serving([this] { loop_.io.run(); });
    Ended ended = process.wait();
    loop_.io.stop();
    serving.join();
    return ended;
  }

  Loop loop_;
  std::string budget_ = "1m";  // how busy this machine is, is not the question
};

TEST_F(ReplayProcessTest, InterruptionEndsItWithACompleteLiveFile) {
  RawListener bot(loop_.io);
  const std::string live = testing::TempDir() + "interrupted.live.session.jsonl";
  std::filesystem::remove(live);
  TestProcess process({ROLLCALL_EXECUTABLE, "replay",
                       session_of(std::string(kDelivery) + R"({"end":{"t":10,"messages":2}})"
                                                           "\n"),
                       "--bot", "http://" + bot.address(), "--live", live});
  loop_.run([&]() -> Task<void> {
    auto probe = co_await bot.accept();
    auto connection = co_await bot.accept();
    const std::string asked = co_await connection->receive_request();
    EXPECT_THAT(asked, StartsWith("POST /api/calls"));
    process.signal(SIGINT);  // the bot never answers
    const std::string rest = co_await connection->receive_all();
    EXPECT_EQ(rest, "");
  });
  const Ended ended = process.wait();
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("interrupted"));
  const auto session = corpus::read_session(live);
  ASSERT_TRUE(session);
  EXPECT_TRUE(session->end);
  ASSERT_EQ(session->exchanges.size(), 1u);
  ASSERT_NE(session->exchanges[0].failure(), nullptr);
  EXPECT_EQ(session->exchanges[0].failure()->reason, failure::kCutOff);
}

TEST_F(ReplayProcessTest, NothingToReplayIsNoSuccess) {
  const Ended ended = replay_to_a_bot({session_of("")});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("nothing to replay"));
}

TEST_F(ReplayProcessTest, RefusesAMannerThatItDoesNotKnow) {
  const Ended ended = replay_to_a_bot({session_of(
      R"({"x":7,"t":0,"leg":"webhook","request":{"method":"POST","target":"/","headers":[],"sending":{"reset":"soon"}}})"
      "\n")});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("exchange 7: \"reset\" of \"sending\" must be"));
}

TEST_F(ReplayProcessTest, VerdictOfADamagedFileIsOfTheRest) {
  const Ended ended = replay_to_a_bot({session_of(std::string(kDelivery) + "{\"x\":2,damaged\n")});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr("session.jsonl:4: "));
  EXPECT_THAT(ended.out, HasSubstr("one line of the files could not be read"));
}

TEST_F(ReplayProcessTest, ReportsTheRunToPrograms) {
  const std::string json = testing::TempDir() + "report.json";
  const std::string junit = testing::TempDir() + "report.xml";
  const Ended ended =
      replay_to_a_bot({session_of(kDelivery), "no-such-file.session.jsonl", "--json", json, "--junit", junit});
  EXPECT_EQ(ended.status, 2) << ended.err;
  EXPECT_THAT(read_file(json), HasSubstr(R"("judgement":"same")"));
  EXPECT_THAT(read_file(json), HasSubstr(R"("error":"no-such-file.session.jsonl: )"));
  EXPECT_THAT(read_file(junit), HasSubstr(R"(tests="2" failures="0" errors="1")"));
}

TEST_F(ReplayProcessTest, ReportThatCannotBeWrittenIsSaidBeforeTheRun) {
  const Ended ended = replay_to_a_bot({session_of(kDelivery), "--junit", "no-such-folder/report.xml"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("--junit no-such-folder/report.xml: No such file or directory"));
  EXPECT_EQ(ended.out, "");
}

TEST_F(ReplayProcessTest, RepeatsAreOneVerdict) {
  const Ended ended = replay_to_a_bot({session_of(kDelivery), "--repeat", "3"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("session.jsonl: in 3 runs\n"));
  EXPECT_THAT(ended.err, HasSubstr("run 3 of 3: same\n"));
  EXPECT_EQ(replay_to_a_bot({session_of(kDelivery), "--repeat", "0"}).status, 2);
}

TEST_F(ReplayProcessTest, LateRunProvesNothing) {
  budget_ = "0";
  const Ended ended = replay_to_a_bot({session_of(kDelivery)});
  EXPECT_EQ(ended.status, 4) << ended.out << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("inconclusive: "));
  EXPECT_THAT(ended.out, HasSubstr("the player was too late"));
}

TEST_F(ReplayProcessTest, SessionsShareThePortThatTheSystemChose) {
  const std::string session = session_of(kDelivery);
  const Ended ended = replay_to_a_bot({session, session});
  EXPECT_EQ(ended.status, 0) << ended.err;
  const std::string ready = ended.out.substr(0, ended.out.find('\n') + 1);
  EXPECT_THAT(ready, StartsWith("ready graph=http://127.0.0.1:"));
  EXPECT_NE(ended.out.find(ready, 1), std::string::npos) << ended.out;
}

TEST_F(ReplayProcessTest, TellsOfSessionsThatWereNotPlayedBecauseThereIsNoBot) {
  const std::string session = session_of(kDelivery);
  const std::string json = write_file("report.json", "");
  const std::string junit = write_file("report.xml", "");
  const Ended ended = rollcall({"replay", session, session, "other.session.jsonl", "--bot", "http://127.0.0.1:1",
                                "--json", json, "--junit", junit});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.out, HasSubstr("2 sessions not played: "));
  EXPECT_THAT(read_file(json), HasSubstr("\"notPlayed\":[\"" + session + "\",\"other.session.jsonl\"]"));
  EXPECT_THAT(read_file(junit), HasSubstr(R"(skipped="2" tests="3" failures="0" errors="1")"));
}

TEST_F(ReplayProcessTest, TellsOfSessionsThatWereNotPlayedBecauseOfAnInterruption) {
  RawListener bot(loop_.io);
  const std::string session = session_of(kDelivery);
  TestProcess process({ROLLCALL_EXECUTABLE, "replay", session, session, "--bot", "http://" + bot.address()});
  loop_.run([&]() -> Task<void> {
    auto probe = co_await bot.accept();
    auto connection = co_await bot.accept();
    co_await connection->receive_request();
    process.signal(SIGINT);
    co_await connection->receive_all();
  });
  const Ended ended = process.wait();
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.out, HasSubstr("1 session not played: " + session + "\n"));
}

TEST_F(ReplayProcessTest, OneSessionThatCannotBeReadKeepsNoOtherFromItsVerdict) {
  const Ended ended = replay_to_a_bot({"no-such-file.session.jsonl", session_of(kDelivery)});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.out, HasSubstr("same: "));
}

}  // namespace
}  // namespace harness
