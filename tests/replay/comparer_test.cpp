#include "replay/comparer.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace replay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kA = "57dab8b1-894c-409a-b240-bd8beae78896";
constexpr const char* kB = "11111111-2222-4333-8444-5555aaaabbbb";

Comparison compare(std::string_view recorded, std::string_view live, Author author = Author::bot,
                   const Bindings& bindings = {}, std::vector<Pointer> ignored = {}) {
  return Comparer(std::move(ignored)).bodies({{}, recorded}, {{}, live}, author, bindings);
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

std::string person(const std::string& id, const std::string& more = {}) {
  return R"({"identity":{"user":{"id":")" + id + R"("}})" + more + "}";
}

std::string invite(const std::string& participants) {
  return R"({"participants":[)" + participants + "]}";
}

TEST(Comparer, ABodyOnOneSideOnlyIsAbsentOnTheOther) {
  EXPECT_THAT(compare("", R"({"a":1})").differences, ElementsAre(Difference{"", "(absent)", R"({"a":1})"}));
  EXPECT_THAT(compare("busy", "").differences, ElementsAre(Difference{"", "busy", "(absent)"}));
}

TEST(Comparer, DoesNotCountTheOrderOfParticipants) {
  EXPECT_THAT(compare(invite(person(kA) + "," + person(kB)), invite(person(kB) + "," + person(kA))).differences,
              IsEmpty());
  EXPECT_THAT(compare(invite(person(kA, R"(,"hidden":true)") + "," + person(kB)),
                      invite(person(kB) + "," + person(kA, R"(,"hidden":false)")))
                  .differences,
              ElementsAre(Difference{"/participants/0/hidden", "true", "false"}));
}

TEST(Comparer, SaysWhichParticipantIsMissingOrTooMuch) {
  EXPECT_THAT(compare(invite(person(kA) + "," + person(kB)), invite(person(kB))).differences,
              ElementsAre(Difference{"/participants/0", person(kA), "(absent)"}));
  EXPECT_THAT(compare(invite(person(kB)), invite(person(kA) + "," + person(kB))).differences,
              ElementsAre(Difference{"/participants/0", "(absent)", person(kA)}));
}

TEST(Comparer, KnowsParticipantsByTheirIdsInTheLiveRun) {
  constexpr const char* kRecorded = "aaaaaaaa-2222-4333-8444-5555aaaabbbb";
  Bindings bindings;
  bindings.bind(kRecorded, kB);
  const auto in_roster = [](const std::string& id, const std::string& muted) {
    return R"({"id":")" + id + R"(","info":{"identity":{"user":{"id":"u"}}},"isMuted":)" + muted + "}";
  };
  const std::string other = in_roster("other", "false");
  EXPECT_THAT(compare("[" + in_roster(kRecorded, "true") + "," + other + "]",
                      "[" + other + "," + in_roster(kB, "true") + "]", Author::bot, bindings)
                  .differences,
              IsEmpty());
}

TEST(Comparer, CountsTheOrderOfThoseWhoReplaceACall) {
  const std::string replacing = R"(,"replacesCallId":"c-1")";
  EXPECT_THAT(
      compare(invite(person(kA, replacing) + "," + person(kB)), invite(person(kB) + "," + person(kA, replacing)))
          .differences,
      Not(IsEmpty()));
}

TEST(Comparer, DoesNotRunOnBehindAnElementThatCame) {
  EXPECT_THAT(compare(R"({"prompts":[{"uri":"a"},{"uri":"b"},{"uri":"c"}]})",
                      R"({"prompts":[{"uri":"a"},{"uri":"x"},{"uri":"b"},{"uri":"c"}]})")
                  .differences,
              ElementsAre(Difference{"/prompts/1", "(absent)", R"({"uri":"x"})"}));
}

TEST(Comparer, ComparesFormsByField) {
  const auto forms = [](std::string_view recorded, std::string_view live, std::vector<Pointer> ignored = {}) {
    constexpr std::string_view kForm = "application/x-www-form-urlencoded; charset=utf-8";
    return Comparer(std::move(ignored)).bodies({kForm, recorded}, {kForm, live}, Author::bot, {}).differences;
  };
  EXPECT_THAT(forms("a=1&b=x%20y", "b=x+y&a=1"), IsEmpty());
  EXPECT_THAT(forms("scope=user&old=1", "scope=admin&new="),
              ElementsAre(Difference{"field \"scope\"", "user", "admin"}, Difference{"field \"old\"", "1", "(absent)"},
                          Difference{"field \"new\"", "(absent)", ""}));
  EXPECT_THAT(forms("a=1&a=2", "a=2&a=1").size(), 2u) << "values of one name stand in order";
  EXPECT_THAT(forms("scope=user", "scope=admin", {{"scope"}}), IsEmpty());
  EXPECT_THAT(forms(R"({"a":1,"b":2})", R"({"b":2,"a":1})"), IsEmpty()) << "what curl -d sends";
  EXPECT_THAT(forms(std::string("clientContext=") + kA, std::string("clientContext=") + kB), IsEmpty());
}

TEST(Comparer, ComparesMultipartByPartUnderAnyBoundary) {
  const auto body = [](const std::string& boundary, const std::string& id, const std::string& text) {
    return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"metadata\"\r\n" +
           "Content-Type: application/json\r\n\r\n{\"call\":{\"id\":\"" + id + "\"}}\r\n--" + boundary +
           "\r\nContent-Disposition: form-data; name=\"notes\"\r\n\r\n" + text + "\r\n--" + boundary + "--\r\n";
  };
  const auto differences = [&](const std::string& id, const std::string& text, std::vector<Pointer> ignored = {}) {
    return Comparer(std::move(ignored))
        .bodies({"multipart/form-data; boundary=b1", body("b1", "one", "a\nb")},
                {"multipart/form-data; boundary=b2", body("b2", id, text)}, Author::bot, {})
        .differences;
  };
  EXPECT_THAT(differences("one", "a\nb"), IsEmpty());
  EXPECT_THAT(differences("two", "a\nc"), ElementsAre(Difference{"part \"metadata\" /call/id", "\"one\"", "\"two\""},
                                                      Difference{"part \"notes\" line 2", "b", "c"}));
  EXPECT_THAT(differences("two", "a\nb", {{"metadata", "call"}}), IsEmpty());
}

TEST(Comparer, EndsOnPartsThatHoldPartsWithoutEnd) {
  const auto nested = [](std::string body) {
    for (int i = 0; i < 50; ++i) {
      body = fmt::format("--b{0}\nContent-Type: multipart/mixed; boundary=b{1}\n\n{2}\n--b{0}--", i, i - 1, body);
    }
    return body;
  };
  const auto found = Comparer()
                         .bodies({"multipart/mixed; boundary=b49", nested("deep")},
                                 {"multipart/mixed; boundary=b49", nested("deeper")}, Author::bot, {})
                         .differences;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].pointer.starts_with("part \"1\" part \"1\" ")) << found[0].pointer;
  EXPECT_TRUE(found[0].pointer.ends_with(" part \"1\" line 127")) << found[0].pointer;
}

}  // namespace
}  // namespace replay
