// A recorder with both its sides played by a test.
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "harness/recorder.h"
#include "loopback.h"
#include "test_certificates.h"

namespace harness {

// A recorder between callers and a bot that the test plays, and the file that comes of it.
class RecorderTest : public testing::Test {
 protected:
  void SetUp() override {
    path_ = write_file("session.jsonl", "");
    std::filesystem::remove(path_);
  }

  void start(const HttpLimits& limits = {}) {
    RecorderSettings settings;
    settings.bot = bot_.url();
    settings.graph = graph_.url();
    settings.webhook_listen = settings.graph_listen = {"127.0.0.1", 0};
    settings.path = path_;
    settings.name = "test";
    settings.limits = limits;
    auto started = Recorder::start(
        loop_.io, settings, [this](const corpus::Fault& fault) { fault_ = fault; },
        [this](const std::string& note) { notes_.push_back(note); });
    ASSERT_TRUE(started) << corpus::to_string(started.error());
    recorder_ = std::move(*started);
  }

  // The bot (or Graph) takes one request and answers with these bytes.
  void play(RawListener& listener, std::string answer) {
    loop_.beside([this, &listener, answer]() -> Task<void> {
      auto connection = co_await listener.accept();
      seen_.push_back(co_await connection->receive_request());
      co_await connection->send(answer);
    });
  }

  // Calls the recorder with these bytes; what comes back until it closes.
  std::string call(const std::string& address, std::string bytes) {
    return loop_.run([&]() -> Task<std::string> {
      Raw caller(loop_.io);
      co_await caller.connect(address);
      co_await caller.send(bytes);
      std::string answer = co_await caller.receive_all();
      co_return answer;
    });
  }

  corpus::Session finish() {
    EXPECT_TRUE(recorder_->finish());
    auto session = corpus::read_session(path_);
    EXPECT_TRUE(session);
    EXPECT_TRUE(session->damage.empty());
    EXPECT_TRUE(session->end);
    return std::move(*session);
  }

  std::string file() const {
    std::stringstream text;
    text << std::ifstream(path_, std::ios::binary).rdbuf();
    return text.str();
  }

  Loop loop_;
  RawListener bot_{loop_.io};
  RawListener graph_{loop_.io};
  std::string path_;
  std::unique_ptr<Recorder> recorder_;
  std::vector<std::string> seen_;
  std::vector<std::string> notes_;
  std::optional<corpus::Fault> fault_;
};

inline constexpr const char* kAccepted = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";

}  // namespace harness
