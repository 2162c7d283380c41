// What an author of tests includes, used as such an author would.
#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "harness/address.h"
#include "rollcall/gtest.h"
#include "tests/bots/sample_bot.h"
#include "tests/end_to_end/arena.h"
#include "tests/support/source_path.h"

namespace end_to_end {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kInvite = support::source_path("corpus/sessions/invite-completes.session.jsonl");

rollcall::Replay quick() {
  rollcall::Replay replay;
  replay.asap = true;
  replay.settle = std::chrono::milliseconds(100);
  replay.patience = std::chrono::seconds(3);
  replay.lateness_budget.reset();
  return replay;
}

rollcall::Replay by_command(const std::string& fault = "") {
  rollcall::Replay replay = quick();
  replay.exec = SAMPLE_BOT " --graph {graph} --listen {host}:{port} " + fault;
  return replay;
}

// The sample bot on an io_context that a test runs.
class BotHere {
 public:
  void listen(const rollcall::Addresses& at, bots::Faults faults = {}) {
    bots::BotOptions options;
    options.host = at.host;
    options.port = at.port;
    options.graph = at.graph;
    options.faults = faults;
    bot_.emplace(io, options);
    EXPECT_TRUE(bot_->listen());
  }
  asio::io_context io{1};

 private:
  std::optional<bots::SampleBot> bot_;
};

class Samples : public testing::TestWithParam<rollcall::SessionFile> {};

TEST_P(Samples, ReplayToABotThatIsACommand) {
  EXPECT_REPLAYS(GetParam(), by_command());
}

INSTANTIATE_TEST_SUITE_P(Recorded, Samples,
                         testing::ValuesIn(rollcall::sessions(support::source_path("corpus/sessions"))),
                         rollcall::name_of);

TEST(Suite, BotRunsOnTheThreadOfTheTest) {
  BotHere bot;
  rollcall::Replay replay = quick();
  replay.start = [&](const rollcall::Addresses& at) { bot.listen(at); };
  replay.run = [&] { bot.io.run(); };
  replay.stop = [&] { bot.io.stop(); };
  EXPECT_REPLAYS(kInvite, replay);
}

TEST(Suite, BotRunsOnAThreadOfItsOwn) {
  BotHere bot;
  std::thread thread;
  rollcall::Replay replay = quick();
  replay.start = [&](const rollcall::Addresses& at) {
    bots::Faults faults;
    faults.drop = bots::Purpose::hang_up;
    bot.listen(at, faults);
    thread = std::thread([&] { bot.io.run(); });
  };
  replay.stop = [&] {
    bot.io.stop();
    thread.join();
  };
  EXPECT_NONFATAL_FAILURE(EXPECT_REPLAYS(kInvite, replay), "missing request: DELETE /v1.0/communications/calls/");
}

TEST(Suite, WhatTheCallerThrowsIsTheCallersToCatch) {
  rollcall::Replay replay = quick();
  bool stopped = false;
  replay.start = [](const rollcall::Addresses&) { throw std::runtime_error("no bot today"); };
  replay.run = [] { FAIL() << "there is no bot to run"; };
  replay.stop = [&] { stopped = true; };
  EXPECT_THROW((void)rollcall::replay(kInvite, replay), std::runtime_error);
  EXPECT_FALSE(stopped) << "what was not started is not stopped";
}

TEST(Suite, FindingsAreFailuresAtTheLineOfTheRecording) {
  testing::TestPartResultArray failures;
  {
    testing::ScopedFakeTestPartResultReporter reporter(testing::ScopedFakeTestPartResultReporter::INTERCEPT_ALL_THREADS,
                                                       &failures);
    EXPECT_REPLAYS(kInvite, by_command("--die 3"));
  }
  ASSERT_EQ(failures.size(), 1);
  const testing::TestPartResult& failure = failures.GetTestPartResult(0);
  EXPECT_EQ(failure.file_name(), kInvite);
  EXPECT_GT(failure.line_number(), 1);
  EXPECT_THAT(failure.message(), HasSubstr("bot died: exit status 1 instead of answering POST /api/calls"));
  EXPECT_THAT(failure.message(), HasSubstr("it explains requests that did not come: 3"));
  EXPECT_THAT(failure.message(), HasSubstr("suite_test.cpp"));
}

TEST(Suite, CountsWhatFollowsFromAFinding) {
  EXPECT_NONFATAL_FAILURE(EXPECT_REPLAYS(kInvite, by_command("--no-mute")), "more follow from what was found");
}

TEST(Suite, WhatKeepsAReplayFromAVerdictIsAFailure) {
  EXPECT_NONFATAL_FAILURE(EXPECT_REPLAYS(kInvite, rollcall::Replay{}), "--bot: is missing");
  EXPECT_NONFATAL_FAILURE(EXPECT_REPLAYS(std::string("no-such-file"), by_command()), "no-such-file");
  EXPECT_NONFATAL_FAILURE(EXPECT_REPLAYS(rollcall::sessions("no-such-folder").at(0), by_command()), "no-such-folder");
  rollcall::Replay absent = quick();
  absent.exec = "echo no bot today; exit 7";
  EXPECT_NONFATAL_FAILURE(EXPECT_REPLAYS(kInvite, absent), "no bot today");
}

TEST(Suite, NamesOfSessionsAreNamesOfTests) {
  const Folder folder;
  for (const char* name : {"a b", "a-b", "c"}) std::ofstream(folder / (std::string(name) + ".session.jsonl"));
  std::vector<std::string> names;
  for (const rollcall::SessionFile& session : rollcall::sessions(folder / "")) names.push_back(session.name);
  EXPECT_THAT(names, ElementsAre("a_b", "a_b_again", "c"));
}

}  // namespace
}  // namespace end_to_end
