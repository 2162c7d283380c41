#include "corpus/mentions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace corpus {
namespace {

using testing::UnorderedElementsAre;

constexpr const char* kCall = "57dab8b1894c409ab240bd8beae78896";
constexpr const char* kOperation = "17e3b46cf61d4f4d9635c626ef18e6ad";
constexpr const char* kUser = "8a34a46b3d174adc8dcedc4e7d572698";

Request post(std::string target, std::string body, Headers headers = {}) {
  return {"POST", std::move(target), std::move(headers), std::move(body), {}};
}

TEST(Mentions, OfANotification) {
  const Mentions found = MentionFinder().in(post(
      "/api/calls",
      R"({"value":[{"resource":"/app/calls/57DAB8B1894C409AB240BD8BEAE78896/operations/17E3B46CF61D4F4D9635C626EF18E6AD",
      "resourceData":{"clientContext":"my context","status":"completed"}}]})"));
  EXPECT_TRUE(found.notification);
  EXPECT_THAT(found.all,
              UnorderedElementsAre(Mention{kCall, MentionKind::call}, Mention{kOperation, MentionKind::resource},
                                   Mention{"my context", MentionKind::made}));
}

TEST(Mentions, OfPeopleTieNothing) {
  const Mentions found = MentionFinder().in(post(
      "/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/participants/invite",
      R"({"participants":[{"identity":{"user":{"id":"8a34a46b-3d17-4adc-8dce-dc4e7d572698"}},"replacesCallId":"17e3b46c-f61d-4f4d-9635-c626ef18e6ad"}]})"));
  EXPECT_FALSE(found.notification);
  EXPECT_THAT(found.all, UnorderedElementsAre(Mention{kCall, MentionKind::call}, Mention{kUser, MentionKind::who},
                                              Mention{kOperation, MentionKind::call}));
}

TEST(Mentions, OfTheAnswerThatCreatesACall) {
  MentionFinder finder;
  const Response response{
      201,
      {{"Location", "https://graph.microsoft.com/v1.0/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896"}},
      R"({"id":"57dab8b1-894c-409a-b240-bd8beae78896"})",
      {}};
  EXPECT_THAT(finder.in(response, post("/communications/calls", "")).all,
              UnorderedElementsAre(Mention{kCall, MentionKind::call}, Mention{kCall, MentionKind::other}));
  const Response running{200, {}, R"({"id":"17e3b46c-f61d-4f4d-9635-c626ef18e6ad"})", {}};
  EXPECT_TRUE(finder.in(running, post("/communications/calls/x/participants/invite", ""))
                  .has(kOperation, MentionKind::resource));
}

TEST(Mentions, OfHeaders) {
  const Mentions found =
      MentionFinder().in(post("/", "",
                              {{"X-Microsoft-Skype-Chain-ID", "17e3b46c-f61d-4f4d-9635-c626ef18e6ad"},
                               {"scenario-id", kUser},
                               {"Other", kCall}}));
  EXPECT_THAT(found.all,
              UnorderedElementsAre(Mention{kOperation, MentionKind::chain}, Mention{kUser, MentionKind::message}));
}

TEST(Mentions, OfBrokenJsonAreFoundAllTheSame) {
  const Mentions found = MentionFinder().in(post(
      "/",
      R"({"@odata.type":"#microsoft.graph.commsNotifications","value":[{"resource":"/app/calls/57DAB8B1894C409AB240BD8BEAE78896","status":"failed",}]})"));
  EXPECT_TRUE(found.notification);
  EXPECT_TRUE(found.has(kCall, MentionKind::call));
}

TEST(Mentions, OfNothing) {
  MentionFinder finder;
  EXPECT_TRUE(finder.in(post("/", "")).all.empty());
  EXPECT_TRUE(finder.in(post("/", "[]")).all.empty());
  EXPECT_TRUE(finder.in(post("/", "3")).all.empty());
}

}  // namespace
}  // namespace corpus
