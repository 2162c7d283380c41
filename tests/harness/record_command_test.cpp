// `rollcall record` as a process: what it prints, how it ends, and what survives when it is killed.
#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>
#include <set>

#include "corpus/session_file.h"
#include "harness/http_client.h"
#include "harness/http_server.h"
#include "harness/upstream.h"
#include "loopback.h"
#include "test_certificates.h"
#include "test_process.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

// One clear line on stderr, nothing on stdout, and the status.
void expect_complaint(const Ended& ended, int status, const std::string& what) {
  EXPECT_EQ(ended.status, status) << ended.err;
  EXPECT_EQ(ended.out, "");
  EXPECT_THAT(ended.err, HasSubstr(what));
  EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
  EXPECT_THAT(ended.err, StartsWith("rollcall"));
}

std::string fresh_folder() {
  const std::string folder = write_file("corpus", "");
  std::filesystem::remove_all(folder);
  return folder;
}

TEST(CommandLine, VersionAndHelp) {
  EXPECT_EQ(rollcall({"--version"}).out, std::string("rollcall ") + ROLLCALL_VERSION + "\n");
  for (const char* word : {"--help", "-h", "help"}) {
    const Ended help = rollcall({word});
    EXPECT_EQ(help.status, 0);
    EXPECT_THAT(help.out, HasSubstr("  record "));
    EXPECT_EQ(help.err, "");
  }
  const Ended record = rollcall({"record", "--help"});
  EXPECT_EQ(record.status, 0);
  EXPECT_THAT(record.out, HasSubstr("Example:\n  rollcall record --corpus"));
}

TEST(CommandLine, BadUsage) {
  expect_complaint(rollcall({"recrod"}), 2, "no command 'recrod'");
  expect_complaint(rollcall({"record"}), 2, "is required");
  expect_complaint(rollcall({"record", "--bogus"}), 2, "unrecognised option '--bogus'");
  expect_complaint(rollcall({"record", "--bot"}), 2, "--bot");
  expect_complaint(rollcall({"record", "--corp", "x"}), 2, "unrecognised option '--corp'");
  expect_complaint(rollcall({"record", "--bot", "127.0.0.1", "--corpus", "x"}), 2,
                   "--bot: '127.0.0.1' is not an http://");
  expect_complaint(rollcall({"record", "--bot", "http://h", "--corpus", "x", "--webhook-listen", "80"}), 2,
                   "--webhook-listen: '80' is not HOST:PORT");
  expect_complaint(rollcall({"record", "--bot", "http://h", "--corpus", "x", "more"}), 2, "too many arguments");
  expect_complaint(rollcall({"record", "--bot", "http://h", "--corpus", "x", "--name", "../x"}), 2, "--name");
  EXPECT_EQ(rollcall({}).status, 2);
}

TEST(CommandLine, FileOfRootsThatCannotBeRead) {
  expect_complaint(rollcall({"record", "--bot", "http://h", "--corpus", fresh_folder(), "--ca-file", "/no/such.pem"}),
                   2, "/no/such.pem");
}

TEST(CommandLine, PortInUseLeavesNoFile) {
  boost::asio::io_context io;
  RawListener taken(io);
  const std::string folder = fresh_folder();
  expect_complaint(rollcall({"record", "--bot", "http://h", "--corpus", folder, "--graph-listen", taken.address()}), 3,
                   taken.address() + ": cannot listen: Address already in use");
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST(CommandLine, FolderThatCannotBeMade) {
  expect_complaint(rollcall({"record", "--bot", "http://h", "--corpus", "/dev/null/x"}), 3, "/dev/null/x");
}

TEST(CommandLine, SessionThatIsThereAlready) {
  const std::string folder = fresh_folder();
  std::filesystem::create_directories(folder);
  const std::string path = folder + "/mine.session.jsonl";
  std::filesystem::copy_file(ROLLCALL_EXECUTABLE, path);
  const auto size = std::filesystem::file_size(path);
  expect_complaint(rollcall({"record", "--bot", "http://h", "--corpus", folder, "--name", "mine"}), 2,
                   "is there already");
  EXPECT_EQ(std::filesystem::file_size(path), size);
}

// A recorder process between this test's callers and this test's bot.
class RecordProcessTest : public testing::Test {
 protected:
  void start(const std::string& bot) {
    process_.emplace(std::vector<std::string>{ROLLCALL_EXECUTABLE, "record", "--corpus", fresh_folder(), "--name",
                                              "live", "--bot", "http://" + bot, "--graph", "http://127.0.0.1:1"});
    ready_ = process_->read_line();
    ASSERT_THAT(
        ready_,
        MatchesRegex(
            "ready webhook=http://127.0.0.1:[0-9]+ graph=http://127.0.0.1:[0-9]+ session=.*/live.session.jsonl"));
    path_ = ready_.substr(ready_.find("session=") + 8);
    const auto at = ready_.find("webhook=") + 8;
    webhook_ = ready_.substr(at, ready_.find(' ', at) - at);
  }

  std::string webhook_address() const { return webhook_.substr(std::string("http://").size()); }

  corpus::Session session() const {
    auto session = corpus::read_session(path_);
    EXPECT_TRUE(session) << corpus::to_string(session.error());
    return session ? std::move(*session) : corpus::Session{};
  }

  Loop loop_;
  std::optional<TestProcess> process_;
  std::string ready_;
  std::string path_;
  std::string webhook_;
};

TEST_F(RecordProcessTest, EndsInGoodOrderOnEachSignal) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    start("127.0.0.1:1");
    process_->signal(signal);
    const Ended ended = process_->wait();
    EXPECT_EQ(ended.status, 0);
    EXPECT_EQ(ended.out, "");
    EXPECT_THAT(ended.err, StartsWith("recorded 0 exchanges (webhook 0, graph 0; 0 failed, 0 cut off) in "));
    EXPECT_TRUE(session().end);
  }
}

TEST_F(RecordProcessTest, SignalLetsAnExchangeUnderWayEnd) {
  RawListener bot(loop_.io);
  start(bot.address());
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(webhook_address());
    co_await caller.send("GET /last HTTP/1.1\r\nHost: h\r\n\r\n");
    auto connection = co_await bot.accept();
    co_await connection->receive_request();
    process_->signal(SIGTERM);
    // It has taken the signal once it no longer accepts.
    for (bool accepts = true; accepts;) {
      Raw probe(loop_.io);
      const HostPort at = *parse_host_port(webhook_address());
      const Tcp::endpoint endpoint(boost::asio::ip::make_address(at.host), at.port);
      auto [ec] = co_await probe.socket.async_connect(endpoint, kAwait);
      accepts = !ec;
    }
    co_await connection->send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes");
    const std::string answer = co_await caller.receive_all();
    EXPECT_THAT(answer, testing::EndsWith("yes"));
  });
  EXPECT_EQ(process_->wait().status, 0);
  const corpus::Session recorded = session();
  ASSERT_EQ(recorded.exchanges.size(), 1u);
  EXPECT_EQ(recorded.exchanges[0].response()->body, "yes");
  EXPECT_TRUE(recorded.end);
}

TEST_F(RecordProcessTest, SecondSignalEndsAtOnceWithACompleteFile) {
  RawListener bot(loop_.io);
  start(bot.address());
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(webhook_address());
    co_await caller.send("GET /never HTTP/1.1\r\nHost: h\r\n\r\n");
    auto connection = co_await bot.accept();
    co_await connection->receive_request();
    process_->signal(SIGTERM);
    process_->signal(SIGINT);
    const std::string nothing = co_await caller.receive_all();
    EXPECT_EQ(nothing, "");
  });
  const Ended ended = process_->wait();
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.err, HasSubstr("1 cut off"));
  const corpus::Session recorded = session();
  ASSERT_EQ(recorded.exchanges.size(), 1u);
  EXPECT_EQ(recorded.exchanges[0].failure()->reason, failure::kCutOff);
  EXPECT_TRUE(recorded.end);
}

TEST_F(RecordProcessTest, KilledUnderLoadKeepsWhatCallersHaveSeen) {
  constexpr int kCallers = 16;
  constexpr int kKillAfter = 2000;
  HttpServer bot(loop_.io, {}, HttpServer::Handler([](corpus::Request asked) -> Task<std::optional<corpus::Response>> {
                   co_return response(200, {}, asked.target);
                 }));
  start(bot.listen("127.0.0.1", 0).value());
  HttpClient client(loop_.io, *parse_url(webhook_), {});
  std::set<std::string> answered;
  int running = kCallers;
  for (int caller = 0; caller < kCallers; ++caller) {
    loop_.beside([&, caller]() -> Task<void> {
      for (int count = 0;; ++count) {
        const std::string target = "/" + std::to_string(caller) + "/" + std::to_string(count);
        corpus::Request asked = request("POST", target, std::string(1800, 'x'));
        const corpus::Outcome outcome = co_await client.send(std::move(asked));
        if (!std::holds_alternative<corpus::Response>(outcome)) break;
        answered.insert(target);
        if (answered.size() == kKillAfter) process_->signal(SIGKILL);
      }
      if (--running == 0) loop_.io.stop();
    });
  }
  loop_.io.run_for(std::chrono::seconds(30));
  ASSERT_EQ(running, 0);
  EXPECT_EQ(process_->wait().status, -SIGKILL);
  const corpus::Session recorded = session();
  EXPECT_FALSE(recorded.end);
  EXPECT_LE(recorded.damage.size(), 1u);  // at most the line that was being written
  std::set<std::string> kept;
  for (const corpus::Exchange& exchange : recorded.exchanges) {
    if (exchange.response()) kept.insert(exchange.request.target);
  }
  EXPECT_GE(answered.size(), static_cast<std::size_t>(kKillAfter));
  EXPECT_TRUE(std::ranges::includes(kept, answered));
  EXPECT_LE(kept.size(), answered.size() + kCallers);
}

TEST_F(RecordProcessTest, DiskThatIsFullEndsItWithOneLine) {
  RawListener bot(loop_.io);
  const std::string folder = fresh_folder();
  process_.emplace(std::vector<std::string>{"/bin/sh", "-c", "ulimit -f 8; exec \"$0\" \"$@\"", ROLLCALL_EXECUTABLE,
                                            "record", "--corpus", folder, "--name", "live", "--bot",
                                            "http://" + bot.address()});
  ready_ = process_->read_line();
  const auto at = ready_.find("webhook=http://") + 15;
  const std::string address = ready_.substr(at, ready_.find(' ', at) - at);
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await bot.accept();
    co_await connection->receive_request();
    co_await connection->send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  loop_.run([&]() -> Task<void> {
    Raw caller(loop_.io);
    co_await caller.connect(address);
    const std::string bytes = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20000\r\n\r\n" + std::string(20000, 'x');
    co_await caller.send(bytes);
    const std::string nothing = co_await caller.receive_all();
    EXPECT_EQ(nothing, "");
  });
  const Ended ended = process_->wait();
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, MatchesRegex("rollcall record: .*/live.session.jsonl: File too large\n"));
}

}  // namespace
}  // namespace harness
