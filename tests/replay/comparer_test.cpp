#include "replay/comparer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace replay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kA = "57dab8b1-894c-409a-b240-bd8beae78896";
constexpr const char* kB = "11111111-2222-4333-8444-5555aaaabbbb";

Comparison compare(std::string_view recorded, std::string_view live, Author author = Author::bot,
                   const Bindings& bindings = {}, std::vector<Pointer> ignored = {}) {
  return Comparer(std::move(ignored)).bodies(recorded, live, author, bindings);
}

TEST(Comparer, DoesNotCountSpelling) {
  EXPECT_THAT(
      compare(R"({"a":1,"b":["x",null,1.50]})", "{ \"b\" : [\"\\u0078\", null, 1.5],\n \"a\" : 1 }").differences,
      IsEmpty());
}

TEST(Comparer, NamesEachPlaceThatDiffers) {
  EXPECT_THAT(
      compare(R"({"a":{"b":[1,2]},"c":"x","gone":true})", R"({"a":{"b":[1,3,4]},"c":5,"new":null})").differences,
      ElementsAre(Difference{"/a/b/1", "2", "3"}, Difference{"/a/b/2", "(absent)", "4"}, Difference{"/c", "\"x\"", "5"},
                  Difference{"/gone", "true", "(absent)"}, Difference{"/new", "(absent)", "null"}));
}

TEST(Comparer, FindsIdsThatStandForEachOther) {
  const Comparison found =
      compare(std::string(R"({"clientContext":")") + kA + R"("})", std::string(R"({"clientContext":")") + kB + R"("})");
  EXPECT_THAT(found.differences, IsEmpty());
  EXPECT_THAT(found.pairs, ElementsAre(Pair{kA, kB}));
}

TEST(Comparer, HoldsTheBotToPeopleAndTenants) {
  const auto invite = [](const std::string& user) {
    return R"({"participants":[{"identity":{"user":{"id":")" + user + R"("}}}]})";
  };
  EXPECT_THAT(compare(invite(kA), invite(kB)).differences,
              ElementsAre(Difference{"/participants/0/identity/user/id", std::string("\"") + kA + '"',
                                     std::string("\"") + kB + '"'}));
  EXPECT_THAT(compare(invite(kA), invite(kB), Author::graph).differences, IsEmpty());
}

TEST(Comparer, KeepsToWhatIsBound) {
  Bindings bindings;
  bindings.bind(kA, kB);
  EXPECT_THAT(compare(std::string("{\"replacesCallId\":\"") + kA + "\"}",
                      std::string("{\"replacesCallId\":\"") + kB + "\"}", Author::bot, bindings)
                  .differences,
              IsEmpty());
  EXPECT_EQ(compare(std::string("{\"replacesCallId\":\"") + kA + "\"}",
                    std::string("{\"replacesCallId\":\"") + kA + "\"}", Author::bot, bindings)
                .differences.size(),
            1u);
}

TEST(Comparer, ShowsALiveIdThatFitsTwoRecordedOnes) {
  Bindings bindings;
  bindings.bind(kA, kB);
  const Comparison found = compare(R"({"clientContext":"another"})", std::string("{\"clientContext\":\"") + kB + "\"}",
                                   Author::bot, bindings);
  EXPECT_THAT(found.ambiguous, ElementsAre(Pair{"another", kB}));
}

TEST(Comparer, TakesNoEmptyTextForAnId) {
  const auto context = [](const std::string& text) { return R"({"clientContext":")" + text + R"("})"; };
  EXPECT_THAT(compare(context("recorded"), context("")).differences,
              ElementsAre(Difference{"/clientContext", "\"recorded\"", "\"\""}));
  EXPECT_EQ(compare(context(""), context("live")).differences.size(), 1u);
  EXPECT_THAT(compare(context(""), context("")).differences, IsEmpty());
}

std::string callback(const std::string& url) {
  return R"({"callbackUri":")" + url + R"("})";
}

TEST(Comparer, ComparesCallbacksByPathAndNotByOrigin) {
  EXPECT_THAT(compare(callback("https://tunnel.example/api/calls?v=1"), callback("http://127.0.0.1:3978/api/calls?v=1"))
                  .differences,
              IsEmpty());
  for (const char* other : {"https://tunnel.example/api/other?v=1", "https://tunnel.example/api/calls?v=2",
                            "https://tunnel.example/api/calls/?v=1", "https://tunnel.example/api?v=1"}) {
    EXPECT_EQ(compare(callback("https://tunnel.example/api/calls?v=1"), callback(other)).differences.size(), 1u)
        << other;
  }
}

TEST(Comparer, BindsThePartsOfACallbackThatAreMadeUp) {
  const std::string recorded = std::string("https://tunnel.example/calls/") + kA + "/zk3VbQ81LmPw0aXy";
  const std::string live = std::string("http://127.0.0.1/calls/") + kB + "/8fTtr5Wq2Nn0LzQe";
  const Comparison found = compare(callback(recorded), callback(live));
  EXPECT_THAT(found.differences, IsEmpty());
  EXPECT_THAT(found.pairs, ElementsAre(Pair{"57dab8b1894c409ab240bd8beae78896",
                                            "11111111222243338444"
                                            "5555aaaabbbb"},
                                       Pair{"zk3VbQ81LmPw0aXy", "8fTtr5Wq2Nn0LzQe"}, Pair{recorded, live}));
}

TEST(Comparer, KnowsOneResourceByItsNames) {
  EXPECT_THAT(compare(R"({"replacesCallId":"/app/calls/57DAB8B1894C409AB240BD8BEAE78896"})",
                      R"({"replacesCallId":"/communications/calls/57dab8b1-894c-409a-b240-bd8beae78896"})")
                  .differences,
              IsEmpty());
}

TEST(Comparer, PassesOverIgnoredPlaces) {
  EXPECT_THAT(compare(R"({"list":[{"a":1,"b":2},{"a":3}]})", R"({"list":[{"a":9,"b":2},{"a":8}]})", Author::bot, {},
                      {{"list", "*", "a"}})
                  .differences,
              IsEmpty());
}

TEST(Comparer, TakesRedactedSecretsForEqual) {
  EXPECT_THAT(compare(R"({"token":"redacted-0123456789abcdef","url":"https://x/?sig=redacted-0123456789abcdef&v=1"})",
                      R"({"token":"redacted-fedcba9876543210","url":"https://x/?sig=redacted-fedcba9876543210&v=1"})")
                  .differences,
              IsEmpty());
}

TEST(Comparer, ComparesWhatIsNoJsonAsText) {
  EXPECT_THAT(compare("plain", "plain").differences, IsEmpty());
  EXPECT_THAT(compare("{\"a\":1,}", "{\"a\":2,}").differences, ElementsAre(Difference{"", "{\"a\":1,}", "{\"a\":2,}"}));
  EXPECT_THAT(compare(std::string("id=") + kA, std::string("id=") + kB).differences, IsEmpty());
  EXPECT_THAT(compare("", "").differences, IsEmpty());
  EXPECT_EQ(compare("{}", "").differences.size(), 1u);
}

}  // namespace
}  // namespace replay
