#include "harness/replayer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "corpus/session_file.h"
#include "harness/http_client.h"
#include "harness/http_server.h"
#include "harness/upstream.h"
#include "replay/verdict.h"
#include "tests/harness/loopback.h"
#include "tests/support/compressed.h"
#include "tests/support/session_builder.h"

namespace harness {
namespace {

using support::call_is;
using support::kCall;
using support::SessionBuilder;
using testing::HasSubstr;
using testing::Not;

std::string answer_path() {
  return std::string("/communications/calls/") + kCall + "/answer";
}

// A bot that acknowledges everything and then does what the test says.
class ReplayerTest : public testing::Test {
 protected:
  // Plays the recording to a bot that, told something, runs `react` with a client of the Graph double.
  corpus::Session play(const corpus::Session& recorded, std::function<Task<void>(HttpClient&)> react,
                       ReplaySettings settings = {}) {
    HttpServer bot(loop_.io, {},
                   HttpServer::Handler([&](corpus::Request told) -> Task<std::optional<corpus::Response>> {
                     told_.push_back(std::move(told));
                     if (react) loop_.beside([&] { return react(*graph_); });
                     co_return corpus::Response{202, {{"Content-Length", "0"}}, {}, {}};
                   }));
    settings.bot = *parse_url("http://" + *bot.listen("127.0.0.1", 0));
    if (settings.connections) settings.connections->turn_to(settings.bot);
    settings.graph_listen = {"127.0.0.1", 0};
    settings.schedule.asap = true;
    settings.schedule.keep_ids = true;
    settings.schedule.settle = 50'000;
    if (settings.schedule.patience > 1'000'000) settings.schedule.patience = 300'000;
    Replayer replayer(loop_.io, recorded, settings);
    replayer_ = &replayer;
    if (on_hold_) replayer.on_hold([this] { loop_.beside(on_hold_); });
    const auto address = replayer.listen();
    EXPECT_TRUE(address);
    graph_ = std::make_unique<HttpClient>(loop_.io, *parse_url(*address), HttpLimits());
    return loop_.run([&]() -> Task<corpus::Session> {
      auto live = co_await replayer.run();
      EXPECT_TRUE(live);
      co_return std::move(*live);
    });
  }

  Loop loop_;
  std::function<Task<void>()> on_hold_;  // step by step
  std::vector<corpus::Request> told_;
  std::unique_ptr<HttpClient> graph_;
  Replayer* replayer_ = nullptr;
};

TEST_F(ReplayerTest, TellsTheBotWhatWasRecordedAndAnswersItAsGraph) {
  const corpus::Session recorded =
      SessionBuilder()
          .delivery(0, 10, call_is(kCall, "incoming", "created"))
          .request(100, 200, "POST", answer_path(), "{}", 202, R"({"from":"the recording"})")
          .take();
  std::vector<corpus::Outcome> answers;
  const corpus::Session live = play(recorded, [&](HttpClient& graph) -> Task<void> {
    answers.push_back(co_await graph.send(request("POST", answer_path(), "{}")));
  });
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_EQ(told_[0].body, recorded.exchanges[0].request.body);
  ASSERT_EQ(answers.size(), 1u);
  const auto* answer = std::get_if<corpus::Response>(&answers[0]);
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->status, 202);
  EXPECT_EQ(answer->body, R"({"from":"the recording"})");
  ASSERT_EQ(live.exchanges.size(), 2u);
  EXPECT_EQ(live.exchanges[0].leg, corpus::Leg::webhook);
  EXPECT_TRUE(live.exchanges[0].due);
  EXPECT_GE(live.exchanges[0].sent, *live.exchanges[0].due);
  EXPECT_EQ(live.end->messages, 4);
}

TEST_F(ReplayerTest, FailsAsGraphDidInTheRecording) {
  corpus::Session recorded = SessionBuilder()
                                 .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                 .request(100, 200, "POST", answer_path(), "{}", 202)
                                 .take();
  recorded.exchanges[1].outcome = corpus::Failure{"timeout"};
  corpus::Outcome answer;
  const corpus::Session live = play(recorded, [&](HttpClient& graph) -> Task<void> {
    answer = co_await graph.send(request("POST", answer_path(), "{}"));
  });
  ASSERT_TRUE(std::holds_alternative<corpus::Response>(answer));
  EXPECT_EQ(std::get<corpus::Response>(answer).status, 504);
  ASSERT_NE(live.exchanges[1].failure(), nullptr);
  EXPECT_EQ(live.exchanges[1].failure()->reason, "timeout");
}

TEST_F(ReplayerTest, GivesNoAnswerThatTheRecordedBotDidNotWaitFor) {
  corpus::Session recorded = SessionBuilder()
                                 .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                 .request(100, 200, "POST", answer_path(), "{}", 202)
                                 .take();
  recorded.exchanges[1].outcome = corpus::Failure{"caller closed"};
  corpus::Outcome answer;
  const corpus::Session live = play(recorded, [&](HttpClient& graph) -> Task<void> {
    HttpClient::Wire wire;
    graph.prepare(request("POST", answer_path(), "{}"), wire);
    HttpClient::Flight flight;
    co_await graph.send(
        wire, answer, [&] { flight.abort(failure::kCallerClosed); }, &flight);
  });
  EXPECT_TRUE(std::holds_alternative<corpus::Failure>(answer));
  ASSERT_EQ(live.exchanges.size(), 2u);
  EXPECT_EQ(live.exchanges[1].response(), nullptr);
  EXPECT_EQ(replay::judge(recorded, live).judgement, replay::Judgement::same);
}

TEST_F(ReplayerTest, ReadsWhatABotSendsCompressed) {
  const corpus::Session recorded =
      SessionBuilder()
          .delivery(0, 10, call_is(kCall, "incoming", "created"))
          .request(100, 200, "POST", answer_path(), R"({"acceptedModalities":["audio"]})", 202)
          .take();
  const std::string zipped = support::compressed(recorded.exchanges[1].request.body);
  const corpus::Session live = play(recorded, [&](HttpClient& graph) -> Task<void> {
    co_await graph.send(with(request("POST", answer_path(), zipped), "Content-Encoding", "gzip"));
  });
  ASSERT_EQ(live.exchanges.size(), 2u);
  EXPECT_EQ(live.exchanges[1].request.body, zipped) << "kept as it came";
  ASSERT_NE(live.exchanges[1].response(), nullptr);
  EXPECT_EQ(live.exchanges[1].response()->status, 202);
  EXPECT_EQ(replay::judge(recorded, live).judgement, replay::Judgement::same);
}

TEST_F(ReplayerTest, KeepsSecretsOutOfTheLiveSession) {
  const corpus::Session recorded = SessionBuilder().delivery(0, 10, call_is(kCall, "incoming", "created")).take();
  const std::string path = testing::TempDir() + "replayer_secrets.session.jsonl";
  std::remove(path.c_str());
  ReplaySettings settings;
  settings.live_path = path;
  play(
      recorded,
      [&](HttpClient& graph) -> Task<void> {
        co_await graph.send(with(request("POST", "/x", "{}"), "Authorization", "Bearer very-secret-value"));
      },
      settings);
  const auto kept = corpus::read_session(path);
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->exchanges.size(), 2u);
  EXPECT_TRUE(kept->end);
  for (const corpus::Header& header : kept->exchanges[1].request.headers) {
    EXPECT_THAT(header.value, Not(HasSubstr("very-secret-value")));
  }
}

TEST_F(ReplayerTest, EndsEarlyWhenItIsStopped) {
  const corpus::Session recorded = SessionBuilder()
                                       .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                       .request(100, 200, "POST", answer_path(), "{}", 202)
                                       .take();
  ReplaySettings settings;
  settings.schedule.patience = 999'999;
  const corpus::Session live = play(
      recorded,
      [&](HttpClient&) -> Task<void> {
        replayer_->stop();
        co_return;
      },
      settings);
  EXPECT_EQ(live.exchanges.size(), 1u);
  EXPECT_TRUE(live.end);
}

TEST_F(ReplayerTest, TimeStandsStillWhileADeliveryIsHeldAndTheDoubleAnswers) {
  const corpus::Session recorded = SessionBuilder()
                                       .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                       .request(100, 200, "GET", "/communications/calls", "", 200, "[]")
                                       .take();
  const std::chrono::milliseconds thought(50);
  ReplaySettings settings;
  settings.step = true;
  int answered = 0;
  on_hold_ = [&]() -> Task<void> {
    Timer timer(loop_.io, thought);
    co_await timer.async_wait(kAwait);
    const corpus::Outcome answer = co_await graph_->send(request("GET", "/communications/calls"));
    const auto* response = std::get_if<corpus::Response>(&answer);
    if (response != nullptr && response->status == 200) ++answered;
    replayer_->decide({replay::Decision::Kind::go});
  };
  const Clock::time_point began = Clock::now();
  const corpus::Session live = play(recorded, {}, settings);
  EXPECT_EQ(answered, 1);
  EXPECT_EQ(told_.size(), 1u);
  EXPECT_LE(std::chrono::microseconds(live.end->time) + thought, Clock::now() - began);
  EXPECT_EQ(replay::judge(recorded, live).judgement, replay::Judgement::same);
}

// The double stays where it is from one replay to the next, and takes nothing in between.
TEST_F(ReplayerTest, UsesConnectionsThatItIsGiven) {
  const corpus::Session recorded = SessionBuilder()
                                       .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                       .request(100, 200, "POST", answer_path(), "{}", 202)
                                       .take();
  ReplaySettings settings;
  settings.connections =
      std::make_shared<BotConnections>(loop_.io, *parse_url("http://127.0.0.1:1"), HttpLimits(), nullptr);
  const auto address = settings.connections->listen({"127.0.0.1", 0}, nullptr, {});
  ASSERT_TRUE(address);
  for (int replay = 0; replay < 2; ++replay) {
    const corpus::Session live = play(
        recorded, [&](HttpClient& graph) -> Task<void> { co_await graph.send(request("POST", answer_path(), "{}")); },
        settings);
    EXPECT_EQ(live.exchanges.size(), 2u) << replay;
    EXPECT_EQ(graph_->base().port, parse_url("http://" + *address)->port);
    const auto between = loop_.run([&] { return graph_->send(request("POST", answer_path(), "{}")); });
    EXPECT_TRUE(std::holds_alternative<corpus::Failure>(between));
  }
}

TEST_F(ReplayerTest, EndsWhenTheBotDoesNotStopAsking) {
  const corpus::Session recorded = SessionBuilder().delivery(0, 10, call_is(kCall, "incoming", "created")).take();
  ReplaySettings settings;
  settings.most_requests = 5;
  bool asking = true;
  const corpus::Session live = play(
      recorded,
      [&](HttpClient& graph) -> Task<void> {
        while (asking) {
          const auto answer = co_await graph.send(request("POST", answer_path(), "{}"));
          asking = std::holds_alternative<corpus::Response>(answer);
        }
      },
      settings);
  EXPECT_EQ(live.exchanges.size(), 1u + 5u);
}

TEST_F(ReplayerTest, RefusesALiveFileThatIsThere) {
  const corpus::Session recorded = SessionBuilder().delivery(0, 10, "{}").take();
  const std::string path = testing::TempDir() + "replayer_there.session.jsonl";
  std::FILE* file = std::fopen(path.c_str(), "w");
  std::fputs("mine", file);
  std::fclose(file);
  ReplaySettings settings;
  settings.graph_listen = {"127.0.0.1", 0};
  settings.bot = *parse_url("http://127.0.0.1:1");
  settings.live_path = path;
  Replayer replayer(loop_.io, recorded, settings);
  EXPECT_FALSE(replayer.listen());
  std::remove(path.c_str());
}

}  // namespace
}  // namespace harness
