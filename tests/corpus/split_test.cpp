#include "corpus/split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "corpus/session_file.h"
#include "corpus/verify.h"
#include "tests/support/session_builder.h"

namespace corpus {
namespace {

using support::call_is;
using support::kCall;
using support::kOther;
using support::SessionBuilder;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::vector<std::int64_t>> numbers(const std::vector<Session>& parts) {
  std::vector<std::vector<std::int64_t>> all;
  for (const Session& part : parts) {
    all.emplace_back();
    for (const Exchange& exchange : part.exchanges) all.back().push_back(exchange.number);
  }
  return all;
}

std::string path(const std::string& call, const std::string& rest) {
  return "/communications/calls/" + call + rest;
}

TEST(SplitCalls, GivesOneSessionForEachCall) {
  const Session session = SessionBuilder()
                              .delivery(100, 110, call_is(kCall, "incoming"))
                              .delivery(200, 210, call_is(kOther, "incoming"))
                              .request(300, 400, "POST", path(kCall, "/answer"))
                              .request(310, 390, "POST", path(kOther, "/reject"))
                              .take();
  const std::vector<Session> parts = split_calls(session);
  EXPECT_THAT(numbers(parts), ElementsAre(ElementsAre(1, 3), ElementsAre(2, 4)));
  EXPECT_EQ(parts[1].exchanges[0].sent, 0);
  EXPECT_EQ(parts[1].exchanges[1].ended, 190);
  EXPECT_EQ(parts[1].info.name, "-2");
  EXPECT_FALSE(parts[0].end);
}

TEST(SplitCalls, KeepsCallsTogetherThatAReplacementTies) {
  const Session session = SessionBuilder()
                              .delivery(0, 10, call_is(kCall, "established"))
                              .delivery(20, 30, call_is(kOther, "established"))
                              .request(40, 50, "POST", path(kOther, "/participants/invite"),
                                       std::string(R"({"participants":[{"replacesCallId":")") + kCall + R"("}]})")
                              .take();
  EXPECT_THAT(numbers(split_calls(session)), ElementsAre(ElementsAre(1, 2, 3)));
}

TEST(SplitCalls, KeepsCallsTogetherThatOneDeliveryTies) {
  const std::string both =
      R"({"value":[{"changeType":"updated","resource":"/app/calls/57DAB8B1894C409AB240BD8BEAE78896"},{"changeType":"updated","resource":"/app/calls/90ED37DCD8E34E119DE330A955DDA06F"}]})";
  const Session session = SessionBuilder()
                              .delivery(0, 10, call_is(kCall, "established"))
                              .delivery(20, 30, call_is(kOther, "established"))
                              .delivery(40, 50, both)
                              .take();
  EXPECT_THAT(numbers(split_calls(session)), ElementsAre(ElementsAre(1, 2, 3)));
}

TEST(SplitCalls, SendsARequestWithoutACallWithTheCallThatFollows) {
  const Session session =
      SessionBuilder()
          .delivery(0, 10, R"({"to":"alex"})", 200, "/api/call")
          .request(20, 30, "POST", "/communications/calls", "{}", 201, std::string(R"({"id":")") + kCall + R"("})")
          .delivery(40, 50, R"({"to":"kim"})", 200, "/api/call")
          .request(60, 70, "POST", "/communications/calls", "{}", 201, std::string(R"({"id":")") + kOther + R"("})")
          .delivery(80, 90, std::string(R"({"call":")") + kCall + R"("})", 200, "/api/hangup")
          .request(95, 99, "GET", "/users/x")
          .take();
  EXPECT_THAT(numbers(split_calls(session)), ElementsAre(ElementsAre(1, 2, 5, 6), ElementsAre(3, 4)));
}

TEST(SplitCalls, LosesAndDoublesNothing) {
  SessionBuilder builder;
  for (int i = 0; i < 300; ++i) {
    const std::string call = "00000000-0000-4000-8000-0000000000" + std::to_string(10 + i % 7);
    if (i % 11 == 0) {
      builder.request(i * 10, i * 10 + 5, "GET", "/me");
    } else if (i % 3 == 0) {
      builder.request(i * 10, i * 10 + 500, "POST", path(call, "/mute"));
    } else {
      builder.delivery(i * 10, i * 10 + 5, call_is(call, "established"));
    }
  }
  Session session = builder.take();
  session.end = SessionEnd{9999, 600, {}, {}};
  std::map<std::int64_t, int> seen;
  std::int64_t messages = 0;
  const std::vector<Session> parts = split_calls(session);
  for (const Session& part : parts) {
    messages += part.end->messages;
    for (const Exchange& exchange : part.exchanges) ++seen[exchange.number];
  }
  EXPECT_EQ(parts.size(), 7u);
  EXPECT_EQ(seen.size(), 300u);
  EXPECT_EQ(messages, 600);
  for (const auto& [number, times] : seen) EXPECT_EQ(times, 1) << number;
}

TEST(SplitCalls, TiesEachRequestOfAPersonToACallOfItsOwn) {
  const auto made = [](const std::string& call) { return R"({"id":")" + call + R"("})"; };
  const Session session = SessionBuilder()
                              .delivery(8, 30, R"({"call":"Adele"})", 200, "/api/call")
                              .delivery(10, 31, R"({"call":"Megan"})", 200, "/api/call")
                              .request(13, 20, "POST", "/communications/calls", "{}", 201, made(kCall))
                              .request(18, 25, "POST", "/communications/calls", "{}", 201, made(kOther))
                              .take();
  EXPECT_THAT(numbers(split_calls(session)), ElementsAre(ElementsAre(1, 3), ElementsAre(2, 4)));
}

TEST(SplitCalls, PartsOfALiveSessionAreGoodFiles) {
  Session session = SessionBuilder()
                        .delivery(1000, 1010, call_is(kCall, "incoming", "created"))
                        .delivery(1200, 1210, call_is(kOther, "incoming", "created"))
                        .delivery(1300, 1310, call_is(kOther, "established"))
                        .take();
  session.exchanges[0].due = 990;
  session.exchanges[1].due = 1010;
  session.exchanges[2].due = 1005;
  session.end = SessionEnd{2000, 6, R"("note":1)", {}};
  for (const Session& part : split_calls(session)) {
    const std::string path = testing::TempDir() + "split_part" + part.info.name + ".session.jsonl";
    std::filesystem::remove(path);
    ASSERT_TRUE(write_session(path, part));
    const auto read = read_session(path);
    ASSERT_TRUE(read);
    EXPECT_THAT(broken_promises(*read), IsEmpty());
    ASSERT_EQ(read->exchanges.size(), part.exchanges.size());
    for (std::size_t i = 0; i < part.exchanges.size(); ++i) {
      EXPECT_TRUE(same_apart_from_lines(read->exchanges[i], part.exchanges[i]));
      EXPECT_TRUE(read->exchanges[i].due);
    }
    EXPECT_EQ(read->end->extra, R"("note":1)");
  }
}

TEST(SplitCalls, LeavesASessionWithoutCallsWhole) {
  EXPECT_THAT(numbers(split_calls(SessionBuilder().request(0, 1, "GET", "/a").delivery(2, 3, "x").take())),
              ElementsAre(ElementsAre(1, 2)));
  EXPECT_TRUE(split_calls({}).empty());
}

TEST(MovedTime, GoesOverTheEndOfAYear) {
  EXPECT_EQ(moved_time("2026-12-31T23:59:59.500000Z", 1'500'000), "2027-01-01T00:00:01.000000Z");
  EXPECT_EQ(moved_time("yesterday", 5), "yesterday");
  EXPECT_EQ(moved_time("", 5), "");
}

}  // namespace
}  // namespace corpus
