// The bot and its Graph on real sockets, in one process, with no recorder between them.
#include "tests/bots/sample_bot.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cstdio>
#include <fstream>

#include "harness/http_client.h"
#include "harness/http_server.h"
#include "tests/bots/graph_service.h"
#include "tests/bots/setting.h"

namespace bots {
namespace {

using harness::Task;

constexpr std::string_view kIncoming = R"({"value":[{"changeType":"created","resource":"/app/calls/1","resourceData":)"
                                       R"({"@odata.type":"#microsoft.graph.call","state":"incoming"}}]})";

// Made outside of coroutines: g++ 12 destroys an aggregate twice that a coroutine makes in braces.
corpus::Response accepted() {
  return {.status = 202, .headers = {}, .body = {}, .extra = {}};
}
corpus::Request notification() {
  return {.method = "POST", .target = "/api/calls", .headers = {}, .body = std::string(kIncoming), .extra = {}};
}

void rethrow(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

/// Everything a test needs around one bot: a Graph that only notes what comes, and somebody who notifies the bot.
class Surroundings {
 public:
  explicit Surroundings(Faults faults) : bot_(io, options(faults)) {
    harness::HttpServer::Handler note = [this](corpus::Request request) { return answer(std::move(request)); };
    server_.emplace(io, harness::HttpLimits{}, std::move(note));
    bot_.set_graph("http://" + server_->listen("127.0.0.1", 0).value());
    client_.emplace(io, harness::parse_url(bot_.listen().value()).value(), harness::HttpLimits{});
  }

  /// Notifies the bot and returns its answer, or the failure that came instead.
  corpus::Outcome notify() {
    corpus::Outcome result;
    boost::asio::co_spawn(io.get_executor(), post(result), rethrow);
    while (std::holds_alternative<std::monostate>(result)) io.run_one();
    return result;
  }

  /// Runs until Graph has been asked that often.
  void wait_for(std::size_t requests) {
    while (asked.size() < requests) io.run_one();
  }

  boost::asio::io_context io;
  std::vector<std::string> asked;  ///< "METHOD target" of each request that Graph got
  bool died = false;

 private:
  BotOptions options(Faults faults) {
    BotOptions result;
    result.faults = faults;
    result.died = [this] { died = true; };
    return result;
  }

  Task<std::optional<corpus::Response>> answer(corpus::Request request) {
    asked.push_back(request.method + " " + request.target);
    co_return accepted();
  }

  Task<void> post(corpus::Outcome& result) {
    corpus::Request request{
        .method = "POST", .target = "/api/calls", .headers = {}, .body = std::string(kIncoming), .extra = {}};
    result = co_await client_->send(notification());
  }

  SampleBot bot_;
  std::optional<harness::HttpServer> server_;
  std::optional<harness::HttpClient> client_;
};

int status(const corpus::Outcome& outcome) {
  const auto* response = std::get_if<corpus::Response>(&outcome);
  return response ? response->status : 0;
}

TEST(SampleBot, AcknowledgesAndThenAsks) {
  Surroundings around({});
  EXPECT_EQ(status(around.notify()), 202);
  around.wait_for(1);
  EXPECT_THAT(around.asked, testing::ElementsAre("POST /v1.0/communications/calls/1/answer"));
}

TEST(SampleBot, RepeatsWhatItIsToldToRepeat) {
  Faults faults;
  faults.repeat = Purpose::answer;
  Surroundings around(faults);
  around.notify();
  around.wait_for(2);
  EXPECT_EQ(around.asked[0], around.asked[1]);
}

TEST(SampleBot, TurnsAwayTheNotificationThatItIsToldTo) {
  Faults faults;
  faults.unavailable = 2;
  Surroundings around(faults);
  EXPECT_EQ(status(around.notify()), 202);
  EXPECT_EQ(status(around.notify()), 503);
  EXPECT_EQ(status(around.notify()), 202);
}

TEST(SampleBot, DiesWithoutAnAnswer) {
  Faults faults;
  faults.die = 2;
  Surroundings around(faults);
  EXPECT_EQ(status(around.notify()), 202);
  EXPECT_EQ(status(around.notify()), 0);
  EXPECT_TRUE(around.died);
}

TEST(SampleBot, SlowOneStillAnswers) {
  Faults faults;
  faults.slow = std::chrono::milliseconds(20);
  Surroundings around(faults);
  EXPECT_EQ(status(around.notify()), 202);
  around.wait_for(1);
}

TEST(Setting, IsReadFromTheFileThatItNames) {
  const std::string path = testing::TempDir() + "rollcall-setting";
  std::ofstream(path) << "http://127.0.0.1:1\nmore\n";
  EXPECT_EQ(read_setting("@" + path), "http://127.0.0.1:1");
  EXPECT_EQ(read_setting("http://127.0.0.1:2"), "http://127.0.0.1:2");
  std::remove(path.c_str());
  EXPECT_FALSE(read_setting("@" + path).has_value());
}

class EveryScenario : public testing::TestWithParam<std::string> {};

TEST_P(EveryScenario, IsPlayedToItsEndByASoundBot) {
  boost::asio::io_context io;
  BotOptions options;
  std::vector<std::string> told;
  options.tell = [&](std::string_view what) { told.emplace_back(what); };
  SampleBot bot(io, options);
  GraphService graph(io);
  bot.set_graph(graph.listen("127.0.0.1", 0).value());
  std::optional<std::string> wrong;
  graph.play(*find_scenario(GetParam()), bot.listen().value(), [&](std::string why) { wrong = std::move(why); });
  while (!wrong) io.run_one();
  EXPECT_EQ(*wrong, "");
  EXPECT_THAT(told, testing::IsEmpty());
}

std::vector<std::string> quick_scenarios() {
  std::vector<std::string> result;
  for (const auto& scenario : scenarios()) {
    if (!scenario.name.contains("60s")) result.emplace_back(scenario.name);  // recorded, and played there
  }
  return result;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, EveryScenario, testing::ValuesIn(quick_scenarios()), [](const auto& name) {
  std::string result = name.param;
  std::ranges::replace(result, '-', '_');
  return result;
});

}  // namespace
}  // namespace bots
