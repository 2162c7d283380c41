// What a bot must not do, whatever it is sent.
#include "harness/fuzzing/conduct.h"

#include <gmock/gmock.h>

#include "corpus/manner.h"
#include "tests/support/session_builder.h"

namespace harness {
namespace {

using support::call_is;
using support::kCall;
using support::kOther;
using support::SessionBuilder;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kAda = "0f6fbb68-30d7-4c45-9f4a-2a4c4ad2b6f1";
constexpr const char* kBob = "3a2d1c6e-9a1b-4c5d-8e7f-001122334455";

std::string calls(const std::string& call, const std::string& rest = "") {
  return "/v1.0/communications/calls/" + call + rest;
}

std::string mute(const std::string& call, const std::string& person) {
  return calls(call, "/participants/" + person + "/mute");
}

std::string roster(const std::string& call, const std::string& person) {
  return R"({"value":[{"changeType":"updated","resourceUrl":"/communications/calls/)" + call +
         R"(/participants","resourceData":[{"id":")" + person + R"("}]}]})";
}

std::vector<Misstep> missteps(SessionBuilder& live, const corpus::Session& played = {}) {
  const corpus::Session session = live.take();
  std::vector<Misstep> found;
  for (const Misconduct& one : misconduct_in(played, session)) found.push_back(one.misstep);
  return found;
}

class Conduct : public testing::Test {
 protected:
  Conduct() { live_.delivery(1'000, 1'100, call_is(kCall, "incoming", "created")); }

  SessionBuilder live_;
};

TEST_F(Conduct, NamedTargetsAreRight) {
  live_.request(2'000, 2'100, "POST", calls(kCall, "/answer"), "{}", 202);
  live_.delivery(3'000, 3'100, roster(kCall, kAda));
  live_.request(4'000, 4'100, "POST", mute("57DAB8B1894C409AB240BD8BEAE78896", kAda), R"({"clientContext":"a"})");
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, CallThatNothingNamed) {
  live_.request(2'000, 2'100, "POST", calls(kOther, "/answer"), "{}", 202);
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::wrong_target));
}

TEST_F(Conduct, CallThatIsNamedTooLate) {
  live_.request(2'000, 2'100, "POST", calls(kOther, "/answer"), "{}", 404);
  live_.delivery(3'000, 3'100, call_is(kOther, "incoming", "created"));
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::wrong_target));
}

TEST_F(Conduct, CallThatAnAnswerNamed) {
  live_.request(2'000, 2'100, "POST", "/v1.0/communications/calls", "{}", 201,
                R"({"id":")" + std::string(kOther) + "\"}");
  live_.request(3'000, 3'100, "DELETE", calls(kOther), "", 204);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, CallThatAnAnswerNamedInItsHeader) {
  live_.request(2'000, 2'100, "POST", "/v1.0/communications/calls", "{}", 201);
  std::get<corpus::Response>(live_.last().outcome).headers = {{"Location", "http://g" + calls(kOther)}};
  live_.request(3'000, 3'100, "DELETE", calls(kOther), "", 204);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, TargetsThatAWishNamed) {
  live_.delivery(2'000, 2'100, "{}");
  live_.last().request.target = "/calls/" + std::string(kOther) + "/mute/" + kAda;
  live_.request(3'000, 3'100, "POST", mute(kOther, kAda), "{}");
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, PersonOfAnotherCall) {
  live_.delivery(2'000, 2'100, call_is(kOther, "established"));
  live_.delivery(3'000, 3'100, roster(kCall, kAda));
  live_.request(4'000, 4'100, "POST", mute(kOther, kAda), "{}");
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::wrong_target));
}

TEST_F(Conduct, PersonInEscapes) {
  live_.delivery(3'000, 3'100, roster(kCall, "\\u0030f6fbb68-30d7-4c45-9f4a-2a4c4ad2b6f1"));
  live_.request(4'000, 4'100, "POST", mute(kCall, kAda), "{}");
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, RequestLongAfterTheEnd) {
  live_.delivery(10'000, 10'100, roster(kCall, kAda));
  live_.delivery(20'000, 21'000, call_is(kCall, "terminated", "deleted"));
  live_.request(90'000, 90'100, "POST", mute(kCall, kAda), "{}", 404);
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::gone));
}

TEST_F(Conduct, StragglerBehindTheEnd) {
  live_.delivery(10'000, 10'100, roster(kCall, kAda));
  live_.delivery(20'000, 21'000, call_is(kCall, "terminated", "deleted"));
  live_.request(60'000, 60'100, "POST", mute(kCall, kAda), "{}", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

// A bot sends its requests about a call one after the other, and Graph took its time.
TEST_F(Conduct, QueueThatIsWorkedOffBehindTheEnd) {
  live_.delivery(10'000, 10'100, roster(kCall, kAda));
  live_.request(15'000, 900'000, "POST", calls(kCall, "/answer"), "{}", 202);
  live_.delivery(20'000, 21'000, call_is(kCall, "terminated", "deleted"));
  live_.request(910'000, 990'000, "POST", mute(kCall, kAda), "{}", 404);
  live_.request(991'000, 992'000, "DELETE", calls(kCall), "", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

// The connection broke, and HTTP clients try again by themselves.
TEST_F(Conduct, RetryBehindTheEnd) {
  live_.request(15'000, 15'100, "DELETE", calls(kCall), "", 500);
  live_.delivery(20'000, 21'000, call_is(kCall, "terminated", "deleted"));
  live_.request(21'100, 21'200, "DELETE", calls(kCall), "", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, RetryOfWhatWasAnsweredInPart) {
  live_.request(15'000, 15'100, "DELETE", calls(kCall), "", 204);
  corpus::Sending sending;
  sending.breaks = corpus::Breaking::before;
  corpus::set_manner(std::get<corpus::Response>(live_.last().outcome).extra, {sending, std::nullopt});
  live_.delivery(20'000, 21'000, call_is(kCall, "terminated", "deleted"));
  live_.request(21'100, 21'200, "DELETE", calls(kCall), "", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, SameOnceMoreBehindTheEnd) {
  live_.request(15'000, 15'100, "DELETE", calls(kCall), "", 204);
  live_.delivery(20'000, 21'000, call_is(kCall, "terminated", "deleted"));
  live_.request(21'100, 21'200, "DELETE", calls(kCall), "", 404);
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::gone));
}

// A bot that asks for the same at each such message was told of another one just before the end.
TEST_F(Conduct, SameOnceMoreBehindTheEndOverNews) {
  live_.delivery(10'000, 10'100, roster(kCall, kAda));
  live_.request(15'000, 15'100, "POST", mute(kCall, kAda), "{}", 200);
  live_.delivery(19'000, 19'100, roster(kCall, kBob));
  live_.delivery(20'000, 21'000, call_is(kCall, "terminated", "deleted"));
  live_.request(21'100, 21'200, "POST", mute(kCall, kAda), "{}", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, EndThatWasNotAcknowledged) {
  live_.delivery(10'000, 10'100, roster(kCall, kAda));
  live_.delivery(20'000, 21'000, call_is(kCall, "terminated", "deleted"), 500);
  live_.request(90'000, 90'100, "POST", mute(kCall, kAda), "{}", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

// The moment of the acknowledgement counts, not that of the delivery.
TEST_F(Conduct, EndThatIsAcknowledgedLate) {
  live_.delivery(10'000, 10'100, roster(kCall, kAda));
  live_.delivery(20'000, 95'000, call_is(kCall, "terminated", "deleted"));
  live_.request(90'000, 90'100, "POST", mute(kCall, kAda), "{}", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, EndThatContradictsItself) {
  std::string body = call_is(kCall, "terminated", "deleted");
  body.insert(body.size() - 3, R"(,"changeType":"updated")");
  live_.delivery(20'000, 21'000, body);
  live_.request(90'000, 90'100, "POST", calls(kCall, "/answer"), "{}", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, WhatTheRecordingShowsAfterTheEnd) {
  SessionBuilder recorded;
  recorded.delivery(1'000, 1'100, call_is(kOther, "terminated", "deleted"));
  recorded.request(2'000, 2'100, "DELETE", calls(kOther), "", 404);
  live_.delivery(20'000, 21'000, call_is(kCall, "terminated", "deleted"));
  live_.request(90'000, 90'100, "DELETE", calls(kCall), "", 404);
  EXPECT_THAT(missteps(live_, recorded.take()), IsEmpty());
}

TEST_F(Conduct, SameOnceMoreBehindACopy) {
  live_.request(2'000, 2'100, "POST", calls(kCall, "/answer"), R"({"clientContext":"a"})", 202);
  live_.delivery(3'000, 3'100, call_is(kCall, "incoming", "created"));
  live_.request(4'000, 4'100, "POST", calls(kCall, "/answer"), R"({"clientContext":"b"})", 404);
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::acted_twice));
}

TEST_F(Conduct, SameOnceMoreBehindSomethingNew) {
  live_.delivery(2'000, 2'100, roster(kCall, kAda));
  live_.request(3'000, 3'100, "POST", mute(kCall, kAda), "{}");
  live_.delivery(4'000, 4'100, roster(kCall, kBob));
  live_.delivery(5'000, 5'100, roster(kCall, kAda));
  live_.request(6'000, 6'100, "POST", mute(kCall, kAda), "{}", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

// Whoever is quicker, the second message or the first request: each message may lead to one.
TEST_F(Conduct, SameOnceForEachOfTwoMessages) {
  live_.delivery(2'000, 2'100, roster(kCall, kAda));
  live_.delivery(2'200, 2'300, roster(kCall, kAda) + " ");
  live_.request(3'000, 3'100, "POST", mute(kCall, kAda), "{}");
  live_.request(3'200, 3'300, "POST", mute(kCall, kAda), "{}");
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, SameThreeTimesForTwoMessages) {
  live_.delivery(2'000, 2'100, roster(kCall, kAda));
  live_.delivery(2'200, 2'300, roster(kCall, kAda) + " ");
  for (const corpus::Micros at : {3'000, 4'000, 5'000}) {
    live_.request(at, at + 100, "POST", mute(kCall, kAda), "{}");
  }
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::acted_twice));
}

// What came before the bot last asked for something else has been dealt with; and copies are one message.
TEST_F(Conduct, SameTwiceForOneMessageAndAnOlderOne) {
  live_.delivery(2'000, 2'100, roster(kCall, kAda));
  live_.request(3'000, 3'100, "POST", calls(kCall, "/answer"), "{}", 202);
  live_.delivery(4'000, 4'100, roster(kCall, kAda) + " ");
  live_.delivery(4'200, 4'300, roster(kCall, kAda) + " ");
  live_.request(5'000, 5'100, "POST", mute(kCall, kAda), "{}");
  live_.request(5'200, 5'300, "POST", mute(kCall, kAda), "{}");
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::acted_twice));
}

TEST_F(Conduct, SameOnceMoreAsRecorded) {
  SessionBuilder recorded;
  recorded.request(1'000, 1'100, "POST", calls(kOther, "/answer"), "{}", 202);
  recorded.request(2'000, 2'100, "POST", calls(kOther, "/answer"), "{}", 202);
  live_.request(2'000, 2'100, "POST", calls(kCall, "/answer"), "{}", 202);
  live_.request(3'000, 3'100, "POST", calls(kCall, "/answer"), "{}", 202);
  EXPECT_THAT(missteps(live_, recorded.take()), IsEmpty());
}

TEST_F(Conduct, WishesOfTwoPeople) {
  for (const corpus::Micros at : {2'000, 3'000}) {
    live_.delivery(at, at + 100, R"({"callId":")" + std::string(kCall) + "\"}", 202, "/api/invite");
  }
  live_.request(4'000, 4'100, "POST", calls(kCall, "/participants/invite"), "{}");
  live_.request(5'000, 5'100, "POST", calls(kCall, "/participants/invite"), "{}");
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, TriedAgainBeforeItsTime) {
  live_.request(2'000, 2'100, "POST", calls(kCall, "/answer"), "{}", 429);
  std::get<corpus::Response>(live_.last().outcome).headers = {{"Retry-After", "1"}};
  live_.request(500'000, 500'100, "POST", calls(kCall, "/answer"), "{}", 202);
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::too_soon));
}

TEST_F(Conduct, TriedAgainBeforeItsTimeBehindNews) {
  live_.request(2'000, 2'100, "POST", calls(kCall, "/answer"), "{}", 429);
  std::get<corpus::Response>(live_.last().outcome).headers = {{"Retry-After", "1"}};
  live_.delivery(2'200, 2'300, call_is(kCall, "establishing"));
  live_.request(2'400, 2'500, "POST", calls(kCall, "/answer"), "{}", 202);
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::too_soon));
}

// Two have wished for the same before either was invited; then it is tried again all the same. Who wished for somebody
// else is no excuse.
TEST_F(Conduct, RefusedWishOfOneLetsAnotherBeAskedForAtOnce) {
  const auto invite = [this](corpus::Micros at, const std::string& who, int status) {
    live_.request(at, at + 100, "POST", calls(kCall, "/participants/invite"), R"({"id":")" + who + "\"}", status);
    std::get<corpus::Response>(live_.last().outcome).headers = {{"Retry-After", "1"}};
  };
  const auto wish = [this](corpus::Micros at, const std::string& who) {
    live_.delivery(at, at + 100, R"({"callId":")" + std::string(kCall) + R"(","user":")" + who + "\"}", 202,
                   "/api/invite");
  };
  wish(2'000, kAda);
  wish(2'200, kAda);
  invite(3'000, kAda, 429);
  invite(3'200, kAda, 200);
  EXPECT_THAT(missteps(live_), IsEmpty());
  wish(2'000, kAda);
  wish(2'200, kAda);
  invite(3'000, kAda, 429);
  invite(3'200, kAda, 429);
  invite(3'400, kAda, 200);
  EXPECT_THAT(missteps(live_), testing::Contains(Misstep::too_soon));
  wish(2'000, kAda);
  wish(2'200, kBob);
  invite(3'000, kAda, 429);
  invite(3'200, kAda, 200);
  EXPECT_THAT(missteps(live_), testing::Contains(Misstep::too_soon));
}

TEST_F(Conduct, TriedAgainInTime) {
  live_.request(2'000, 2'100, "POST", calls(kCall, "/answer"), "{}", 429);
  std::get<corpus::Response>(live_.last().outcome).headers = {{"Retry-After", "1"}};
  live_.request(1'003'000, 1'004'000, "POST", calls(kCall, "/answer"), "{}", 202);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, FieldThatIsNoNumberSaysNothing) {
  live_.request(2'000, 2'100, "POST", calls(kCall, "/answer"), "{}", 429);
  std::get<corpus::Response>(live_.last().outcome).headers = {{"Retry-After", "soon"}};
  live_.request(3'000, 3'100, "POST", calls(kCall, "/answer"), "{}", 202);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, TriedAgainAndAgain) {
  for (corpus::Micros i = 0; i < 9; ++i) {
    live_.request(2'000 + i * 1'000, 2'100 + i * 1'000, "POST", calls(kCall, "/answer"), "{}", 500);
  }
  EXPECT_THAT(missteps(live_), IsEmpty());
  live_.delivery(1'000, 1'100, call_is(kCall, "incoming", "created"));
  for (corpus::Micros i = 0; i < 12; ++i) {
    live_.request(2'000 + i * 1'000, 2'100 + i * 1'000, "POST", calls(kCall, "/answer"), "{}", 500);
  }
  EXPECT_THAT(missteps(live_), ElementsAre(Misstep::too_soon));
}

TEST_F(Conduct, TriedAgainAfterASuccess) {
  for (corpus::Micros i = 0; i < 12; ++i) {
    const int status = i == 5 ? 202 : 500;
    live_.request(2'000 + i * 1'000, 2'100 + i * 1'000, "POST", calls(kCall, "/answer"), "{}", status);
  }
  EXPECT_THAT(missteps(live_), testing::Not(testing::Contains(Misstep::too_soon)));
  live_.delivery(1'000, 1'100, call_is(kCall, "incoming", "created"));
  for (corpus::Micros i = 0; i < 10; ++i) {
    const int status = i == 9 ? 202 : 500;
    live_.request(2'000 + i * 1'000, 2'100 + i * 1'000, "POST", calls(kCall, "/answer"), "{}", status);
  }
  EXPECT_THAT(missteps(live_), IsEmpty());
}

TEST_F(Conduct, PollingIsNotLookedAt) {
  for (int i = 0; i < 12; ++i) live_.request(2'000, 2'100, "POST", calls(kOther, "/keepAlive"), "{}", 404);
  EXPECT_THAT(missteps(live_), IsEmpty());
}

}  // namespace
}  // namespace harness
