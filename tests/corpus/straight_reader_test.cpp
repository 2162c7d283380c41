#include "corpus/straight_reader.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "corpus/seeds.h"
#include "corpus/session_file.h"
#include "tests/support/source_path.h"

namespace {

/// The notifications of the sample sessions.
std::vector<std::string> samples() {
  std::vector<std::string> all;
  for (const auto& file : std::filesystem::directory_iterator(support::source_path("corpus/sessions"))) {
    const auto session = corpus::read_session(file.path().string());
    if (!session) continue;
    for (const corpus::Seed& seed : corpus::seeds_of(*session)) {
      if (seed.target == corpus::kNotificationSeeds) all.push_back(seed.bytes);
    }
  }
  return all;
}

/// Whether the body is read straight from its text.
bool is_read(std::string_view body, corpus::ParseLimits limits = {}) {
  corpus::PayloadMemory memory(limits);
  corpus::Notifications delivery;
  return !memory.take(body) && corpus::StraightReader(memory).body(delivery);
}

/// A delivery with these members in its one notification.
std::string delivery(std::string_view members) {
  return R"({"value":[{"changeType":"updated",)" + std::string(members) + "}]}";
}

/// What is made of a body, in one way or the other, with all that is said about it.
std::string outcome(std::string_view body, corpus::NotificationParser& parser) {
  const auto parsed = parser.parse(body);
  std::string text = parsed ? write(*parsed) : to_string(parsed.error());
  for (const corpus::Warning& warning : parser.warnings().list) text.append("\n").append(to_string(warning));
  return text;
}

/// The same of a parser that has read nothing before.
std::string outcome(std::string_view body) {
  corpus::NotificationParser parser;
  return outcome(body, parser);
}

/// The same by way of the document, as behind a byte order mark.
std::string outcome_of_document(std::string_view body) {
  corpus::PayloadMemory memory({});
  corpus::NotificationParser parser;
  const std::string marked = "\xEF\xBB\xBF" + std::string(body);
  const auto parsed = parser.parse(marked);
  std::string text;
  if (parsed) {
    text = write(*parsed);
  } else {
    text = to_string(corpus::ParseError{parsed.error().what, parsed.error().pointer, parsed.error().offset - 3});
  }
  for (std::size_t at = 1; at < parser.warnings().list.size(); ++at) {
    text.append("\n").append(to_string(parser.warnings().list[at]));
  }
  return text;
}

TEST(StraightReader, ReadsAllSamplesAsTheDocumentIsRead) {
  const std::vector<std::string> bodies = samples();
  EXPECT_GT(bodies.size(), 50u);
  for (const std::string& body : bodies) {
    EXPECT_TRUE(is_read(body)) << body;
    EXPECT_EQ(outcome(body), outcome_of_document(body));
  }
}

TEST(StraightReader, AgreesWithTheDocumentWhereverABodyIsCutOrChanged) {
  const std::string body = delivery(
      R"("resourceData":[{"@odata.type":"#microsoft.graph.participant","id":"\u00e91\"\ud83d\ude00","isMuted":true,)"
      R"("info":{"identity":{"user":{"displayName":"Zo\u00eb"}}},"new":[-1.5,{"a":null}],)"
      R"("mediaStreams":[{"sourceId":"1"},{"sourceId":"2"}],"rosterSequenceNumber":7}])");
  ASSERT_TRUE(is_read(body));
  corpus::NotificationParser parser;  // one for all, so that it expects what is changed
  for (std::size_t at = 0; at < body.size(); ++at) {
    EXPECT_EQ(outcome(body.substr(0, at), parser), outcome_of_document(body.substr(0, at)));
    for (const char other : std::string_view("\"\\{}[],:x1 \x80\x01n\0", 15)) {
      std::string changed = body;
      changed[at] = other;
      EXPECT_EQ(outcome(changed, parser), outcome_of_document(changed)) << changed;
    }
  }
}

TEST(StraightReader, MakesTheSameOfABodyWhateverItHasReadBefore) {
  // What came before decides which members are expected: all, some, none; others, in another order, of other kinds.
  std::vector<std::string> bodies = samples();
  const std::string call = R"("resourceData":{"@odata.type":"#microsoft.graph.call","state":"established","id":"1"})";
  bodies.push_back(delivery(call + R"(,"resource":"/a","subscriptionExpirationDateTime":"x")"));
  bodies.push_back(delivery(R"("resource":"/a",)" + call));
  bodies.push_back(delivery(R"("resource":"/a","subscriptionExpirationDateTimeOfAll":"x",)" + call));
  bodies.push_back(delivery(R"("resource" :"/a","subscriptionId": "b",)" + call));
  bodies.push_back(delivery(R"("resource":"/a","resource":"/b",)" + call));
  bodies.push_back(delivery(R"("resource";"/a",)" + call));
  bodies.push_back(delivery(R"("resourcE":"/a")"));
  bodies.push_back(R"({"value":[{"resource":"/a","subscriptionExpi)");
  std::vector<std::string> outcomes;
  for (const std::string& body : bodies) outcomes.push_back(outcome(body));
  corpus::NotificationParser parser;
  for (const std::string& before : bodies) {
    for (std::size_t at = 0; at < bodies.size(); ++at) {
      static_cast<void>(parser.parse(before));
      ASSERT_EQ(outcome(bodies[at], parser), outcomes[at]) << "after " << before;
    }
  }
}

TEST(StraightReader, LeavesWhatIsOdd) {
  const std::string type = R"("@odata.type":"#microsoft.graph.call")";
  EXPECT_TRUE(is_read(delivery(R"("resourceData":{"state":"x",)" + type + "}")));
  EXPECT_TRUE(is_read(delivery(R"("resourceData":{"@odata.type":"new","a":[1]})")));
  EXPECT_TRUE(is_read(delivery(R"("resourceData":null,"resource":null)")));
  EXPECT_TRUE(is_read(" \n" + delivery("\"resource\" :\t\"a\"\r") + " "));
  for (const std::string& odd :
       {std::string(R"("resource":1)"), std::string(R"("resource":"a","resource":"b")"), std::string(R"("re\u0073":1)"),
        std::string(R"("x":1e5)"), std::string(R"("x":1234567890123456789)"), std::string(R"("x":"\ud83d")"),
        R"("resourceData":{"state":"x","state":"y",)" + type + "}", std::string(R"("resourceData":[])"),
        std::string(R"("resourceData":{"state":"x"})"), "\"resourceData\":[{" + type + "},null]",
        "\"resourceData\":[{" + type + R"(},{"@odata.type":"participant"}])"}) {
    EXPECT_FALSE(is_read(delivery(odd))) << odd;
    EXPECT_EQ(outcome(delivery(odd)), outcome_of_document(delivery(odd)));
  }
}

TEST(StraightReader, KeepsToTheLimits) {
  std::string body = delivery(R"("resourceData":[{"@odata.type":"participant","mediaStreams":[{},{},{}]}],"x":[[]])");
  EXPECT_TRUE(is_read(body, {.bytes = body.size(), .depth = 7, .notifications = 1, .values = 5}));
  EXPECT_FALSE(is_read(body, {.bytes = body.size() - 1}));
  EXPECT_FALSE(is_read(body, {.depth = 4}));
  EXPECT_FALSE(is_read(body, {.notifications = 0}));
  EXPECT_FALSE(is_read(body, {.values = 4}));
}

TEST(StraightReader, ReadsLongLists) {
  for (const int people : {3, 4, 5, 16, 17, 64, 65, 300}) {
    std::string list;
    for (int at = 0; at < people; ++at) {
      list += at == 0 ? "" : ",";
      list += R"({"@odata.type":"participant","id":")" + std::to_string(at) + "\"}";
    }
    const std::string body = delivery("\"resourceData\":[" + list + "]");
    EXPECT_TRUE(is_read(body));
    EXPECT_EQ(outcome(body), outcome_of_document(body));
    EXPECT_FALSE(is_read(body, {.values = static_cast<std::size_t>(people)}));
  }
}

}  // namespace
