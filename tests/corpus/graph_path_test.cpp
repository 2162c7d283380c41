#include "corpus/graph_path.h"

#include <gtest/gtest.h>

namespace corpus {
namespace {

TEST(GraphPath, NamesOneThingWhateverItsSpelling) {
  const GraphPath plain = parse_graph_path("/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/answer");
  for (const char* other : {"/app/calls/57DAB8B1894C409AB240BD8BEAE78896/answer",
                            "communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/answer/",
                            "/v1.0/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896/microsoft.graph.answer",
                            "https://graph.microsoft.com/beta/app/Calls/57dab8b1-894c-409a-b240-bd8beae78896/Answer",
                            "/communications//calls/57dab8b1%2D894c-409a-b240-bd8beae78896/answer"}) {
    EXPECT_EQ(parse_graph_path(other), plain) << other;
  }
  EXPECT_TRUE(plain.calls);
  EXPECT_EQ(plain.shape(), "/calls/{}/answer");
}

TEST(GraphPath, NamesOneThingInBothVersions) {
  EXPECT_EQ(parse_graph_path("/beta/communications/onlineMeetings"),
            parse_graph_path("https://graph.microsoft.com/v1.0/communications/onlineMeetings"));
  EXPECT_EQ(parse_graph_path("/v1.0").segments.size(), 1u) << "nothing stands behind it";
}

TEST(GraphPath, TakesIdsByTheirPlace) {
  const GraphPath path = parse_graph_path("/app/calls/abc/participants/123456W77E24/mute");
  EXPECT_EQ(path.id_after("calls"), "abc");
  EXPECT_EQ(path.id_after("participants"), "123456W77E24");
  EXPECT_EQ(path.id_after("operations"), "");
  EXPECT_EQ(path.shape(), "/calls/{}/participants/{}/mute");
}

TEST(GraphPath, TakesActionsOfACollectionForNoIds) {
  EXPECT_EQ(parse_graph_path("/app/calls/abc/participants/invite").shape(), "/calls/{}/participants/invite");
  EXPECT_EQ(parse_graph_path("/app/calls/logTeleconferenceDeviceQuality").shape(),
            "/calls/logteleconferencedevicequality");
  EXPECT_EQ(parse_graph_path("/app/calls/abc/operations/participants").shape(), "/calls/{}/operations/participants");
}

TEST(GraphPath, LeavesOtherPathsAlone) {
  const GraphPath path = parse_graph_path("/api/Calls/57dab8b1-894c-409a-b240-bd8beae78896?x=1");
  EXPECT_FALSE(path.calls);
  EXPECT_EQ(path.shape(), "/api/Calls/{}");
  EXPECT_EQ(path.query, "x=1");
  EXPECT_EQ(parse_graph_path("").segments.size(), 0u);
  EXPECT_EQ(parse_graph_path("https://host").segments.size(), 0u);
  EXPECT_EQ(parse_graph_path("/a%").last(), "a%");
}

TEST(GraphPath, TellsPollingFromTheRest) {
  const auto polls = [](std::string_view method, std::string_view target) {
    return is_polling(method, parse_graph_path(target));
  };
  EXPECT_TRUE(polls("GET", "/communications/calls/abc"));
  EXPECT_TRUE(polls("POST", "/communications/calls/abc/keepAlive"));
  EXPECT_TRUE(polls("POST", "/v1.0/app/calls/abc/microsoft.graph.keepAlive"));
  EXPECT_TRUE(polls("POST", "/contoso/oauth2/v2.0/token"));
  EXPECT_FALSE(polls("POST", "/communications/calls/abc/mute"));
  EXPECT_FALSE(polls("DELETE", "/communications/calls/abc"));
  EXPECT_FALSE(polls("POST", "/api/token"));
}

}  // namespace
}  // namespace corpus
