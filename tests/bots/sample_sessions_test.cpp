// The sample sessions hold what their names promise. A recording that does not is worse than none.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "corpus/session_file.h"
#include "harness/http_message.h"
#include "tests/support/source_path.h"

namespace bots {
namespace {

using corpus::Exchange;
using corpus::Leg;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

using Exchanges = std::vector<const Exchange*>;

corpus::Session sample(std::string_view name) {
  auto session = corpus::read_session(support::source_path("corpus/sessions/") + std::string(name) +
                                      std::string(corpus::kSessionSuffix));
  if (!session) ADD_FAILURE() << to_string(session.error());
  return session ? std::move(*session) : corpus::Session();
}

/// The exchanges of a leg whose target ends in `target` and whose body holds all of `parts`, in order of time.
Exchanges find(const corpus::Session& session, Leg leg, std::string_view method, std::string_view target,
               const std::vector<std::string>& parts = {}) {
  Exchanges result;
  for (const auto& exchange : session.exchanges) {
    const auto& request = exchange.request;
    const bool all = std::ranges::all_of(parts, [&](const auto& part) { return request.body.contains(part); });
    if (exchange.leg == leg && request.method == method && request.target.ends_with(target) && all) {
      result.push_back(&exchange);
    }
  }
  return result;
}

Exchanges notifications(const corpus::Session& session, const std::vector<std::string>& parts) {
  return find(session, Leg::webhook, "POST", "/api/calls", parts);
}

Exchanges invites(const corpus::Session& session) {
  return find(session, Leg::graph, "POST", "/participants/invite");
}

/// How many persons each roster lists, in order of time.
std::vector<int> roster_sizes(const corpus::Session& session) {
  std::vector<int> result;
  for (const auto* roster : notifications(session, {"#microsoft.graph.participant\""})) {
    int persons = 0;
    for (auto at = roster->request.body.find("\"user\":"); at != std::string::npos;
         at = roster->request.body.find("\"user\":", at + 1)) {
      ++persons;
    }
    result.push_back(persons);
  }
  return result;
}

class EverySample : public testing::TestWithParam<const char*> {};

TEST_P(EverySample, IsWholeAndEveryExchangeEnded) {
  const auto session = sample(GetParam());
  EXPECT_EQ(session.info.name, GetParam());
  EXPECT_TRUE(session.end.has_value());
  EXPECT_THAT(session.damage, IsEmpty());
  EXPECT_THAT(session.exchanges, Not(IsEmpty()));
  for (const auto& exchange : session.exchanges) EXPECT_TRUE(exchange.response()) << "exchange " << exchange.number;
}

TEST_P(EverySample, HoldsNoSecret) {
  for (const auto& exchange : sample(GetParam()).exchanges) {
    for (const std::string_view secret : {"eyJ", "mock-token"}) {
      EXPECT_FALSE(exchange.request.body.contains(secret)) << "exchange " << exchange.number;
      for (const auto& header : exchange.request.headers) {
        EXPECT_FALSE(header.value.contains(secret)) << "exchange " << exchange.number << ", " << header.name;
      }
    }
  }
}

TEST_P(EverySample, EndsWithTheEndOfTheCall) {
  const auto session = sample(GetParam());
  EXPECT_THAT(find(session, Leg::graph, "DELETE", ""), SizeIs(1));
  EXPECT_TRUE(session.exchanges.back().request.body.contains("\"changeType\":\"deleted\""));
}

INSTANTIATE_TEST_SUITE_P(Samples, EverySample,
                         testing::Values("established-before-establishing", "five-operations-in-flight", "group-call",
                                         "incoming-call", "invite-completes", "invite-fails", "invite-replaces-call",
                                         "invite-rings-60s-then-fails", "notification-before-answer",
                                         "resent-after-503"),
                         [](const auto& name) {
                           std::string result = name.param;
                           std::ranges::replace(result, '-', '_');
                           return result;
                         });

TEST(Samples, InviteCompletes) {
  const auto session = sample("invite-completes");
  ASSERT_THAT(invites(session), SizeIs(1));
  EXPECT_TRUE(invites(session)[0]->response()->body.contains("\"status\":\"Running\""));
  const auto ends = notifications(session, {"inviteParticipantsOperation", "\"status\":\"completed\""});
  ASSERT_THAT(ends, SizeIs(1));
  EXPECT_LT(invites(session)[0]->ended, ends[0]->sent);
  EXPECT_THAT(roster_sizes(session), testing::ElementsAre(1, 1, 2, 2));
}

TEST(Samples, ReplacedCallIsTerminatedAndThenDeleted) {
  const auto session = sample("invite-replaces-call");
  const auto answers = find(session, Leg::graph, "POST", "/answer");
  ASSERT_THAT(answers, SizeIs(1));
  const std::string target = answers[0]->request.target;
  const auto cut = target.find("/answer");
  const std::string old = target.substr(cut - 36, 36);  // a GUID with dashes
  ASSERT_THAT(invites(session), SizeIs(1));
  EXPECT_TRUE(invites(session)[0]->request.body.contains("\"replacesCallId\":\"" + old + "\""));
  EXPECT_FALSE(invites(session)[0]->request.target.contains(old));
  const auto terminated = notifications(session, {"/communications/calls/" + old, "updated", "\"terminated\""});
  const auto deleted = notifications(session, {"/communications/calls/" + old, "\"changeType\":\"deleted\""});
  ASSERT_THAT(terminated, SizeIs(1));
  ASSERT_THAT(deleted, SizeIs(1));
  EXPECT_LT(terminated[0]->sent, deleted[0]->sent);
}

TEST(Samples, FailedInviteHasItsCauseInTheText) {
  const auto session = sample("invite-fails");
  EXPECT_THAT(notifications(session, {"inviteParticipantsOperation", "\"status\":\"failed\"", "\"code\":500",
                                      "code=580 subcode=5201"}),
              SizeIs(1));
}

TEST(Samples, InviteRingsForAMinute) {
  const auto session = sample("invite-rings-60s-then-fails");
  const auto failed = notifications(session, {"inviteParticipantsOperation", "\"status\":\"failed\""});
  ASSERT_THAT(failed, SizeIs(1));
  ASSERT_THAT(invites(session), SizeIs(1));
  EXPECT_GE(failed[0]->sent - invites(session)[0]->sent, 60'000'000);
}

TEST(Samples, IncomingCallIsAnswered) {
  const auto session = sample("incoming-call");
  EXPECT_TRUE(session.exchanges.front().request.body.contains("\"state\":\"incoming\""));
  EXPECT_THAT(find(session, Leg::graph, "POST", "/answer"), SizeIs(1));
  EXPECT_THAT(roster_sizes(session), testing::ElementsAre(1, 1));
}

TEST(Samples, ThreePeopleJoinAndLeave) {
  EXPECT_THAT(roster_sizes(sample("group-call")), testing::ElementsAre(1, 1, 2, 2, 3, 3, 2, 1, 0));
}

TEST(Samples, EstablishedComesFirst) {
  const auto session = sample("established-before-establishing");
  const auto established = notifications(session, {"\"established\""});
  const auto establishing = notifications(session, {"\"establishing\""});
  ASSERT_THAT(established, SizeIs(1));
  ASSERT_THAT(establishing, SizeIs(1));
  EXPECT_LT(established[0]->sent, establishing[0]->sent);
}

TEST(Samples, NotificationComesBeforeTheAnswerToItsInvite) {
  const auto session = sample("notification-before-answer");
  const auto ends = notifications(session, {"inviteParticipantsOperation", "\"status\":\"completed\""});
  ASSERT_THAT(ends, SizeIs(1));
  ASSERT_THAT(invites(session), SizeIs(1));
  EXPECT_LT(invites(session)[0]->sent, ends[0]->sent);
  EXPECT_LT(ends[0]->ended, invites(session)[0]->ended);
}

TEST(Samples, FiveInvitesAreUnderWayAtOnce) {
  const auto session = sample("five-operations-in-flight");
  const auto all = invites(session);
  ASSERT_THAT(all, SizeIs(5));
  const auto last_sent = std::ranges::max(all, {}, &Exchange::sent)->sent;
  for (const auto* invite : all) EXPECT_LT(last_sent, invite->ended);
  EXPECT_THAT(notifications(session, {"inviteParticipantsOperation", "\"status\":\"completed\""}), SizeIs(4));
  EXPECT_THAT(notifications(session, {"inviteParticipantsOperation", "\"status\":\"failed\""}), SizeIs(1));
}

TEST(Samples, TurnedAwayNotificationComesAgain) {
  const auto session = sample("resent-after-503");
  const auto rosters = notifications(session, {"#microsoft.graph.participant\"", "\"isMuted\":false,\"isInLobby\""});
  ASSERT_GE(rosters.size(), 2U);
  EXPECT_EQ(rosters[0]->response()->status, 503);
  EXPECT_EQ(rosters[1]->response()->status, 202);
  EXPECT_EQ(rosters[0]->request.body, rosters[1]->request.body);
  EXPECT_EQ(harness::find_header(rosters[1]->request.headers, "X-Microsoft-Skype-Original-Message-ID"),
            harness::find_header(rosters[0]->request.headers, "X-Microsoft-Skype-Message-ID"));
}

}  // namespace
}  // namespace bots
