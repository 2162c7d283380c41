#include "harness/http_client.h"

#include <gmock/gmock.h>

#include "harness/upstream.h"
#include "loopback.h"

namespace harness {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A client, and an upstream that the test plays connection by connection.
class HttpClientTest : public testing::Test {
 protected:
  HttpClient client(const HttpLimits& limits = {}) { return HttpClient(loop_.io, upstream_.url(), limits); }

  // The upstream takes one request for each answer, on one connection, and closes it behind the last one.
  void answer(std::vector<std::string> answers) {
    loop_.beside([this, answers]() -> Task<void> {
      auto connection = co_await upstream_.accept();
      for (const std::string& bytes : answers) {
        requests_.push_back(co_await connection->receive_request());
        co_await connection->send(bytes);
      }
    });
  }

  corpus::Outcome send(HttpClient& client, const corpus::Request& request) {
    return loop_.run([&]() -> Task<corpus::Outcome> {
      corpus::Request copy = request;
      corpus::Outcome outcome = co_await client.send(std::move(copy));
      co_return outcome;
    });
  }

  std::string failure_of(HttpClient& client, const corpus::Request& request) {
    const corpus::Outcome outcome = send(client, request);
    const auto* failed = std::get_if<corpus::Failure>(&outcome);
    return failed ? failed->reason : "answered";
  }

  std::string body_of(HttpClient& client, const corpus::Request& request) {
    const corpus::Outcome outcome = send(client, request);
    const auto* answered = std::get_if<corpus::Response>(&outcome);
    return answered ? std::to_string(answered->status) + " " + answered->body
                    : std::get<corpus::Failure>(outcome).reason;
  }

  Loop loop_;
  RawListener upstream_{loop_.io};
  std::vector<std::string> requests_;
};

TEST_F(HttpClientTest, SendsAndReturnsTheAnswer) {
  answer({"HTTP/1.1 201 Created\r\nX-a: 1\r\nx-A: 2\r\nContent-Length: 4\r\n\r\nbody"});
  HttpClient subject = client();
  const corpus::Outcome outcome = send(subject, request("POST", "/calls", "{}"));
  EXPECT_EQ(std::get<corpus::Response>(outcome),
            response(201, {{"X-a", "1"}, {"x-A", "2"}, {"Content-Length", "4"}}, "body"));
  EXPECT_EQ(requests_[0], "POST /calls HTTP/1.1\r\nHost: " + upstream_.address() + "\r\nContent-Length: 2\r\n\r\n{}");
}

TEST_F(HttpClientTest, UsesOneConnectionForManyRequests) {
  answer({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n2\r\n0\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n4"});
  HttpClient subject = client();
  EXPECT_EQ(body_of(subject, request("POST", "/1")), "200 1");
  EXPECT_EQ(body_of(subject, request("POST", "/2")), "200 2");
  EXPECT_EQ(body_of(subject, request("POST", "/3")), "204 ");
  EXPECT_EQ(body_of(subject, request("POST", "/4")), "200 4");
}

TEST_F(HttpClientTest, AnswerDelimitedByClose) {
  answer({"HTTP/1.1 200 OK\r\n\r\nall of it"});
  HttpClient subject = client();
  EXPECT_EQ(body_of(subject, request("GET", "/")), "200 all of it");
}

TEST_F(HttpClientTest, AnswerToHeadHasNoContent) {
  answer({"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"});
  HttpClient subject = client();
  EXPECT_EQ(body_of(subject, request("HEAD", "/")), "200 ");
  EXPECT_EQ(body_of(subject, request("GET", "/")), "200 ok");
}

TEST_F(HttpClientTest, InformationalAnswersAreSkipped) {
  answer(
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
       "2\r\n\r\nok"});
  HttpClient subject = client();
  const corpus::Outcome outcome = send(subject, request("GET", "/"));
  EXPECT_EQ(std::get<corpus::Response>(outcome), response(200, {{"Content-Length", "2"}}, "ok"));
}

TEST_F(HttpClientTest, TellsWhenTheRequestIsWritten) {
  HttpClient subject = client();
  bool written = false;
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await upstream_.accept();
    co_await connection->receive_request();
    EXPECT_TRUE(written);
    co_await connection->send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  int calls = 0;
  loop_.run([&]() -> Task<void> {
    corpus::Request asked = request("GET", "/");
    co_await subject.send(std::move(asked), [&] {
      written = true;
      ++calls;
    });
  });
  EXPECT_EQ(calls, 1);
}

TEST_F(HttpClientTest, Refused) {
  HttpClient subject = client();
  upstream_.close();
  EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kRefused);
}

TEST_F(HttpClientTest, Unreachable) {
  HttpClient subject(loop_.io, *parse_url("http://255.255.255.255"), {});
  EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kUnreachable);
}

TEST_F(HttpClientTest, Unresolved) {
  HttpClient subject(loop_.io, *parse_url("http://no-such-host.invalid"), {});
  EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kUnresolved);
  EXPECT_NE(subject.detail(), "");
}

TEST_F(HttpClientTest, NoAnswerInTime) {
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await upstream_.accept();
    co_await connection->receive_all();
  });
  HttpClient subject = client(short_limits());
  EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kTimeout);
}

TEST_F(HttpClientTest, AnswerThatStopsInTheMiddle) {
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await upstream_.accept();
    co_await connection->send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbo");
    co_await connection->receive_all();
  });
  HttpClient subject = client(short_limits());
  EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kTimeout);
}

TEST_F(HttpClientTest, UpstreamThatDoesNotReadInTime) {
  std::unique_ptr<Raw> connection;
  loop_.beside([&]() -> Task<void> { connection = co_await upstream_.accept(); });
  HttpClient subject = client(short_limits());
  EXPECT_EQ(failure_of(subject, request("POST", "/", std::string(16 * 1024 * 1024, 'x'))), failure::kTimeout);
}

TEST_F(HttpClientTest, ClosedInTheMiddle) {
  answer({"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbo"});
  HttpClient subject = client();
  EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kClosed);
}

TEST_F(HttpClientTest, Reset) {
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await upstream_.accept();
    co_await connection->receive_request();
    connection->reset();
  });
  HttpClient subject = client();
  EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kReset);
}

TEST_F(HttpClientTest, BadAnswers) {
  for (const char* bytes : {"nonsense\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"}) {
    answer({bytes});
    HttpClient subject = client();
    EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kBadAnswer) << bytes;
  }
}

TEST_F(HttpClientTest, AnswersThatAreTooLarge) {
  for (const std::string& bytes : {std::string("HTTP/1.1 200 OK\r\nContent-Length: 65537\r\n\r\n"),
                                   "HTTP/1.1 200 OK\r\nX: " + std::string(5000, 'x') + "\r\n\r\n"}) {
    answer({bytes});
    HttpClient subject = client(short_limits());
    EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kTooLarge);
  }
}

TEST_F(HttpClientTest, StaleConnectionIsNoticedBeforeItIsUsed) {
  answer({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"});
  HttpClient subject = client();
  EXPECT_EQ(body_of(subject, request("POST", "/1")), "200 1");
  answer({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2"});
  EXPECT_EQ(body_of(subject, request("POST", "/2")), "200 2");
  EXPECT_EQ(requests_.size(), 2u);
}

TEST_F(HttpClientTest, ConnectionWithUnaskedBytesIsNotUsedAgain) {
  answer({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong"});
  HttpClient subject = client();
  EXPECT_EQ(body_of(subject, request("POST", "/1")), "200 1");
  answer({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2"});
  EXPECT_EQ(body_of(subject, request("POST", "/2")), "200 2");
}

// The upstream answers once, takes a second request on the same connection and leaves without a word.
void take_two_and_leave(Loop& loop, RawListener& upstream, std::vector<std::string>& requests) {
  loop.beside([&]() -> Task<void> {
    auto connection = co_await upstream.accept();
    requests.push_back(co_await connection->receive_request());
    co_await connection->send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
    requests.push_back(co_await connection->receive_request());
  });
}

TEST_F(HttpClientTest, IdempotentRequestIsSentAgainWhenAKeptConnectionDies) {
  take_two_and_leave(loop_, upstream_, requests_);
  HttpClient subject = client();
  EXPECT_EQ(body_of(subject, request("GET", "/1")), "200 1");
  answer({"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain"});
  EXPECT_EQ(body_of(subject, request("GET", "/2")), "200 again");
  EXPECT_EQ(requests_.size(), 3u);
  EXPECT_EQ(requests_[1], requests_[2]);
}

TEST_F(HttpClientTest, OtherRequestIsNotSentTwice) {
  take_two_and_leave(loop_, upstream_, requests_);
  HttpClient subject = client();
  EXPECT_EQ(body_of(subject, request("POST", "/1")), "200 1");
  EXPECT_EQ(failure_of(subject, request("POST", "/2")), failure::kClosed);
  EXPECT_EQ(requests_.size(), 2u);
}

TEST_F(HttpClientTest, FreshConnectionThatDiesIsAFailure) {
  answer({""});
  HttpClient subject = client();
  EXPECT_EQ(failure_of(subject, request("GET", "/")), failure::kClosed);
}

TEST_F(HttpClientTest, AnswerBeforeTheBodyWasTaken) {
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await upstream_.accept();
    co_await connection->receive_through("\r\n\r\n");
    co_await connection->send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
    connection->reset();
  });
  HttpClient subject = client();
  EXPECT_EQ(body_of(subject, request("POST", "/", std::string(16 * 1024 * 1024, 'x'))), "413 big");
}

TEST_F(HttpClientTest, KeepAliveOfTheUpstreamIsRespected) {
  answer({"HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1, max=100\r\nContent-Length: 1\r\n\r\n1", "never"});
  HttpClient subject = client();
  EXPECT_EQ(body_of(subject, request("POST", "/1")), "200 1");
  answer({"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2"});
  EXPECT_EQ(body_of(subject, request("POST", "/2")), "200 2");
}

TEST_F(HttpClientTest, FlightCanBeAborted) {
  HttpClient subject = client();
  HttpClient::Wire wire;
  HttpClient::Flight flight;
  corpus::Outcome outcome;
  subject.prepare(request("GET", "/"), wire);
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await upstream_.accept();
    co_await connection->receive_request();
    flight.abort(failure::kCallerClosed);
    co_await connection->receive_all();
  });
  loop_.run([&]() -> Task<void> { co_await subject.send(wire, outcome, {}, &flight); });
  EXPECT_EQ(std::get<corpus::Failure>(outcome).reason, failure::kCallerClosed);
  flight.abort(failure::kCutOff);  // nothing is under way any more
}

TEST_F(HttpClientTest, MayBeDestroyedWhileARequestIsUnderWay) {
  std::optional<HttpClient> subject = client();
  loop_.beside([&]() -> Task<void> {
    auto connection = co_await upstream_.accept();
    co_await connection->receive_request();
    subject.reset();
    co_await connection->send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  });
  const corpus::Outcome outcome = send(*subject, request("GET", "/"));
  EXPECT_EQ(std::get<corpus::Response>(outcome).body, "ok");
}

}  // namespace
}  // namespace harness
