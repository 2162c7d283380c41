// Real processes: shells, and children of theirs.
#include "harness/bot_process.h"

#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>

#include "harness/http_server.h"
#include "tests/harness/loopback.h"
#include "tests/harness/test_certificates.h"
#include "tests/harness/test_process.h"

namespace harness {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// The bot of test_bot.cpp, which says what it listens for, and that it was told to end.
const std::string kListen = TEST_BOT;

class BotProcessTest : public testing::Test {
 protected:
  BotProcess& bot(std::string command) {
    command_.command = std::move(command);
    bot_.emplace(loop_.io, command_, *with_free_port(*parse_url("http://127.0.0.1:0", AnyPort::taken)));
    return *bot_;
  }
  corpus::Result<void> start() {
    return loop_.run([&] { return bot_->start({"http://graph:1", "http://proxy:2"}); });
  }
  bool end() {
    loop_.io.restart();
    return loop_.run([&] { return bot_->end(); });
  }

  Loop loop_;
  BotCommand command_;
  std::optional<BotProcess> bot_;
};

// A dead process that nobody has collected yet does not run.
bool runs(const std::string& pid) {
  const std::string stat = read_file("/proc/" + pid + "/stat");
  return !stat.empty() && stat.find(") Z ") == std::string::npos;
}

TEST_F(BotProcessTest, IsToldTheAddressesAndEndsWhenAsked) {
  bot(kListen);
  const auto started = start();
  ASSERT_TRUE(started) << to_string(started.error());
  EXPECT_FALSE(bot_->ended());
  EXPECT_TRUE(end());
  ASSERT_TRUE(bot_->ended());
  EXPECT_EQ(bot_->ended()->how, (ProcessEnd{0, 0}));
  EXPECT_THAT(bot_->ended()->output, ElementsAre("listens for http://graph:1", "told to end"));
}

TEST_F(BotProcessTest, IsToldTheProxyToo) {
  bot("echo {proxy} is $ROLLCALL_PROXY_URL; exit 1");
  EXPECT_THAT(start().error().what, HasSubstr("http://proxy:2 is http://proxy:2"));
}

TEST_F(BotProcessTest, CommandThatDoesNotExistIsToldInTheShellsWords) {
  bot("no-such-program-anywhere --port {port}");
  const auto started = start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().what, HasSubstr("exit status 127"));
  EXPECT_THAT(started.error().what, HasSubstr("no-such-program-anywhere: not found"));
}

TEST_F(BotProcessTest, OneThatIgnoresTheRequestToEndIsKilled) {
  command_.grace = std::chrono::milliseconds(50);
  bot(kListen + " deaf");
  ASSERT_TRUE(start());
  EXPECT_FALSE(end());
  EXPECT_EQ(bot_->ended()->how.signal, SIGKILL);
}

TEST_F(BotProcessTest, WhatItStartedEndsWithIt) {
  bot("sleep 1000 & echo $!; " + kListen);
  ASSERT_TRUE(start());
  const std::string sleeping = bot_->output().at(0);
  EXPECT_TRUE(runs(sleeping));
  EXPECT_TRUE(end());
  EXPECT_FALSE(runs(sleeping));
}

TEST_F(BotProcessTest, OutOfScopeIsDead) {
  bot("echo $$; exec " + kListen);
  ASSERT_TRUE(start());
  const std::string pid = bot_->output().at(0);
  EXPECT_TRUE(runs(pid));
  bot_.reset();
  EXPECT_FALSE(runs(pid));
}

TEST_F(BotProcessTest, DeathIsNoticedAlsoIfAChildHoldsItsOutput) {
  bot("sleep 1000 & " + kListen + " 1; echo last words; kill -SEGV $$");
  std::optional<BotEnd> died;
  const auto started = loop_.run([&]() -> Task<corpus::Result<void>> {
    Timer told(loop_.io, Clock::time_point::max());
    bot_->when_died([&](const BotEnd& end) {
      died = end;
      told.cancel();
    });
    Doubles doubles{"http://graph:1"};  // named, for g++ 12
    auto result = co_await bot_->start(std::move(doubles));
    while (result && !died) co_await told.async_wait(kAwait);
    co_return result;
  });
  ASSERT_TRUE(started) << to_string(started.error());
  ASSERT_TRUE(died);
  EXPECT_EQ(to_string(died->how), "SIGSEGV");
  EXPECT_THAT(died->output, ElementsAre("listens for http://graph:1", "last words"));
}

TEST_F(BotProcessTest, SlowOneIsGivenUpAtTheLimit) {
  command_.start_limit = std::chrono::milliseconds(50);
  bot("echo still starting; exec sleep 1000");
  const auto started = start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().what, HasSubstr("takes no connections"));
  EXPECT_TRUE(bot_->ended());
}

TEST_F(BotProcessTest, SomebodyElseAtItsPortIsNotTakenForIt) {
  RawListener other(loop_.io);
  command_.command = "exec sleep 1000";
  bot_.emplace(loop_.io, command_, other.url());
  const auto started = start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().what, HasSubstr("listens at"));
  EXPECT_TRUE(bot_->lost_port());
}

TEST_F(BotProcessTest, PortThatIsLostAfterAllIsToldFromAnotherDeath) {
  bot("exit 1");
  EXPECT_FALSE(start());
  EXPECT_FALSE(bot_->lost_port());
}

TEST_F(BotProcessTest, OutputNeverHoldsItUpAndOnlyTheEndIsKept) {
  command_.kept_lines = 3;
  command_.log_path = write_file("output.log", "begun\n");
  bot("seq 1 300000; exit 7");
  const auto started = start();
  ASSERT_FALSE(started);
  EXPECT_THAT(started.error().what, HasSubstr("exit status 7; its last output:\n  299998\n  299999\n  300000"));
  EXPECT_THAT(started.error().what, Not(HasSubstr("299997")));
  EXPECT_EQ(std::filesystem::file_size(command_.log_path), 1988901u);
}

TEST(WithAddresses, ReplacesWhatTheShellDoesNotOwn) {
  const Url bot = *parse_url("http://127.0.0.1:3978/base");
  EXPECT_EQ(with_addresses("bot {graph} {proxy} {bot} {host}:{port} ${port} {other}", bot, {"http://g", "http://p"}),
            "bot http://g http://p http://127.0.0.1:3978/base 127.0.0.1:3978 ${port} {other}");
}

TEST(WithFreePort, KeepsTheRestOfTheUrl) {
  const Url given = *parse_url("http://[::1]:0/base", AnyPort::taken);
  const auto free = with_free_port(given);
  ASSERT_TRUE(free) << to_string(free.error());
  EXPECT_NE(free->port, 0);
  EXPECT_EQ(to_string(*free), "http://[::1]:" + std::to_string(free->port) + "/base");
}

TEST(ProcessEnd, IsToldByName) {
  EXPECT_EQ(to_string(ProcessEnd{3, 0}), "exit status 3");
  EXPECT_EQ(to_string(ProcessEnd{0, SIGABRT}), "SIGABRT");
  EXPECT_EQ(to_string(ProcessEnd{139, 0}), "exit status 139 (SIGSEGV)");
  EXPECT_TRUE(is_usual_after_terminate({0, SIGTERM}));
  EXPECT_TRUE(is_usual_after_terminate({143, 0}));
  EXPECT_FALSE(is_usual_after_terminate({23, 0}));
}

}  // namespace
}  // namespace harness
