#include "corpus/playable.h"

#include <gtest/gtest.h>

#include <string>

namespace {

corpus::Session session_of(corpus::Leg leg) {
  corpus::Session session;
  session.path = "f";
  corpus::Exchange& exchange = session.exchanges.emplace_back();
  exchange.number = 7;
  exchange.leg = leg;
  exchange.request = {"POST", "/api/calls?x=1", {{"A", "one two"}}, "\r\nwhatever\r\n", {}};
  exchange.outcome = corpus::Response{200, {{"B", ""}}, "", {}};
  exchange.request_line = 2;
  exchange.outcome_line = 3;
  return session;
}

std::string fault_of(const corpus::Session& session) {
  const auto playable = corpus::check_playable(session);
  return playable ? "" : to_string(playable.error());
}

TEST(Playable, IsWhatHttpCanCarry) {
  EXPECT_EQ(fault_of(session_of(corpus::Leg::webhook)), "");
  EXPECT_EQ(fault_of(session_of(corpus::Leg::graph)), "");
  EXPECT_EQ(fault_of(corpus::Session()), "");
}

TEST(Playable, IsNoDeliveryThatWouldBeTwoRequests) {
  corpus::Session session = session_of(corpus::Leg::webhook);
  session.exchanges[0].request.headers[0].value = "x\r\nContent-Length: 0\r\n\r\nGET /stop HTTP/1.1";
  EXPECT_EQ(fault_of(session), "f:2: exchange 7 cannot be played: a header's value holds a line break");
  for (const char* target : {"/a\r\nb", "/a b", ""}) {
    session = session_of(corpus::Leg::webhook);
    session.exchanges[0].request.target = target;
    EXPECT_EQ(fault_of(session),
              "f:2: exchange 7 cannot be played: its target holds a space or a line break, or nothing");
  }
  session = session_of(corpus::Leg::webhook);
  session.exchanges[0].request.method = "GET / HTTP/1.1\n";
  EXPECT_EQ(fault_of(session), "f:2: exchange 7 cannot be played: its method is none that HTTP can carry");
  session = session_of(corpus::Leg::webhook);
  session.exchanges[0].request.headers[0].name = "A: b\nC";
  EXPECT_EQ(fault_of(session), "f:2: exchange 7 cannot be played: a header's name is none that HTTP can carry");
}

TEST(Playable, IsNoAnswerOfGraphWithALineBreak) {
  corpus::Session session = session_of(corpus::Leg::graph);
  std::get<corpus::Response>(session.exchanges[0].outcome).headers[0].value = "x\ny";
  EXPECT_EQ(fault_of(session), "f:3: exchange 7 cannot be played: a header's value holds a line break");
}

TEST(Playable, MayHoldWhateverTheBotSent) {
  corpus::Session session = session_of(corpus::Leg::graph);
  session.exchanges[0].request.target = "/a\r\nb";
  EXPECT_EQ(fault_of(session), "");
}

}  // namespace
