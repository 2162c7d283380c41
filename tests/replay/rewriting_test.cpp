#include "replay/rewriting.h"

#include <gtest/gtest.h>

#include "corpus/ids.h"

namespace replay {
namespace {

constexpr const char* kA = "57dab8b1-894c-409a-b240-bd8beae78896";

TEST(Rewriting, PutsLiveIdsEverywhereAndTheLengthRight) {
  Bindings bindings;
  bindings.bind("the context", "x");
  bindings.bind(kA, "11111111-2222-4333-8444-5555aaaabbbb");
  const corpus::Request recorded{"POST",
                                 std::string("/api/calls?id=") + kA,
                                 {{"Scenario-ID", kA}, {"Content-Length", "31"}},
                                 R"({"clientContext":"the context"})",
                                 ""};
  const corpus::Request live = live_request(recorded, bindings);
  EXPECT_EQ(live.target, "/api/calls?id=11111111-2222-4333-8444-5555aaaabbbb");
  EXPECT_EQ(live.headers[0].value, "11111111-2222-4333-8444-5555aaaabbbb");
  EXPECT_EQ(live.body, R"({"clientContext":"x"})");
  EXPECT_EQ(live.headers[1].value, std::to_string(live.body.size()));
}

TEST(Rewriting, LeavesCompressedBodiesAlone) {
  Bindings bindings;
  bindings.bind(kA, "11111111-2222-4333-8444-5555aaaabbbb");
  const corpus::Request recorded{"POST", "/", {{"Content-Encoding", "gzip"}}, kA, ""};
  EXPECT_EQ(live_request(recorded, bindings).body, kA);
}

TEST(Rewriting, MovesLocationsToTheDouble) {
  const corpus::Response recorded{
      201, {{"Location", "https://graph.microsoft.com/v1.0/communications/calls/1"}}, "", ""};
  const corpus::Response live = live_response(recorded, {}, "https://graph.microsoft.com", "http://127.0.0.1:4000");
  EXPECT_EQ(live.headers[0].value, "http://127.0.0.1:4000/v1.0/communications/calls/1");
  EXPECT_EQ(live_response(recorded, {}, "https://graph.microsoft.com", "").headers, recorded.headers);
}

TEST(Rewriting, MakesGuidsThatDependOnSeedAndId) {
  EXPECT_TRUE(corpus::is_guid(fresh_guid(1, kA)));
  EXPECT_EQ(fresh_guid(1, kA), fresh_guid(1, kA));
  EXPECT_NE(fresh_guid(1, kA), fresh_guid(2, kA));
  EXPECT_NE(fresh_guid(1, kA), fresh_guid(1, "90ed37dc-d8e3-4e11-9de3-30a955dda06f"));
}

TEST(Rewriting, SpeaksOfErrorsAsGraphDoes) {
  const corpus::Response error = graph_error(404, "8522", "Call \"x\" not found.", "r-1");
  EXPECT_EQ(error.status, 404);
  EXPECT_EQ(error.body,
            R"({"error":{"code":"8522","message":"Call \"x\" not found.","innerError":{"request-id":"r-1"}}})");
}

}  // namespace
}  // namespace replay
