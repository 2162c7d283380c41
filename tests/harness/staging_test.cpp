#include "harness/staging.h"

#include <gmock/gmock.h>

#include "corpus/content_coding.h"
#include "corpus/manner.h"
#include "harness/http_client.h"
#include "harness/http_server.h"
#include "harness/upstream.h"
#include "loopback.h"

namespace harness {
namespace {

using corpus::Breaking;
using corpus::Manner;
using corpus::Sending;
using corpus::TokenFlaw;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const Url& bot() {
  static const Url url = *parse_url("http://127.0.0.1:1");
  return url;
}

corpus::Request with_manner(corpus::Request request, const Manner& manner) {
  corpus::set_manner(request.extra, manner);
  return request;
}

corpus::Request told(const Manner& manner) {
  corpus::Request request = harness::request("POST", "/api/calls", "0123456789");
  request.headers = {{"Authorization", "Bearer good"}, {"Content-Length", "10"}};
  return with_manner(std::move(request), manner);
}

std::string wire_of(const corpus::Request& request, Steps& steps) {
  std::string wire;
  stage_request(wire, request, bot(), steps);
  return wire;
}

TEST(Staging, LeavesOtherMessagesAsTheyAre) {
  Steps steps{.ends = {3}, .reset = true};
  std::string usual;
  append_request(usual, told({}), bot());
  EXPECT_EQ(wire_of(told({}), steps), usual);
  EXPECT_FALSE(steps.any());
}

TEST(Staging, CutsTheBodyIntoChunks) {
  Steps steps;
  const std::string wire = wire_of(told({Sending{.pieces = {1, 4}, .pause = 7}, {}}), steps);
  EXPECT_THAT(wire, HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
  EXPECT_THAT(wire, Not(HasSubstr("Content-Length")));
  const std::size_t head = wire.find("\r\n\r\n") + 4;
  EXPECT_EQ(wire.substr(head), "1\r\n0\r\n4\r\n1234\r\n5\r\n56789\r\n0\r\n\r\n");
  EXPECT_THAT(steps.ends, ElementsAre(head + 6, head + 15, wire.size()));
  EXPECT_EQ(steps.pause.count(), 7);
}

TEST(Staging, HoldsAWholeMessageBack) {
  Steps steps;
  std::string usual;
  append_request(usual, told({}), bot());
  EXPECT_EQ(wire_of(told({Sending{.hold = 7}, {}}), steps), usual);
  EXPECT_THAT(steps.ends, ElementsAre(usual.size()));
  EXPECT_EQ(steps.hold.count(), 7);
}

TEST(Staging, LeavesOutPiecesBehindTheEnd) {
  Steps steps;
  const std::string wire = wire_of(told({Sending{.pieces = {8, 8, 8}}, {}}), steps);
  EXPECT_THAT(wire, EndsWith("8\r\n01234567\r\n2\r\n89\r\n0\r\n\r\n"));
  EXPECT_EQ(steps.ends.size(), 2u);
}

TEST(Staging, TellsAnotherLength) {
  Steps steps;
  const std::string wire = wire_of(told({Sending{.length = 99}, {}}), steps);
  EXPECT_THAT(wire, HasSubstr("\r\nContent-Length: 99\r\n"));
  EXPECT_THAT(wire, EndsWith("\r\n\r\n0123456789"));
  EXPECT_TRUE(steps.last);
}

TEST(Staging, CompressesTheBody) {
  Steps steps;
  corpus::Request sent = told({Sending{.gzip = true}, {}});
  const std::string wire = wire_of(sent, steps);
  EXPECT_THAT(wire, HasSubstr("\r\nContent-Encoding: gzip\r\n"));
  const std::string body = wire.substr(wire.find("\r\n\r\n") + 4);
  EXPECT_THAT(wire, HasSubstr("\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"));
  EXPECT_EQ(corpus::decoded_body({{"Content-Encoding", "gzip"}}, body), "0123456789");
}

TEST(Staging, BreaksOff) {
  Steps steps;
  EXPECT_EQ(wire_of(told({Sending{.breaks = Breaking::before}, {}}), steps), "");
  EXPECT_TRUE(steps.reset);
  EXPECT_THAT(wire_of(told({Sending{.breaks = Breaking::within}, {}}), steps), EndsWith("\r\n\r\n01234"));
  EXPECT_THAT(wire_of(told({Sending{.pieces = {2}, .breaks = Breaking::within}, {}}), steps), EndsWith("2\r\n01\r\n"));
}

TEST(Staging, SpoilsTokensThatNeedNoKey) {
  Steps steps;
  EXPECT_THAT(wire_of(told({{}, TokenFlaw::none}), steps), Not(HasSubstr("Authorization")));
  const std::string two = wire_of(told({{}, TokenFlaw::two}), steps);
  EXPECT_THAT(two, HasSubstr("Authorization: Bearer good\r\n"));
  EXPECT_NE(two.find("Authorization: "), two.rfind("Authorization: "));
  EXPECT_THAT(wire_of(told({{}, TokenFlaw::expired}), steps), HasSubstr("Authorization: Bearer good\r\n"));
}

TEST(Staging, TakesAnUnreadableMannerForNone) {
  corpus::Request request = told({});
  request.extra = R"("sending":7)";
  Steps steps;
  EXPECT_THAT(wire_of(request, steps), EndsWith("0123456789"));
  EXPECT_FALSE(steps.any());
}

// Over real connections.
class StagingOnTheWire : public testing::Test {
 protected:
  // What a client makes of an answer that is sent so.
  corpus::Outcome answer_in(const Manner& manner) {
    HttpServer server(loop_.io, {},
                      HttpServer::Handler([manner](corpus::Request) -> Task<std::optional<corpus::Response>> {
                        corpus::Response answer = response(200, {{"Content-Length", "10"}}, "0123456789");
                        corpus::set_manner(answer.extra, manner);
                        co_return answer;
                      }));
    HttpClient client(loop_.io, *parse_url("http://" + *server.listen("127.0.0.1", 0)), short_limits());
    return loop_.run([&]() -> Task<corpus::Outcome> {
      corpus::Outcome outcome = co_await client.send(request("POST", "/", "x"));
      co_return outcome;
    });
  }

  static std::string reason(const corpus::Outcome& outcome) {
    const auto* const failed = std::get_if<corpus::Failure>(&outcome);
    return failed != nullptr ? failed->reason : "answered";
  }

  // What a server makes of a request that is sent so: its body; and what the client then has.
  std::pair<std::string, corpus::Outcome> ask_in(const Manner& manner) {
    std::string body = "nothing";
    HttpServer server(loop_.io, short_limits(),
                      HttpServer::Handler([&body](corpus::Request asked) -> Task<std::optional<corpus::Response>> {
                        body = asked.body;
                        co_return response(202, {{"Content-Length", "0"}});
                      }));
    HttpClient client(loop_.io, *parse_url("http://" + *server.listen("127.0.0.1", 0)), short_limits());
    corpus::Outcome outcome = loop_.run([&]() -> Task<corpus::Outcome> {
      corpus::Outcome got = co_await client.send(told(manner));
      co_return got;
    });
    return {body, std::move(outcome)};
  }

  Loop loop_;
};

TEST_F(StagingOnTheWire, PiecesArriveAsOneBody) {
  const auto [body, outcome] = ask_in({Sending{.pieces = {1, 1, 3}, .pause = 1000}, {}});
  EXPECT_EQ(body, "0123456789");
  EXPECT_EQ(reason(outcome), "answered");
}

TEST_F(StagingOnTheWire, WhatIsHeldBackArrives) {
  const auto [body, outcome] = ask_in({Sending{.hold = 1000}, {}});
  EXPECT_EQ(body, "0123456789");
  EXPECT_EQ(reason(outcome), "answered");
  EXPECT_EQ(reason(answer_in({Sending{.hold = 1000}, {}})), "answered");
}

TEST_F(StagingOnTheWire, RequestThatBreaksOffIsNoRequest) {
  const auto [body, outcome] = ask_in({Sending{.breaks = Breaking::within}, {}});
  EXPECT_EQ(body, "nothing");
  EXPECT_EQ(reason(outcome), failure::kReset);
}

TEST_F(StagingOnTheWire, RequestWithTooGreatALengthIsNoRequest) {
  EXPECT_EQ(ask_in({Sending{.length = 20}, {}}).first, "nothing");
}

TEST_F(StagingOnTheWire, AnswerInPiecesIsWhole) {
  const corpus::Outcome outcome = answer_in({Sending{.pieces = {3, 3}, .pause = 1000}, {}});
  ASSERT_EQ(reason(outcome), "answered");
  EXPECT_EQ(std::get<corpus::Response>(outcome).body, "0123456789");
}

TEST_F(StagingOnTheWire, AnswerCanBeAReset) {
  EXPECT_EQ(reason(answer_in({Sending{.breaks = Breaking::before}, {}})), failure::kReset);
  EXPECT_EQ(reason(answer_in({Sending{.breaks = Breaking::within}, {}})), failure::kReset);
}

TEST_F(StagingOnTheWire, AnswerThatIsTooShortIsNoneAndTooLongIsCut) {
  EXPECT_EQ(reason(answer_in({Sending{.length = 20}, {}})), failure::kClosed);
  const corpus::Outcome cut = answer_in({Sending{.length = 4}, {}});
  ASSERT_EQ(reason(cut), "answered");
  EXPECT_EQ(std::get<corpus::Response>(cut).body, "0123");
}

}  // namespace
}  // namespace harness
