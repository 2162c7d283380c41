#include "corpus/seeds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/session_builder.h"

namespace corpus {
namespace {

using support::call_is;
using support::kCall;
using support::SessionBuilder;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::EndsWith;
using testing::StartsWith;

std::string path(const std::string& rest) {
  return std::string("/v1.0/communications/calls/") + kCall + rest;
}

std::vector<std::string> bytes_of(const Session& session, std::string_view target) {
  std::vector<std::string> bytes;
  for (const Seed& seed : seeds_of(session)) {
    if (seed.target == target) bytes.push_back(seed.bytes);
  }
  return bytes;
}

TEST(Seeds, SortBodiesByWhoReadsThem) {
  const Session session =
      SessionBuilder()
          .request(0, 10, "POST", path("/participants/invite"), R"({"participants":[]})", 200,
                   R"({"status":"Running"})")
          .request(20, 30, "POST", path("/microsoft.graph.mute"), R"({"clientContext":"c"})", 200, R"({"id":"1"})")
          .request(40, 50, "POST", "/tenant/oauth2/v2.0/token", "grant_type=x", 200, R"({"token_type":"Bearer"})")
          .delivery(60, 70, call_is(kCall, "established"))
          .take();
  EXPECT_THAT(bytes_of(session, kNotificationSeeds), ElementsAre(call_is(kCall, "established")));
  EXPECT_THAT(bytes_of(session, kInviteSeeds), ElementsAre(R"({"participants":[]})"));
  EXPECT_THAT(bytes_of(session, kOperationSeeds), ElementsAre(R"({"status":"Running"})", R"({"id":"1"})"));
  EXPECT_THAT(bytes_of(session, kRedactionSeeds), Contains("/tenant/oauth2/v2.0/token\ngrant_type=x"));
}

TEST(Seeds, HoldMessagesAsOnTheWire) {
  const Session session = SessionBuilder().request(0, 10, "POST", "/v1.0/x", "{}", 200, R"({"id":"1"})").take();
  EXPECT_THAT(
      bytes_of(session, kHttpMessageSeeds),
      ElementsAre(AllOf(StartsWith("POST /v1.0/x HTTP/1.1\r\n"), EndsWith("\r\nContent-Length: 2\r\n\r\n{}")),
                  AllOf(StartsWith("HTTP/1.1 200 \r\n"), EndsWith("Content-Length: 10\r\n\r\n{\"id\":\"1\"}"))));
}

TEST(Seeds, FrameABodyOnceHoweverItWasSent) {
  Session session = SessionBuilder().delivery(0, 1, "whole").take();
  session.exchanges[0].request.headers = {{"transfer-ENCODING", "chunked"}, {"Content-Length", "99"}, {"A", "b"}};
  session.exchanges[0].outcome = {};
  const std::string line = "POST " + session.exchanges[0].request.target + " HTTP/1.1\r\n";
  EXPECT_THAT(bytes_of(session, kHttpMessageSeeds), ElementsAre(line + "A: b\r\nContent-Length: 5\r\n\r\nwhole"));
}

TEST(Seeds, PairTheIdsOfABody) {
  const std::string body = "57DAB8B1-894C-409A-B240-BD8BEAE78896 57dab8b1894c409ab240bd8beae78896";
  EXPECT_THAT(bytes_of(SessionBuilder().delivery(0, 1, body).take(), kCorrelationSeeds),
              ElementsAre("57dab8b1894c409ab240bd8beae78896 69887eaeb8db042ba904c4981b8bad75\n\n" + body));
}

TEST(Seeds, HoldEachInputOnce) {
  const Session session = SessionBuilder().delivery(0, 1, "same").delivery(2, 3, "same").delivery(4, 5, "").take();
  EXPECT_THAT(bytes_of(session, kNotificationSeeds), ElementsAre("same"));
}

TEST(Seeds, AreNamedAsLibFuzzerNamesThem) {
  EXPECT_EQ(seed_name("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
}

TEST(DictionaryWords, AreKeysAndTextsThatAreNoIds) {
  std::set<std::string> entries;
  add_dictionary_words(R"({"changeType":"updated","id":"57dab8b1-894c-409a-b240-bd8beae78896","n":12})", entries);
  EXPECT_THAT(entries,
              ElementsAre(R"("\x22changeType\x22")", R"("\x22id\x22")", R"("\x22n\x22")", R"("\x22updated\x22")"));
}

TEST(DictionaryWords, AreNoLongerThanLibFuzzerTakes) {
  std::set<std::string> entries;
  add_dictionary_words("[\"" + std::string(62, 'a') + "\",\"" + std::string(63, 'b') + "\"]", entries);
  EXPECT_THAT(entries, ElementsAre("\"\\x22" + std::string(62, 'a') + "\\x22\""));
}

TEST(DictionaryWords, EscapeWhatIsNotPrintable) {
  std::set<std::string> entries;
  add_dictionary_words("[\"\xc3\xa9\\n\",\"not closed", entries);
  EXPECT_THAT(entries, ElementsAre(R"("\x22\xc3\xa9\x5cn\x22")"));
}

}  // namespace
}  // namespace corpus
