#include "corpus/verify.h"

#include <gmock/gmock.h>

#include "corpus/session_file.h"

namespace {

using corpus::Micros;
using testing::ElementsAre;

/// What is wrong with a session of these lines, as a user sees it.
std::vector<std::string> wrong_with(const std::string& lines) {
  const auto session = corpus::parse_session("{\"rollcall\":1}\n" + lines, "f");
  std::vector<std::string> all;
  if (!session) return {"unreadable: " + to_string(session.error())};
  for (const corpus::Complaint& one : corpus::broken_promises(*session)) all.push_back(to_string(one.fault));
  return all;
}

std::string request(int number, Micros time, const std::string& more = "", const std::string& headers = "") {
  return R"({"x":)" + std::to_string(number) + R"(,"t":)" + std::to_string(time) + more +
         R"(,"leg":"graph","request":{"method":"GET","target":"/","headers":[)" + headers + "]}}\n";
}

std::string answer(int number, Micros time, const std::string& headers = "") {
  return R"({"x":)" + std::to_string(number) + R"(,"t":)" + std::to_string(time) +
         R"(,"response":{"status":200,"headers":[)" + headers + "]}}\n";
}

std::string end(Micros time, int messages) {
  return R"({"end":{"t":)" + std::to_string(time) + R"(,"messages":)" + std::to_string(messages) + "}}\n";
}

TEST(Verify, FindsNothingInAGoodSession) {
  EXPECT_THAT(wrong_with(request(1, 5) +
                         request(2, 5, R"(,"after":[1])", R"(["Authorization","Bearer redacted-0123456789abcdef"])") +
                         answer(2, 6) + answer(1, 6) + end(6, 4)),
              ElementsAre());
  EXPECT_THAT(wrong_with(end(0, 0)), ElementsAre());
}

TEST(Verify, FindsThatTheRecordingWasCutOff) {
  EXPECT_THAT(
      wrong_with(request(1, 5)),
      ElementsAre("f:2: the recording is incomplete: exchange 1: the request has no answer; expected: the answer of "
                  "each request",
                  "f: the recording is incomplete: it was cut off: there is no end line"));
}

TEST(Verify, FindsThatMessagesAreMissing) {
  EXPECT_THAT(wrong_with(request(1, 5) + answer(1, 6) + end(7, 3)),
              ElementsAre("f: the recording is incomplete: the end line says 3 messages, there are 2"));
}

TEST(Verify, PutsDamageFirst) {
  EXPECT_THAT(wrong_with(request(1, 5) + "{}\n" + answer(1, 6) + end(7, 3)),
              ElementsAre("f:3: no \"x\" in the line",
                          "f: the recording is incomplete: the end line says 3 messages, there are 2"));
}

TEST(Verify, FindsTimesThatGoBack) {
  EXPECT_THAT(wrong_with(request(1, 5) + answer(1, 4) + end(5, 2)),
              ElementsAre("f:3: exchange 1 ended at 4 µs, before its request at 5 µs"));
  EXPECT_THAT(wrong_with(request(1, 5) + answer(1, 9) + end(4, 2)),
              ElementsAre("f:2: the request of exchange 1 is at 5 µs, after the end of the session at 4 µs",
                          "f:3: the outcome of exchange 1 is at 9 µs, after the end of the session at 4 µs"));
}

TEST(Verify, FindsTimesOfYears) {
  EXPECT_THAT(wrong_with(request(1, 5) + answer(1, 400'000'000'000'000) + end(400'000'000'000'000, 2)),
              ElementsAre("f:2: exchange 1 is said to be more than ten years into the session"));
}

TEST(Verify, FindsCausesThatCannotCome) {
  EXPECT_THAT(
      wrong_with(request(1, 5, R"(,"after":[1,7])") + answer(1, 5) + end(5, 2)),
      ElementsAre("f:2: exchange 1 waits for itself", "f:2: exchange 1 waits for exchange 7, which is not there"));
}

TEST(Verify, FindsCausesThatComeLater) {
  EXPECT_THAT(wrong_with(request(1, 5, R"(,"after":[2])") + answer(1, 5) + request(2, 6, R"(,"after":[1])") +
                         answer(2, 6) + end(6, 4)),
              ElementsAre("f:2: exchange 1 waits for exchange 2, which comes after it"));
}

TEST(Verify, FindsLineBreaksThatWouldBreakAMessage) {
  EXPECT_THAT(wrong_with(request(1, 5, "", R"(["X","a\r\nY: b"])") + answer(1, 5) + end(5, 2)),
              ElementsAre("f:2: a header of exchange 1 holds a line break"));
}

TEST(Verify, FindsSecrets) {
  EXPECT_THAT(
      wrong_with(request(1, 5, "", R"(["authorization","Bearer abc"],["X-Api-Key","redacted-0123456789abcdef"])") +
                 answer(1, 5, R"(["Set-Cookie","a=b"])") + end(5, 2)),
      ElementsAre("f:2: the header authorization holds what looks like a secret",
                  "f:3: the header Set-Cookie holds what looks like a secret"));
  EXPECT_THAT(
      wrong_with(R"({"x":1,"t":5,"leg":"graph","request":{"method":"GET","target":"/?code=a","headers":[]}})"
                 "\n"
                 R"({"x":1,"t":5,"response":{"status":200,"headers":[],"new":{"token":"b"},"json":{"token":"c"}}})"
                 "\n" +
                 end(5, 2)),
      ElementsAre("f:2: the target holds what looks like a secret", "f:3: the body holds what looks like a secret",
                  "f:3: members that this version does not know hold what looks like a secret"));
}

/// The last word on a session of these lines.
std::string summary(const std::string& lines) {
  return corpus::summary_of(corpus::broken_promises(*corpus::parse_session("{\"rollcall\":1}\n" + lines, "f")));
}

constexpr std::string_view kNotified =
    R"({"x":1,"t":5,"leg":"webhook","request":{"method":"POST","target":"/","headers":[],)"
    R"("json":{"value":[{"changeType":"deleted","resource":"/app/calls/1/operations/2",)"
    R"("resourceUrl":"/app/calls/3","resourceData":{"status":"failed"}}]}}})"
    "\n";

TEST(Verify, SaysWhoBrokeAPromise) {
  EXPECT_THAT(
      wrong_with(std::string(kNotified) + answer(1, 6) + end(7, 2)),
      ElementsAre(
          "f:2: Graph misbehaved: exchange 1: resource names call 1, and resourceUrl names 3; expected: one call "
          "and one operation in all members of a notification",
          "f:2: the recording is incomplete: exchange 1: a notification about call 1, of which the recording "
          "has no beginning; expected: the incoming call, or the bot's request for it and its answer",
          "f:2: the recording is incomplete: exchange 1: operation 2 ends, and its beginning is not in the "
          "recording; expected: the bot's request for it before its end"));
}

TEST(Verify, SumsUp) {
  EXPECT_EQ(summary(end(0, 0)), "fine");
  EXPECT_EQ(summary(request(1, 5)), "the recording is incomplete (2)");
  EXPECT_EQ(summary("{}\n" + std::string(kNotified) + answer(1, 6) + end(7, 2)),
            "the file is bad (1), Graph misbehaved (1), the recording is incomplete (2)");
}

}  // namespace
