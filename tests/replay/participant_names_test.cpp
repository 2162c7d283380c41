#include "replay/participant_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace replay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kUser = "57dab8b1-894c-409a-b240-bd8beae78896";
constexpr const char* kUserDigits = "57dab8b1894c409ab240bd8beae78896";

Names names(const std::string& json) {
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  EXPECT_EQ(parser.parse(json).get(element), simdjson::SUCCESS) << json;
  return participant_names(element, [](std::string_view id) { return id == "then" ? "now" : id; });
}

TEST(ParticipantNames, AreWhoIsInvited) {
  EXPECT_THAT(names(std::string(R"({"identity":{"@odata.type":"x","user":{"id":")") + kUser + R"("}}})"),
              ElementsAre(std::string("user ") + kUserDigits + "\n"));
  EXPECT_THAT(names(R"({"identity":{"phone":{"id":"+12345"}},"participantId":"then"})"),
              ElementsAre("now", "phone +12345\n"));
}

TEST(ParticipantNames, AreThoseOfARosterByTheirIdFirst) {
  EXPECT_THAT(names(R"({"id":"p1","info":{"identity":{"application":{"id":"a"},"user":{"id":"u"}}}})"),
              ElementsAre("p1", "application a\nuser u\n"));
  EXPECT_THAT(names(R"({"id":"p1","info":{"identity":{"guest":{"id":null}}}})"), ElementsAre("p1"));
}

TEST(ParticipantNames, AreThoseOfABareIdentitySet) {
  EXPECT_THAT(names(R"({"user":{"id":"u"}})"), ElementsAre("user u\n"));
}

TEST(ParticipantNames, AreNoneOfAnythingElse) {
  EXPECT_THAT(names(R"({"id":"x","mediaType":"audio"})"), IsEmpty());
  EXPECT_THAT(names(R"("text")"), IsEmpty());
  EXPECT_THAT(names(R"({"identity":{}})"), IsEmpty());
}

}  // namespace
}  // namespace replay
