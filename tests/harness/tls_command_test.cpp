// The options of TLS on the command line, and what comes of them in a process.
#include <gmock/gmock.h>
#include <openssl/ssl.h>

#include <csignal>
#include <filesystem>

#include "corpus/session_file.h"
#include "harness/http_client.h"
#include "harness/http_server.h"
#include "harness/tls_options.h"
#include "loopback.h"
#include "test_certificates.h"
#include "test_process.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

TEST(TlsOptions, WhatSaysNothingOrTooLittleIsRefused) {
  EXPECT_THAT(complaint_of_record({"--tls", "on"}), HasSubstr("--tls: 'on' is not auto"));
  EXPECT_THAT(complaint_of_record({"--tls", "auto"}), HasSubstr("--tls-ca-out: has to say where the certificate"));
  EXPECT_THAT(complaint_of_record({"--tls-cert", "a.pem"}), HasSubstr("--tls-cert: needs --tls-key as well"));
  EXPECT_THAT(complaint_of_record({"--client-key", "a.pem"}), HasSubstr("--client-key: needs --client-cert as well"));
  EXPECT_THAT(complaint_of_record({"--tls-ca-out", "a.pem"}),
              HasSubstr("--tls-ca-out: says nothing without --tls auto"));
  EXPECT_THAT(complaint_of_record({"--tls", "auto", "--tls-ca-out", "a.pem", "--tls-cert", "a", "--tls-key", "b"}),
              HasSubstr("--tls: says nothing with --tls-cert"));
  EXPECT_THAT(complaint_of_record({"--tls-cert", "/no/such.pem", "--tls-key", "/no/such.key"}),
              HasSubstr("/no/such.pem: no certificate in PEM"));
  EXPECT_THAT(complaint_of_record({"--tls", "auto", "--tls-ca-out", "/no/such/folder/ca.pem"}),
              HasSubstr("/no/such/folder/ca.pem: cannot be written"));
}

TEST(TlsOptions, ListenersThatOthersCanReachAreWarnedOf) {
  EXPECT_EQ(exposure_of("--graph-listen", "127.0.0.1:80"), "");
  EXPECT_EQ(exposure_of("--graph-listen", "[::1]:80"), "");
  EXPECT_THAT(exposure_of("--graph-listen", "0.0.0.0:80"), HasSubstr("WARNING: --graph-listen listens on 0.0.0.0:80"));
  EXPECT_THAT(exposure_of("--graph-listen", "[::]:80"), HasSubstr("WARNING"));
  EXPECT_THAT(exposure_of("--graph-listen", "192.0.2.1:80"), HasSubstr("WARNING"));
}

// A recorder process whose listeners speak TLS, and a bot and callers that this test plays.
class TlsCommandTest : public testing::Test {
 protected:
  void start(std::vector<std::string> options) {
    options.insert(options.begin(), {ROLLCALL_EXECUTABLE, "record", "--corpus", fresh("corpus"), "--name", "live",
                                     "--graph", "http://127.0.0.1:1"});
    process_.emplace(options);
    ready_ = process_->read_line();
    ASSERT_THAT(ready_, MatchesRegex("ready webhook=https://[0-9.:]+ graph=https://[0-9.:]+ session=.*"));
  }

  Url webhook() const {
    const auto at = ready_.find("webhook=") + 8;
    return *parse_url(ready_.substr(at, ready_.find(' ', at) - at));
  }

  std::string ask(HttpClient& client) {
    return loop_.run([&]() -> Task<std::string> {
      const corpus::Outcome outcome = co_await client.send(request("POST", "/api/calls", "hello"));
      if (const auto* answered = std::get_if<corpus::Response>(&outcome)) co_return answered->body;
      co_return std::get<corpus::Failure>(outcome).reason + ": " + client.detail();
    });
  }

  Ended stop() {
    process_->signal(SIGTERM);
    return process_->wait();
  }

  corpus::Session session() { return corpus::read_session(ready_.substr(ready_.find("session=") + 8)).value(); }

  Task<std::optional<corpus::Response>> answer(corpus::Request request) {
    co_return response(200, {{"Content-Length", ""}}, "bot: " + request.body);
  }

  Loop loop_;
  HttpServer bot_{loop_.io, {}, [this](corpus::Request request) { return answer(std::move(request)); }};
  std::optional<TestProcess> process_;
  std::string ready_;
};

TEST_F(TlsCommandTest, AutoMakesAnAuthorityAndSaysHowToTrustIt) {
  const std::string ca = fresh("ca.pem");
  start({"--bot", "http://" + bot_.listen("127.0.0.1", 0).value(), "--tls", "auto", "--tls-ca-out", ca});
  HttpClient trusting(loop_.io, webhook(), {}, client_context(ca, {}).value());
  EXPECT_EQ(ask(trusting), "bot: hello");
  HttpClient other(loop_.io, webhook(), {});
  EXPECT_THAT(ask(other), HasSubstr("tls: 127.0.0.1: unable to get local issuer certificate"));
  const Ended ended = stop();
  EXPECT_EQ(ended.status, 0);
  for (const char* name :
       {"NODE_EXTRA_CA_CERTS=", ".NET    SSL_CERT_FILE=", "REQUESTS_CA_BUNDLE=", "CURL_CA_BUNDLE="}) {
    EXPECT_THAT(ended.err, HasSubstr(name + ca));
  }
  EXPECT_THAT(ended.err, HasSubstr("-file " + ca + " -keystore"));
  EXPECT_THAT(ended.err, HasSubstr("webhook: refused 127.0.0.1:"));
  EXPECT_THAT(ended.err, HasSubstr("refused 1 requests or connections"));
  EXPECT_THAT(ended.err, Not(HasSubstr("WARNING")));
  ASSERT_EQ(session().exchanges.size(), 1);
  EXPECT_EQ(session().exchanges[0].request.body, "hello");
}

TEST_F(TlsCommandTest, KeptAuthorityIsTrustedInTheNextRun) {
  const std::string ca = fresh("ca.pem"), key = fresh("ca.key");
  const std::string bot = "http://" + bot_.listen("127.0.0.1", 0).value();
  start({"--bot", bot, "--tls", "auto", "--tls-ca-out", ca, "--tls-ca-key", key});
  stop();
  start({"--bot", bot, "--tls", "auto", "--tls-ca-key", key});
  HttpClient trusting(loop_.io, webhook(), {}, client_context(ca, {}).value());
  EXPECT_EQ(ask(trusting), "bot: hello");
}

TEST_F(TlsCommandTest, CertificatesOfOnesOwnOnBothSides) {
  const TestCertificate own = make_certificate("IP:127.0.0.1"), bot = make_certificate("IP:127.0.0.1"),
                        client = make_certificate("DNS:client");
  const std::string own_file = write_file("own.pem", own.certificate);
  const CertificateFiles bot_files{write_file("bot.pem", bot.certificate), write_file("bot.key", bot.key)};
  TlsContext asking = server_context(bot_files).value();
  SSL_CTX_set_verify(asking.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_load_verify_file(asking.get(), write_file("client.pem", client.certificate).c_str());
  bot_.use_tls(asking);
  start({"--bot", "https://" + bot_.listen("127.0.0.1", 0).value(), "--ca-file", bot_files.certificate, "--tls-cert",
         own_file, "--tls-key", write_file("own.key", own.key), "--client-cert",
         write_file("client.pem", client.certificate), "--client-key", write_file("client.key", client.key)});
  HttpClient caller(loop_.io, webhook(), {}, client_context(own_file, {}).value());
  EXPECT_EQ(ask(caller), "bot: hello");
  EXPECT_EQ(stop().status, 0);
}

TEST_F(TlsCommandTest, BotThatIsNotTrustedIsNotSpokenTo) {
  const TestCertificate bot = make_certificate("IP:127.0.0.1");
  bot_.use_tls(server_context({write_file("bot.pem", bot.certificate), write_file("bot.key", bot.key)}).value());
  const std::string ca = fresh("ca.pem");
  start({"--bot", "https://" + bot_.listen("127.0.0.1", 0).value(), "--tls", "auto", "--tls-ca-out", ca});
  HttpClient caller(loop_.io, webhook(), {}, client_context(ca, {}).value());
  EXPECT_THAT(ask(caller), HasSubstr("rollcallUpstreamFailed"));
  stop();
  EXPECT_EQ(session().exchanges[0].failure()->reason, "tls");
}

TEST_F(TlsCommandTest, ReplayStandsInForGraphByHttps) {
  const std::string session = write_file(
      "session.jsonl",
      R"({"rollcall":1,"name":"n","started":"2026-11-24T10:00:00.000000Z","bot":"http://b","graph":"https://graph.microsoft.com","origin":"o"})"
      "\n"
      R"({"x":1,"t":0,"leg":"graph","request":{"method":"POST","target":"/v1.0/communications/calls","headers":[],"json":{"a":1}}})"
      "\n"
      R"({"x":1,"t":10,"response":{"status":201,"headers":[["Location","https://graph.microsoft.com/v1.0/x"]],"json":{"b":2}}})"
      "\n"
      R"({"end":{"t":10,"messages":2}})"
      "\n");
  const std::string ca = fresh("ca.pem");
  process_.emplace(std::vector<std::string>{ROLLCALL_EXECUTABLE, "replay", session, "--bot",
                                            "http://" + bot_.listen("127.0.0.1", 0).value(), "--tls", "auto",
                                            "--tls-ca-out", ca, "--settle", "1ms", "--lateness-budget", "1m"});
  ready_ = process_->read_line();
  std::string location;
  loop_.run([&]() -> Task<void> {
    HttpClient graph(loop_.io, *parse_url(ready_.substr(ready_.find("https://"))), {}, client_context(ca, {}).value());
    const corpus::Outcome outcome = co_await graph.send(request("POST", "/v1.0/communications/calls", "{\"a\":1}"));
    const auto* answered = std::get_if<corpus::Response>(&outcome);
    if (answered != nullptr) location = find_header(answered->headers, "location").value_or("none");
  });
  EXPECT_EQ(location, ready_.substr(ready_.find("https://")) + "/v1.0/x");
  EXPECT_EQ(process_->wait().status, 0);
}

}  // namespace
}  // namespace harness
