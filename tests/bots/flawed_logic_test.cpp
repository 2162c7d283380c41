// Flaws do what they say, and nothing as long as nothing unusual comes.
#include "tests/bots/flawed_logic.h"

#include <gmock/gmock.h>

#include <fmt/format.h>

#include <set>

#include "tests/bots/token_check.h"

namespace bots {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::string_view kCall = "57dab8b1-894c-409a-b240-bd8beae78896";
constexpr std::string_view kIncoming = R"({"@odata.type":"#microsoft.graph.call","state":"incoming"})";
constexpr std::string_view kAda = R"([{"id":"p-ada","info":{"identity":{"user":{"id":"u"}}}}])";

class Flawed : public testing::Test {
 protected:
  void plant(Flaw flaw) {
    bot_.emplace(
        LogicOptions{.callback = "https://bot.contoso.example/api/calls"},
        [count = 0]() mutable { return fmt::format("id-{}", ++count); }, flaw);
  }

  Step post(std::string body, corpus::Headers headers = {}) {
    return bot_->handle({.method = "POST",
                         .target = "/api/calls",
                         .headers = std::move(headers),
                         .body = std::move(body),
                         .extra = {}});
  }

  Step notify(std::string_view change, std::string_view below, std::string_view data) {
    return post(fmt::format(
        R"({{"value":[{{"changeType":"{}","resourceUrl":"/communications/calls/{}{}","resourceData":{}}}]}})", change,
        kCall, below, data));
  }

  Step state(std::string_view change, std::string_view state) {
    return notify(change, "", fmt::format(R"({{"@odata.type":"#microsoft.graph.call","state":"{}"}})", state));
  }

  std::optional<FlawedLogic> bot_;
};

TEST(Flaws, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const FlawInfo& flaw : flaws()) {
    EXPECT_TRUE(names.insert(flaw.name).second) << flaw.name;
    EXPECT_EQ(flaw_from(flaw.name), flaw.flaw);
    EXPECT_FALSE(flaw.shows.empty()) << flaw.name;
  }
  EXPECT_GE(names.size(), 24u);
  EXPECT_EQ(flaw_from("none-such"), std::nullopt);
}

TEST_F(Flawed, NoneChangesNothing) {
  plant(Flaw::none);
  EXPECT_THAT(notify("created", "", kIncoming).requests, SizeIs(1));
  EXPECT_THAT(notify("created", "", kIncoming).requests, IsEmpty());
  EXPECT_EQ(post("no JSON").answer.status, 400);
}

TEST_F(Flawed, DiesWhereItSaysSo) {
  plant(Flaw::dies_unknown_state);
  EXPECT_FALSE(state("updated", "established").dies);
  EXPECT_TRUE(state("updated", "levitating").dies);
  plant(Flaw::dies_early_roster);
  EXPECT_TRUE(notify("updated", "/participants", kAda).dies);
  plant(Flaw::dies_early_roster);
  EXPECT_FALSE(notify("created", "", kIncoming).dies);
  EXPECT_FALSE(notify("updated", "/participants", kAda).dies);
  plant(Flaw::dies_empty_batch);
  EXPECT_TRUE(post(R"({"value":[]})").dies);
  plant(Flaw::dies_no_identity);
  EXPECT_FALSE(notify("updated", "/participants", kAda).dies);
  EXPECT_TRUE(notify("updated", "/participants", R"([{"id":"p"}])").dies);
}

TEST_F(Flawed, DiesOfWhatHasEnded) {
  plant(Flaw::dies_after_end);
  EXPECT_FALSE(state("deleted", "terminated").dies);
  EXPECT_FALSE(state("deleted", "terminated").dies);
  EXPECT_TRUE(notify("updated", "/participants", kAda).dies);
  plant(Flaw::dies_unknown_operation);
  constexpr std::string_view kEnded = R"({"@odata.type":"#microsoft.graph.inviteParticipantsOperation"})";
  EXPECT_FALSE(notify("deleted", "/operations/1", kEnded).dies);
  EXPECT_FALSE(notify("deleted", "/operations/2", kEnded).dies);
  EXPECT_TRUE(notify("deleted", "/operations/1", kEnded).dies);
}

TEST_F(Flawed, FailsAtCopies) {
  plant(Flaw::fails_duplicate);
  EXPECT_EQ(notify("created", "", kIncoming).answer.status, 202);
  EXPECT_EQ(notify("created", "", kIncoming).answer.status, 500);
  plant(Flaw::slow_when_resent);
  notify("created", "", kIncoming);
  EXPECT_EQ(notify("created", "", kIncoming).late.count(), 0);
  EXPECT_GT(notify("created", "", kIncoming).late.count(), 5000);
}

TEST_F(Flawed, ClosesOnFramingAndSize) {
  plant(Flaw::closes_chunked);
  EXPECT_FALSE(post("{}").closes);
  EXPECT_TRUE(post("{}", {{"Transfer-Encoding", "chunked"}}).closes);
  plant(Flaw::closes_large);
  EXPECT_TRUE(post(std::string(70'000, ' ')).closes);
}

TEST_F(Flawed, ActsTwice) {
  plant(Flaw::answers_twice);
  EXPECT_THAT(notify("created", "", kIncoming).requests, SizeIs(1));
  EXPECT_THAT(notify("created", "", kIncoming).requests, SizeIs(1));
  plant(Flaw::acts_after_end);
  EXPECT_THAT(notify("updated", "/participants", kAda).requests, SizeIs(1));
  EXPECT_THAT(notify("updated", "/participants", kAda).requests, IsEmpty());
  state("deleted", "terminated");
  EXPECT_THAT(notify("updated", "/participants", kAda).requests, SizeIs(1));
}

TEST_F(Flawed, RacesOnlyUntilGraphHasAnswered) {
  plant(Flaw::races);
  const auto requests = notify("created", "", kIncoming).requests;
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_THAT(notify("created", "", kIncoming).requests, SizeIs(1));
  bot_->handle(requests.front(), {.status = 202, .headers = {}, .body = {}, .extra = {}});
  EXPECT_THAT(notify("created", "", kIncoming).requests, IsEmpty());
}

TEST_F(Flawed, TriesAgain) {
  plant(Flaw::retries_too_soon);
  const auto requests = notify("created", "", kIncoming).requests;
  ASSERT_THAT(requests, SizeIs(1));
  const corpus::Response busy{.status = 429, .headers = {}, .body = {}, .extra = {}};
  EXPECT_THAT(bot_->handle(requests.front(), busy), ElementsAre(requests.front()));
  plant(Flaw::wedges_on_error);
  const corpus::Response broken{.status = 500, .headers = {}, .body = {}, .extra = {}};
  bot_->handle(requests.front(), broken);
  EXPECT_THAT(notify("created", "", kIncoming).requests, IsEmpty());
}

TEST_F(Flawed, LooksAtTheFirstOfABatch) {
  const std::string other =
      R"({"changeType":"created","resourceUrl":"/communications/calls/90ed37dc-d8e3-4e11-9de3-30a955dda06f",)"
      R"("resourceData":{"@odata.type":"#microsoft.graph.call","state":"incoming"}})";
  const std::string both =
      fmt::format(R"({{"value":[{{"changeType":"created","resourceUrl":"/communications/calls/{}",)"
                  R"("resourceData":{}}},{}]}})",
                  kCall, kIncoming, other);
  plant(Flaw::none);
  EXPECT_THAT(post(both).requests, SizeIs(2));
  plant(Flaw::first_of_batch);
  EXPECT_THAT(post(both).requests, SizeIs(1));
}

TEST(TokenCheck, RefusesWhatIsNoToken) {
  const auto now = std::chrono::system_clock::now();
  EXPECT_EQ(TokenCheck("app", Flaw::none).look({}, now), TokenVerdict::bad);
  EXPECT_EQ(TokenCheck("app", Flaw::takes_no_token).look({}, now), TokenVerdict::good);
  EXPECT_EQ(TokenCheck("app", Flaw::none).look({{"Authorization", "Bearer e30.e30."}}, now), TokenVerdict::bad);
  const corpus::Headers two{{"Authorization", "Bearer e30.e30."}, {"Authorization", "Bearer e30.e30."}};
  EXPECT_EQ(TokenCheck("app", Flaw::takes_unknown_key).look(two, now), TokenVerdict::bad);
}

}  // namespace
}  // namespace bots
