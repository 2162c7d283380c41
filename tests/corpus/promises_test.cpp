#include "corpus/promises.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "corpus/session_file.h"
#include "tests/support/broken_rules.h"
#include "tests/support/source_path.h"

namespace {

using corpus::Promise;
using support::broken;
using support::Broken;
using support::call_made;
using support::invite_made;
using support::kAsked;
using support::kCall;
using support::kCalls;
using support::kInvite;
using support::kOperation;
using support::kOther;
using support::SessionBuilder;
using support::told;
using testing::ElementsAre;
using testing::IsEmpty;

std::string two_names(const std::string& url, const std::string& data) {
  return R"({"value":[{"changeType":"updated","resource":"/app/calls/)" + std::string(kCall) + R"(","resourceUrl":")" +
         url + R"(","resourceData":{"@odata.type":"#microsoft.graph.call",)" + data + "}}]}";
}

TEST(Promises, NotificationNamesTwoCalls) {
  const std::string same = "/communications/calls/" + std::string(kCall);
  const std::string other = "/communications/calls/" + std::string(kOther);
  for (const std::string& body :
       {two_names(other, R"("state":"established")"), two_names(same, R"("id":")" + std::string(kOther) + "\""),
        two_names(same, R"("@odata.id":")" + other + "\"")}) {
    SessionBuilder builder = call_made();
    builder.delivery(30, 35, body);
    EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::one_resource, 4))) << body;
  }
}

TEST(Promises, NotificationNamesTwoOperations) {
  SessionBuilder builder = invite_made();
  builder.delivery(50, 55,
                   R"({"value":[{"changeType":"deleted","resource":"/app/calls/)" + std::string(kCall) +
                       "/operations/" + kOperation + R"(","resourceData":{"id":")" + kOther +
                       R"(","status":"completed","@odata.type":"#microsoft.graph.commsOperation"}}]})");
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::one_resource, 6)));
}

TEST(Promises, NotificationNamesOneCallInManySpellings) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, two_names("communications/calls/57DAB8B1894C409AB240BD8BEAE78896/", R"("id":null)"));
  builder.delivery(40, 45,
                   two_names("/communications/calls/57DAB8B1894C409AB240BD8BEAE78896",
                             R"("id":"57dab8b1894c409ab240bd8beae78896")"));
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(Promises, NotificationCannotBeRead) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, R"({"@odata.type":"#microsoft.graph.commsNotifications","value":[{},]})");
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::readable, 4)));
}

TEST(Promises, RequestOfAPersonIsNoNotification) {
  SessionBuilder builder = call_made();
  builder.delivery(30, 35, R"({"value":)").delivery(40, 45, "").delivery(50, 55, R"({"resource":"/calls/x"})");
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(Promises, AnswerIsNotTheDocumentedOne) {
  SessionBuilder builder = call_made();
  builder.request(30, 35, "DELETE", kCalls + "/" + kCall, "", 204, "{}");
  builder.request(40, 45, "DELETE", kCalls + "/" + kCall, "", 200);
  builder.request(50, 55, "POST", kInvite, kAsked, 200);
  const corpus::Session session = builder.take();
  EXPECT_THAT(told(session),
              ElementsAre("Graph misbehaved: exchange 2: DELETE /v1.0/communications/calls/57dab8b1… is answered 204 "
                          "with a body; expected: 204 without a body",
                          "Graph misbehaved: exchange 3: DELETE /v1.0/communications/calls/57dab8b1… is answered 200 "
                          "without a body; expected: 204 without a body",
                          "Graph misbehaved: exchange 4: POST "
                          "/v1.0/communications/calls/57dab8b1…/participants/invite is answered 200 without a body; "
                          "expected: 200 or 202 with an operation"));
}

TEST(Promises, AnswerIsARefusalOrUndocumentedAction) {
  SessionBuilder builder = call_made();
  builder.request(30, 35, "DELETE", kCalls + "/" + kCall, "", 404, R"({"error":{"code":"8522"}})");
  builder.request(40, 45, "POST", kCalls + "/" + kCall + "/actionThatIsNew", "", 207, "x");
  builder.request(50, 55, "POST", "/beta/app/calls/" + std::string(kCall) + "/microsoft.graph.answer", "{}", 202);
  builder.request(60, 65, "DELETE", "/v1.0/users/1", "", 200);
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(Promises, RequestHasNoAnswer) {
  SessionBuilder builder = call_made();
  builder.request(30, 35, "POST", kInvite, kAsked);
  builder.last().outcome = corpus::Failure{"cut off"};
  builder.request(40, 45, "GET", "/v1.0/users");
  builder.last().outcome = {};
  EXPECT_THAT(broken(builder.take()), ElementsAre(Broken(Promise::answered, 5), Broken(Promise::answered, 6)));
}

TEST(Promises, RequestFailed) {
  SessionBuilder builder = call_made();
  builder.request(30, 35, "POST", kInvite, kAsked);
  builder.last().outcome = corpus::Failure{"timeout"};
  EXPECT_THAT(broken(builder.take()), IsEmpty());
}

TEST(Promises, RulesHaveNamesOfTheirOwn) {
  std::vector<std::string_view> names;
  for (const corpus::Rule& rule : corpus::rules()) {
    EXPECT_EQ(&corpus::rule_of(rule.promise), &rule);
    EXPECT_FALSE(rule.says.empty());
    names.push_back(rule.name);
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

TEST(Promises, SamplesBreakNone) {
  int samples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(support::source_path("corpus/sessions"))) {
    const auto session = corpus::read_session(entry.path());
    ASSERT_TRUE(session) << entry.path();
    EXPECT_THAT(told(*session), IsEmpty()) << entry.path();
    ++samples;
  }
  EXPECT_GE(samples, 10);
}

}  // namespace
