#include "tests/end_to_end/arena.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "corpus/session_file.h"
#include "harness/recorder.h"
#include "replay/report.h"
#include "tests/support/source_path.h"

namespace end_to_end {

namespace asio = boost::asio;

namespace {

void rethrow(const std::exception_ptr& error) {
  if (error) std::rethrow_exception(error);
}

void expect_no_fault(const auto& result) {
  ASSERT_TRUE(result) << corpus::to_string(result.error());
}

// The recorder between player and bot, if the plan asks for one.
std::unique_ptr<harness::Recorder> recorder_for(asio::io_context& io, const Plan& plan, const std::string& bot,
                                                const std::string& graph) {
  harness::RecorderSettings settings;
  settings.bot = *harness::parse_url(bot);
  settings.graph = *harness::parse_url(graph);
  settings.webhook_listen = settings.graph_listen = {"127.0.0.1", 0};
  settings.path = plan.record_path;
  settings.name = "recorded";
  auto recorder = harness::Recorder::start(
      io, settings, [](const corpus::Fault&) {}, [](const std::string&) {});
  expect_no_fault(recorder);
  return std::move(*recorder);
}

}  // namespace

Plan asap() {
  Plan plan;
  plan.schedule.asap = true;
  plan.schedule.settle = 100'000;
  plan.schedule.patience = 3'000'000;
  return plan;
}

harness::Task<void> replay_to_bot(asio::io_context& io, const corpus::Session& recorded, Plan plan, Replayed& run) {
  bots::SampleBot bot(io, plan.bot);
  auto bot_url = bot.listen();
  expect_no_fault(bot_url);
  harness::ReplaySettings settings;
  settings.schedule = plan.schedule;
  std::random_device random;
  settings.schedule.seed = std::uint64_t{random()} << 32 | random();
  settings.graph_listen = {"127.0.0.1", 0};
  settings.live_path = plan.live_path;

  // The double's address is known only once it listens, and a recorder needs both: a player for the bot's address
  // first.
  std::unique_ptr<harness::Recorder> recorder;
  settings.bot = *harness::parse_url(*bot_url);
  if (!plan.record_path.empty()) {
    harness::HttpServer port(
        io, {}, harness::HttpServer::CallHandler([](harness::Call&) -> harness::Task<void> { co_return; }));
    const std::string graph = *port.listen("127.0.0.1", 0);
    port.close();
    settings.graph_listen = *harness::parse_host_port(graph);
    recorder = recorder_for(io, plan, *bot_url, "http://" + graph);
    settings.bot = *harness::parse_url("http://" + recorder->webhook_address());
  }
  harness::Replayer replayer(io, recorded, settings);
  const auto graph = replayer.listen();
  expect_no_fault(graph);
  bot.set_graph(recorder ? "http://" + recorder->graph_address() : *graph);
  auto live = co_await replayer.run();
  expect_no_fault(live);
  bot.stop();
  if (recorder) {
    co_await recorder->drain(std::chrono::seconds(2));
    expect_no_fault(recorder->finish());
  }
  run.live = std::move(*live);
  run.verdict = replay::judge(recorded, run.live, plan.judging);
  run.report = replay::report_text(run.verdict, recorded.info.name);
}

std::vector<Replayed> replay_all(const std::vector<corpus::Session>& recorded, const Plan& plan) {
  asio::io_context io(1);
  std::vector<Replayed> runs(recorded.size());
  std::size_t left = recorded.size();
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    Plan own = plan;
    if (!own.live_path.empty()) own.live_path += "/" + std::to_string(i) + ".session.jsonl";
    if (!own.record_path.empty()) own.record_path += "/" + std::to_string(i) + ".recorded.session.jsonl";
    asio::co_spawn(io.get_executor(), replay_to_bot(io, recorded[i], own, runs[i]),
                   [&](const std::exception_ptr& error) {
                     if (--left == 0) io.stop();
                     rethrow(error);
                   });
  }
  io.run();
  return runs;
}

Replayed replay(const corpus::Session& recorded, const Plan& plan) {
  std::vector<corpus::Session> one;
  one.push_back(recorded);
  return std::move(replay_all(one, plan).front());
}

corpus::Session sample(const std::string& scenario) {
  auto session = corpus::read_session(support::source_path("corpus/sessions/") + scenario + ".session.jsonl");
  expect_no_fault(session);
  EXPECT_TRUE(session->damage.empty());
  EXPECT_TRUE(session->end);
  return std::move(*session);
}

std::vector<std::string> sample_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(support::source_path("corpus/sessions"))) {
    std::string name = entry.path().filename().string();
    if (!name.ends_with(corpus::kSessionSuffix)) continue;
    names.push_back(name.substr(0, name.size() - corpus::kSessionSuffix.size()));
  }
  std::ranges::sort(names);
  return names;
}

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "rollcall-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace end_to_end
