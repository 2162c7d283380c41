// Replays with the identity double beside Graph's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/parse.hpp>

#include "harness/identity_options.h"
#include "harness/replayer.h"
#include "replay/verdict.h"
#include "tests/harness/loopback.h"
#include "tests/support/session_builder.h"

namespace harness {
namespace {

using support::call_is;
using support::kCall;
using support::SessionBuilder;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// What the bot was told, and what it was answered when it asked for a token each time.
struct Heard {
  std::vector<corpus::Request> told;
  std::vector<corpus::Response> answers;
  corpus::Session live;
};

Heard play(const corpus::Session& recorded, const IdentityOptions& options) {
  Loop loop;
  Heard heard;
  std::unique_ptr<HttpClient> graph;
  const auto ask = [&]() -> Task<void> {
    const corpus::Outcome answer =
        co_await graph->send(request("POST", "/common/oauth2/v2.0/token",
                                     "client_id=app-1&client_secret=hush-hush&grant_type=client_credentials&"
                                     "scope=https%3A%2F%2Fgraph.microsoft.com%2F.default"));
    if (const auto* response = std::get_if<corpus::Response>(&answer)) heard.answers.push_back(*response);
  };
  HttpServer bot(loop.io, {}, HttpServer::Handler([&](corpus::Request told) -> Task<std::optional<corpus::Response>> {
                   heard.told.push_back(std::move(told));
                   loop.beside(ask);
                   co_return corpus::Response{202, {{"Content-Length", "0"}}, {}, {}};
                 }));
  ReplaySettings settings;
  settings.bot = *parse_url("http://" + *bot.listen("127.0.0.1", 0));
  settings.graph_listen = {"127.0.0.1", 0};
  settings.schedule.asap = true;
  settings.schedule.settle = 100'000;
  const auto identity = set_up_identity(options);
  EXPECT_TRUE(identity);
  settings.identity = *identity;
  Replayer replayer(loop.io, recorded, settings);
  graph = std::make_unique<HttpClient>(loop.io, *parse_url(*replayer.listen()), HttpLimits());
  heard.live = loop.run([&]() -> Task<corpus::Session> { co_return *co_await replayer.run(); });
  return heard;
}

// One notification, and one person who asks the bot to do something.
corpus::Session a_call() {
  corpus::Session session = SessionBuilder()
                                .delivery(0, 10, call_is(kCall, "incoming", "created"))
                                .delivery(100, 110, R"({"join":"the meeting"})")
                                .take();
  session.exchanges[0].request.headers.push_back({"Authorization", "Bearer redacted-0123456789abcdef"});
  return session;
}

std::optional<std::string_view> token(const corpus::Request& told) {
  return find_header(told.headers, "Authorization");
}

IdentityOptions for_app(std::vector<std::string> tokens = {}) {
  IdentityOptions options;
  options.app = "app-1";
  options.tenant = "tenant-1";
  options.tokens = std::move(tokens);
  return options;
}

TEST(ReplayerIdentity, GivesEachNotificationAFreshToken) {
  const Heard heard = play(a_call(), for_app());
  ASSERT_EQ(heard.told.size(), 2u);
  ASSERT_TRUE(token(heard.told[0]));
  EXPECT_THAT(std::string(*token(heard.told[0])), StartsWith("Bearer "));
  const auto claims = claims_of(token(heard.told[0])->substr(7));
  ASSERT_TRUE(claims);
  EXPECT_THAT(*claims, HasSubstr(R"("aud":"app-1")"));
  EXPECT_THAT(*claims, HasSubstr(R"("tid":"tenant-1")"));
  EXPECT_FALSE(token(heard.told[1])) << "a person has no token of the platform's";
}

TEST(ReplayerIdentity, LeavesTokensAloneUnlessItKnowsWhomTheyAreFor) {
  const Heard heard = play(a_call(), {});
  EXPECT_EQ(token(heard.told.at(0)), "Bearer redacted-0123456789abcdef");
}

TEST(ReplayerIdentity, HandsTheBotItsTokenBesideTheVerdict) {
  const corpus::Session recorded = a_call();
  const Heard heard = play(recorded, for_app());
  ASSERT_EQ(heard.answers.size(), 2u);
  EXPECT_EQ(heard.answers[0].status, 200);
  EXPECT_THAT(heard.answers[0].body, HasSubstr(R"("access_token":"ey)"));
  EXPECT_EQ(replay::judge(recorded, heard.live).judgement, replay::Judgement::same);
}

TEST(ReplayerIdentity, BreaksTheTokenThatASessionNames) {
  corpus::Session recorded = a_call();
  recorded.exchanges[0].request.extra = R"("token":"none")";
  EXPECT_FALSE(token(play(recorded, for_app()).told.at(0)));
  EXPECT_THAT(std::string(*token(play(a_call(), for_app({"alg_none"})).told.at(0))), testing::EndsWith("."));
}

TEST(ReplayerIdentity, GivesTwoTokensWhereASessionNamesTwo) {
  corpus::Session recorded = a_call();
  recorded.exchanges[0].request.extra = R"("token":"two")";
  const Heard heard = play(recorded, for_app());
  EXPECT_EQ(std::ranges::count(heard.told.at(0).headers, std::string("Authorization"), &corpus::Header::name), 2);
  EXPECT_THAT(heard.live.exchanges.at(0).request.extra, HasSubstr(R"("token":"two")"));
}

TEST(IdentityOptions, SayWhatIsWrongWithThem) {
  const auto reason = [](const IdentityOptions& options) {
    const auto made = set_up_identity(options);
    return made ? std::string() : corpus::to_string(made.error());
  };
  EXPECT_THAT(reason(for_app({"stale"})), StartsWith("--token stale: is NAME=VALUE or one of"));
  IdentityOptions nobody;
  nobody.tokens = {"expired"};
  EXPECT_EQ(reason(nobody), "--token: needs to know whom the tokens are for: give --app-id too");
  IdentityOptions rolled;
  rolled.roll_after = 2;
  EXPECT_THAT(reason(rolled), StartsWith("--roll-keys-after: "));
  IdentityOptions nowhere = for_app();
  nowhere.keys = "/proc/no/such/folder";
  EXPECT_THAT(reason(nowhere), StartsWith("--keys /proc/no/such/folder"));
}

}  // namespace
}  // namespace harness
