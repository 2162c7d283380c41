// `--proxy-listen` of the commands: what a bot that knows nothing of Rollcall gets to see.
#include <gmock/gmock.h>

#include <csignal>
#include <filesystem>

#include "corpus/session_file.h"
#include "harness/http_server.h"
#include "harness/proxy_options.h"
#include "loopback.h"
#include "test_certificates.h"
#include "test_process.h"
#include "tls_caller.h"

namespace harness {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

TEST(ProxyOptions, WhatSaysNothingOrNonsenseIsRefused) {
  EXPECT_THAT(complaint_of_record({"--intercept", "h"}), HasSubstr("--intercept: says nothing without --proxy-listen"));
  EXPECT_THAT(complaint_of_record({"--offline"}), HasSubstr("--offline: says nothing without --proxy-listen"));
  EXPECT_THAT(complaint_of_record({"--resolve", "h=http://i"}),
              HasSubstr("--resolve: says nothing without --proxy-listen"));
  EXPECT_THAT(complaint_of_record({"--proxy-listen", "127.0.0.1:0"}), HasSubstr("--tls-ca-out: has to say where"));
  const std::vector<std::string> proxy = {"--proxy-listen", "127.0.0.1:0", "--tls-ca-out", fresh("ca.pem")};
  const auto with_proxy = [&](std::string option, std::string value) {
    std::vector<std::string> all = proxy;
    all.insert(all.end(), {std::move(option), std::move(value)});
    return complaint_of_record(all);
  };
  EXPECT_THAT(with_proxy("--intercept", "https://h"), HasSubstr("--intercept: 'https://h' is not HOST or HOST:PORT"));
  EXPECT_THAT(with_proxy("--intercept", "a b"), HasSubstr("--intercept: 'a b' is not HOST or HOST:PORT"));
  EXPECT_THAT(with_proxy("--resolve", "h"), HasSubstr("--resolve: 'h' is not HOST=URL"));
  EXPECT_THAT(with_proxy("--resolve", "h=i"), HasSubstr("--resolve: 'i' is not an http://"));
}

TEST(ProxyOptions, UsualHostsAreInterceptedAndGraphsOwn) {
  ProxyOptions options;
  options.listen = HostPort{"127.0.0.1", 0};
  options.intercept = {"One.example", "two.example:8443", "[::1]"};
  options.resolve = {"one.example=http://127.0.0.1:1"};
  const auto settings = proxy_settings(options, {}, *parse_url("https://graph.microsoft.us"));
  ASSERT_TRUE(settings);
  EXPECT_THAT((*settings)->intercepted,
              testing::ElementsAre(HostPort{kGraphHost, 443}, HostPort{kLoginHost, 443},
                                   HostPort{kCallingKeysHost, 443}, HostPort{"graph.microsoft.us", 443},
                                   HostPort{"one.example", 443}, HostPort{"two.example", 8443}, HostPort{"::1", 443}));
  ASSERT_EQ((*settings)->detours.size(), 1);
  EXPECT_EQ((*settings)->detours[0].host, "one.example");
}

constexpr const char* kSession =
    R"({"rollcall":1,"name":"n","started":"2026-11-24T10:00:00.000000Z","bot":"http://b","graph":"http://127.0.0.1:1","origin":"o"})"
    "\n"
    R"({"x":1,"t":0,"leg":"graph","request":{"method":"POST","target":"/v1.0/communications/calls","headers":[],"json":{"a":1}}})"
    "\n"
    R"({"x":1,"t":10,"response":{"status":201,"headers":[["Location","http://127.0.0.1:1/v1.0/x"]],"json":{"b":2}}})"
    "\n"
    R"({"x":2,"t":20,"leg":"graph","request":{"method":"POST","target":"https://own.example/do","headers":[],"json":{"c":3}}})"
    "\n"
    R"({"x":2,"t":30,"response":{"status":200,"headers":[],"json":{"d":4}}})"
    "\n"
    R"({"end":{"t":30,"messages":4}})"
    "\n";

// A bot that the test plays calls the Graph double by the proxy.
class ProxyReplayTest : public testing::Test {
 protected:
  void start(std::vector<std::string> options) {
    ca_ = fresh("ca.pem");
    live_ = fresh("live.session.jsonl");
    options.insert(options.begin(), {ROLLCALL_EXECUTABLE, "replay", write_file("session.jsonl", kSession), "--bot",
                                     "http://" + bot_.address(), "--proxy-listen", "127.0.0.1:0", "--tls-ca-out", ca_,
                                     "--live", live_, "--settle", "1ms", "--lateness-budget", "1m"});
    process_.emplace(options);
    const std::string ready = process_->read_line();
    ASSERT_THAT(ready, HasSubstr(" proxy=http://127.0.0.1:"));
    proxy_ = ready.substr(ready.find("proxy=http://") + 13);
  }

  std::string ask(std::string host, std::string request) {
    return loop_.run([&]() -> Task<std::string> {
      TlsCaller caller(loop_.io, read_file(ca_));
      co_await caller.raw.connect(proxy_);
      std::string asked = "CONNECT " + host + ":443 HTTP/1.1\r\nHost: h\r\n\r\n";
      co_await caller.raw.send(asked);
      std::string answer = co_await caller.raw.receive_through("\r\n\r\n");
      if (!answer.starts_with("HTTP/1.1 200 ")) co_return answer;
      EXPECT_TRUE(co_await caller.shake_hands(host)) << caller.error.message();
      co_await caller.send(request);
      answer = co_await caller.receive_all();
      co_return answer;
    });
  }

  static std::string post(const std::string& path, const std::string& body) {
    return "POST " + path +
           " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
           body;
  }

  Loop loop_;
  RawListener bot_{loop_.io};
  std::optional<TestProcess> process_;
  std::string ca_;
  std::string live_;
  std::string proxy_;
};

TEST_F(ProxyReplayTest, DoublesStandInForTheHostsThatTheBotKnows) {
  start({"--offline", "--intercept", "own.example"});
  EXPECT_THAT(ask("other.example", ""), StartsWith("HTTP/1.1 403 Forbidden\r\n"));
  const std::string token = ask(kLoginHost, post("/t/oauth2/v2.0/token",
                                                 "grant_type=client_credentials&client_id=a&client_secret=s"
                                                 "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"));
  EXPECT_THAT(token, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(token, HasSubstr(R"("access_token":")"));
  const std::string get_tail = " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
  EXPECT_THAT(ask(kCallingKeysHost, "GET /v1/.well-known/OpenIdConfiguration" + get_tail),
              HasSubstr("https://api.aps.skype.com/v1/.well-known/keys"));
  const std::string unknown = ask(kLoginHost, "GET /nothing" + get_tail);
  EXPECT_THAT(unknown, StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_THAT(unknown, HasSubstr(R"({"error":"invalid_request","error_description":")"));
  EXPECT_THAT(ask(kCallingKeysHost, "GET /nothing" + get_tail), HasSubstr(R"({"error":{"code":"NotFound",)"));
  const std::string answer = ask(kGraphHost, post("/v1.0/communications/calls", R"({"a":1})"));
  EXPECT_THAT(answer, HasSubstr("\r\nLocation: https://graph.microsoft.com/v1.0/x\r\n"));
  EXPECT_THAT(answer, EndsWith(R"({"b":2})"));
  EXPECT_THAT(ask("own.example", post("/do", R"({"c":3})")), EndsWith(R"({"d":4})"));
  const Ended ended = process_->wait();
  EXPECT_EQ(ended.status, 0) << ended.out;
  EXPECT_THAT(ended.err, HasSubstr("proxy: refused 127.0.0.1:"));
  const auto live = corpus::read_session(live_);
  ASSERT_TRUE(live);
  std::vector<std::string> targets;
  for (const corpus::Exchange& exchange : live->exchanges) targets.push_back(exchange.request.target);
  EXPECT_THAT(targets,
              testing::ElementsAre("https://login.microsoftonline.com/t/oauth2/v2.0/token",
                                   "https://api.aps.skype.com/v1/.well-known/OpenIdConfiguration",
                                   "https://login.microsoftonline.com/nothing", "https://api.aps.skype.com/nothing",
                                   "/v1.0/communications/calls", "https://own.example/do"));
}

TEST_F(ProxyReplayTest, WrongRequestThroughTheProxyIsAFinding) {
  start({"--intercept", "own.example"});
  ask("own.example", post("/do", R"({"c":3})"));
  ask(kGraphHost, post("/v1.0/communications/calls", R"({"a":"other"})"));
  const Ended ended = process_->wait();
  EXPECT_EQ(ended.status, 1);
  EXPECT_THAT(ended.out, HasSubstr("other"));
}

TEST(ProxyRecord, ProxyThatOthersCanReachIsWarnedOf) {
  TestProcess process({ROLLCALL_EXECUTABLE, "record", "--corpus", fresh("corpus"), "--name", "n", "--bot",
                       "http://127.0.0.1:1", "--proxy-listen", "0.0.0.0:0", "--tls-ca-out", fresh("ca.pem")});
  EXPECT_THAT(process.read_line(), HasSubstr(" proxy=http://0.0.0.0:"));
  process.signal(SIGTERM);
  const Ended ended = process.wait();
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(ended.err, HasSubstr("WARNING: --proxy-listen listens on 0.0.0.0:"));
}

}  // namespace
}  // namespace harness
