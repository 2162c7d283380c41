#include "tests/bots/scenarios.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "tests/bots/graph_payloads.h"

namespace bots {
namespace {

namespace json = boost::json;

using harness::Task;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

// Nobody here exists: names, ids and the tenant are invented.
constexpr const char* kTenant = "6d2f7b1e-90c4-4a57-8c39-1f5be0a7d311";
const Person kAda{"Ada Brook", "0b8e4f62-7d15-4c9a-9e03-52c1a7f6d840", kTenant};
const Person kNoor{"Noor Haddad", "a41c9d07-33f8-4e6b-b2d5-8f70e19c5b26", kTenant};
const Person kMateo{"Mateo Ruiz", "e7952b3c-1a60-48df-8b41-d03f6ca9e815", kTenant};
const Person kIngrid{"Ingrid Solberg", "5c30fa98-e2b7-4d14-a6c8-794be1d25f03", kTenant};
const Person kKofi{"Kofi Mensah", "928d1e5b-4fc3-4b70-93ae-c6a5082f7d1e", kTenant};
const Person kYuki{"Yuki Tanabe", "f16a0c74-d859-4e23-8f9b-2b7d43e5a690", kTenant};

json::object user(const Person& person) {
  return {{"@odata.type", "#microsoft.graph.identity"},
          {"id", person.id},
          {"displayName", person.name},
          {"tenantId", person.tenant}};
}

using Persons = std::vector<const Person*>;

json::array users(const Persons& persons) {
  json::array result;
  for (const auto* person : persons) result.push_back(user(*person));
  return result;
}

// How things end, in codes and in the words that Graph puts around them.
const ResultInfo kSuccess{200, 0, "Success"};
const ResultInfo kHungUpByBot{200, 4521, "Call ended by the application. DiagCode: 200#4521.@"};
const ResultInfo kReplaced{200, 5002, "Replaced by another call. DiagCode: 200#5002.@"};
const ResultInfo kEverybodyLeft{200, 5010, "Everybody has left. DiagCode: 200#5010.@"};
const ResultInfo kNoAnswer{480, 10037, "Nobody answered in time. DiagCode: 480#10037.@"};
const ResultInfo kDeclined{480, 10076, "Declined. DiagCode: 480#10076.@"};

/// The cause of such a failure stands nowhere but in the text.
ResultInfo could_not_invite(const Person& person) {
  return {500, 0,
          fmt::format("addParticipantsfailed for participants: 28:{} reason: Audio-video modality controller could not "
                      "invite participant to this conversation., code=580 subcode=5201",
                      person.id)};
}

// Wishes are made in functions of their own: g++ 12 rejects lists in braces inside of coroutines.

json::object about(const std::string& call) {
  return {{"callId", call}};
}

json::object busy(const std::string& call) {
  return {{"callId", call}, {"notifications", 1}};
}

json::object call_and_invite(const Person& called, const Person& invited) {
  return {{"users", users({&called})}, {"invite", {{"users", users({&invited})}}}};
}

json::object call_and_invite_each(const Person& called, const Persons& invited) {
  return {{"users", users({&called})}, {"invite", {{"users", users(invited)}, {"separately", true}}}};
}

json::object call_and_replace(const Person& called, const Person& invited, const std::string& old) {
  return {{"users", users({&called})}, {"invite", {{"users", users({&invited})}, {"replacesCallId", old}}}};
}

json::object meeting_of(const Person& organizer) {
  return {{"chatInfo",
           {{"@odata.type", "#microsoft.graph.chatInfo"},
            {"threadId", "19:meeting_b4f1d6c09a3e47d58e72c01f@thread.v2"},
            {"messageId", "0"}}},
          {"meetingInfo",
           {{"@odata.type", "#microsoft.graph.organizerMeetingInfo"},
            {"organizer", {{"@odata.type", "#microsoft.graph.identitySet"}, {"user", user(organizer)}}}}}};
}

const Persons kInvited{&kNoor, &kMateo, &kIngrid, &kKofi, &kYuki};
/// Those of them who answer first, in the order in which they do.
constexpr std::array kAnswering{&kIngrid, &kNoor, &kYuki};
/// Those who come and go in a meeting, in order.
constexpr std::array kComing{&kAda, &kNoor, &kMateo};
constexpr std::array kGoing{&kNoor, &kAda, &kMateo};

/// The bot asks for a call, and Graph gives it one. With `swapped`, the second news of it is faster than the first.
Task<std::string> new_call(Stage& stage, std::string what, json::object wish, bool swapped = false) {
  wish["tenantId"] = kTenant;
  co_await stage.wish(what, std::move(wish));
  const auto heard = co_await stage.expect(Purpose::create);
  const auto& call = stage.graph().call(heard.call);
  const std::array states{swapped ? "established" : "establishing", swapped ? "establishing" : "established"};
  co_await stage.pause(90ms);
  co_await stage.notify(call, call_updated(call, states[0]));
  co_await stage.pause(swapped ? 15ms : 350ms);
  co_await stage.notify(call, call_updated(call, states[1]));
  co_return call.id;
}

/// Somebody calls the bot, and the bot answers.
Task<std::string> call_from(Stage& stage, const Person& caller) {
  const auto& call = stage.graph().incoming_call();
  co_await stage.notify(call, incoming_call(call, caller));
  co_await stage.expect(Purpose::answer);
  co_await stage.pause(60ms);
  co_await stage.notify(call, call_updated(call, "establishing"));
  co_await stage.pause(280ms);
  co_await stage.notify(call, call_updated(call, "established"));
  co_return call.id;
}

/// The bot mutes who has just come, and Graph tells everybody.
Task<void> mute_follows(Stage& stage, const GraphCall& call) {
  co_await stage.expect(Purpose::mute);
  co_await stage.pause(40ms);
  co_await stage.notify(call, roster_updated(call));
}

/// A person joins.
Task<void> joins(Stage& stage, const std::string& id, const Person& person) {
  auto& call = stage.graph().call(id);
  stage.graph().join(call, person);
  co_await stage.pause(150ms);
  co_await stage.notify(call, roster_updated(call));
  co_await mute_follows(stage, call);
}

/// A person leaves.
Task<void> leaves(Stage& stage, const std::string& id, const Person& person) {
  auto& call = stage.graph().call(id);
  stage.graph().leave(call, person);
  co_await stage.pause(200ms);
  co_await stage.notify(call, roster_updated(call));
}

/// The bot hangs up, and the call comes to its end.
Task<void> hung_up(Stage& stage, const std::string& id, ResultInfo why) {
  co_await stage.expect(Purpose::hang_up);
  const auto& call = stage.graph().call(id);
  co_await stage.pause(30ms);
  co_await stage.notify(call, call_updated(call, "terminating"));
  co_await stage.pause(120ms);
  co_await stage.notify(call, call_deleted(call, why));
  stage.graph().end(call);
}

/// A person tells the bot to hang up.
Task<void> told_to_hang_up(Stage& stage, const std::string& id) {
  co_await stage.pause(250ms);
  co_await stage.wish("hang-up", about(id));
  co_await hung_up(stage, id, kHungUpByBot);
}

/// The end of an invite.
Task<void> invite_ends(Stage& stage, const Heard& invite, std::string status, ResultInfo why) {
  const auto& call = stage.graph().call(invite.call);
  co_await stage.notify(call, invite_ended(call, stage.graph().operation(invite.subject), status, why));
}

Task<void> invite_completes_well(Stage& stage, const Heard& invite) {
  return invite_ends(stage, invite, "completed", kSuccess);
}

Task<void> invite_completes(Stage& stage) {
  const auto call = co_await new_call(stage, "call", call_and_invite(kAda, kNoor));
  const auto invite = co_await stage.expect(Purpose::invite);
  co_await joins(stage, call, kAda);
  co_await stage.pause(600ms);
  co_await invite_completes_well(stage, invite);
  co_await joins(stage, call, kNoor);
  co_await told_to_hang_up(stage, call);
}

Task<void> invite_replaces_call(Stage& stage) {
  const auto old = co_await call_from(stage, kAda);
  co_await joins(stage, old, kAda);
  const auto call = co_await new_call(stage, "call", call_and_replace(kNoor, kAda, old));
  const auto invite = co_await stage.expect(Purpose::invite);
  co_await joins(stage, call, kNoor);
  co_await stage.pause(300ms);
  co_await invite_completes_well(stage, invite);
  co_await joins(stage, call, kAda);
  const auto& replaced = stage.graph().call(old);
  co_await stage.notify(replaced, call_updated(replaced, "terminated"));
  co_await stage.pause(80ms);
  co_await stage.notify(replaced, call_deleted(replaced, kReplaced));
  stage.graph().end(replaced);
  co_await told_to_hang_up(stage, call);
}

Task<void> invite_fails(Stage& stage) {
  const auto call = co_await new_call(stage, "call", call_and_invite(kAda, kMateo));
  const auto invite = co_await stage.expect(Purpose::invite);
  co_await joins(stage, call, kAda);
  co_await stage.pause(400ms);
  co_await invite_ends(stage, invite, "failed", could_not_invite(kMateo));
  co_await told_to_hang_up(stage, call);
}

Task<void> invite_rings_60s_then_fails(Stage& stage) {
  const auto call = co_await new_call(stage, "call", call_and_invite(kAda, kIngrid));
  const auto invite = co_await stage.expect(Purpose::invite);
  co_await joins(stage, call, kAda);
  co_await stage.pause(60s);
  co_await invite_ends(stage, invite, "failed", kNoAnswer);
  co_await told_to_hang_up(stage, call);
}

Task<void> incoming_call_scenario(Stage& stage) {
  const auto call = co_await call_from(stage, kAda);
  co_await joins(stage, call, kAda);
  co_await told_to_hang_up(stage, call);
}

Task<void> group_call(Stage& stage) {
  const auto call = co_await new_call(stage, "join", meeting_of(kAda));
  for (const auto* person : kComing) co_await joins(stage, call, *person);
  co_await stage.pause(200ms);
  co_await stage.wish("keep-alive", about(call));
  co_await stage.expect(Purpose::keep_alive);
  for (const auto* person : kGoing) co_await leaves(stage, call, *person);
  co_await hung_up(stage, call, kEverybodyLeft);
}

Task<void> established_before_establishing(Stage& stage) {
  const auto call = co_await new_call(stage, "call", call_and_invite(kAda, kNoor), true);
  const auto invite = co_await stage.expect(Purpose::invite);
  co_await joins(stage, call, kAda);
  co_await stage.pause(300ms);
  co_await invite_completes_well(stage, invite);
  co_await joins(stage, call, kNoor);
  co_await told_to_hang_up(stage, call);
}

Task<void> notification_before_answer(Stage& stage) {
  stage.hold(Purpose::invite);
  const auto call = co_await new_call(stage, "call", call_and_invite(kAda, kNoor));
  const auto invite = co_await stage.expect(Purpose::invite);
  co_await stage.pause(50ms);
  co_await invite_completes_well(stage, invite);
  co_await stage.pause(70ms);
  stage.release(Purpose::invite);
  co_await joins(stage, call, kAda);
  co_await joins(stage, call, kNoor);
  co_await told_to_hang_up(stage, call);
}

Task<void> five_operations_in_flight(Stage& stage) {
  stage.hold(Purpose::invite);
  const auto call = co_await new_call(stage, "call", call_and_invite_each(kAda, kInvited));
  std::vector<Heard> invites;
  for (std::size_t i = 0; i < kInvited.size(); ++i) invites.push_back(co_await stage.expect(Purpose::invite));
  stage.release(Purpose::invite);

  const auto invite_of = [&](const Person& person) {
    return *std::ranges::find_if(
        invites, [&](const Heard& one) { return stage.graph().operation(one.subject).persons.contains(person.id); });
  };
  co_await joins(stage, call, kAda);
  for (const auto* person : kAnswering) {
    co_await stage.pause(180ms);
    co_await invite_completes_well(stage, invite_of(*person));
    co_await joins(stage, call, *person);
  }
  co_await invite_ends(stage, invite_of(kKofi), "failed", kDeclined);
  co_await invite_completes_well(stage, invite_of(kMateo));
  co_await joins(stage, call, kMateo);
  co_await told_to_hang_up(stage, call);
}

Task<void> resent_after_503(Stage& stage) {
  const auto id = co_await call_from(stage, kAda);
  co_await stage.wish("busy", busy(id));
  auto& call = stage.graph().call(id);
  stage.graph().join(call, kAda);
  const auto body = roster_updated(call);
  const auto refused = co_await stage.notify(call, body, 503);
  co_await stage.pause(500ms);
  co_await stage.notify(call, body, 202, refused);
  co_await mute_follows(stage, call);
  co_await told_to_hang_up(stage, id);
}

constexpr std::array<Scenario, 10> kScenarios{{
    {"invite-completes", "an invite that completes", invite_completes},
    {"invite-replaces-call", "an invite that replaces a peer-to-peer call", invite_replaces_call},
    {"invite-fails", "an invite that fails, the reason only in the text", invite_fails},
    {"invite-rings-60s-then-fails", "an invite that rings for a minute and then fails", invite_rings_60s_then_fails},
    {"incoming-call", "an incoming call: answered, roster, hang-up", incoming_call_scenario},
    {"group-call", "a meeting with three people joining and leaving", group_call},
    {"established-before-establishing", "two notifications in the wrong order", established_before_establishing},
    {"notification-before-answer", "an invite that ends before it has been answered", notification_before_answer},
    {"five-operations-in-flight", "five invites at once", five_operations_in_flight},
    {"resent-after-503", "a notification that the bot turns away and gets again", resent_after_503},
}};

}  // namespace

std::span<const Scenario> scenarios() {
  return kScenarios;
}

const Scenario* find_scenario(std::string_view name) {
  const auto* found = std::ranges::find(kScenarios, name, &Scenario::name);
  return found == kScenarios.end() ? nullptr : found;
}

}  // namespace bots
