// A recorder with a forward proxy, and everybody around it played by a test.
#pragma once

#include <gmock/gmock.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "harness/recorder.h"
#include "loopback.h"
#include "test_certificates.h"
#include "tls_caller.h"

namespace harness {

// Graph is played by an HttpServer at graph_url_, and what is at login.microsoftonline.com by another.
class ProxyTest : public testing::Test {
 protected:
  ProxyTest() {
    graph_url_ = "http://" + graph_.listen("127.0.0.1", 0).value();
    login_url_ = "http://" + login_.listen("127.0.0.1", 0).value();
  }

  void start(bool offline = false, const HttpLimits& limits = {}) {
    auto made = CertificateAuthority::make();
    ASSERT_TRUE(made);
    root_ = made->certificate().value();
    ProxySettings proxy;
    proxy.listen = {"127.0.0.1", 0};
    proxy.intercepted = {{kGraphHost, 443}, {kLoginHost, 443}};
    proxy.detours = detours_;
    proxy.detours.push_back({kLoginHost, *parse_url(login_url_)});
    proxy.offline = offline;
    proxy.authority = std::make_shared<const CertificateAuthority>(std::move(*made));
    RecorderSettings settings;
    settings.bot = settings.graph = *parse_url(graph_url_);
    settings.webhook_listen = settings.graph_listen = {"127.0.0.1", 0};
    settings.path = write_file("session.jsonl", "");
    std::filesystem::remove(settings.path);
    path_ = settings.path;
    settings.name = "test";
    settings.limits = limits;
    settings.proxy = std::move(proxy);
    auto started = Recorder::start(
        loop_.io, settings, [](const corpus::Fault&) {}, [this](const std::string& note) { notes_.push_back(note); });
    ASSERT_TRUE(started) << corpus::to_string(started.error());
    recorder_ = std::move(*started);
  }

  Task<std::optional<corpus::Response>> answer(std::string name, corpus::Request request) {
    std::string body = name + " " + request.method + " " + request.target + " " + request.body;
    seen_.push_back(std::move(request));
    co_return response(200, {{"Content-Length", ""}}, std::move(body));
  }

  /// A caller that has asked for CONNECT, and what it was told.
  Task<std::string> connect(Raw& raw, std::string target) {
    co_await raw.connect(recorder_->proxy_address());
    std::string asked = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
    co_await raw.send(asked);
    std::string head = co_await raw.receive_through("\r\n\r\n");
    co_return head;
  }

  /// What comes back for these bytes until the proxy closes.
  std::string say(std::string bytes) {
    return loop_.run([&]() -> Task<std::string> {
      Raw caller(loop_.io);
      co_await caller.connect(recorder_->proxy_address());
      co_await caller.send(bytes);
      std::string answer = co_await caller.receive_all();
      co_return answer;
    });
  }

  /// Asks through an intercepted connection; the whole answer.
  std::string ask(std::string host, std::string bytes) {
    return loop_.run([&]() -> Task<std::string> {
      TlsCaller caller(loop_.io, root_);
      const std::string head = co_await connect(caller.raw, host + ":443");
      EXPECT_EQ(head, "HTTP/1.1 200 Connection Established\r\n\r\n");
      const bool trusted = co_await caller.shake_hands(host);
      EXPECT_TRUE(trusted) << caller.error.message();
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
    return std::move(*session);
  }

  Loop loop_;
  HttpServer graph_{loop_.io, {}, [this](corpus::Request request) { return answer("graph", std::move(request)); }};
  HttpServer login_{loop_.io, {}, [this](corpus::Request request) { return answer("login", std::move(request)); }};
  std::string graph_url_;
  std::string login_url_;
  std::vector<Detour> detours_;
  std::string root_;
  std::string path_;
  std::unique_ptr<Recorder> recorder_;
  std::vector<corpus::Request> seen_;
  std::vector<std::string> notes_;
};

inline constexpr const char* kLastGet = "GET /v1.0/me HTTP/1.1\r\nHost: any\r\nConnection: close\r\n\r\n";

}  // namespace harness
