#include "tests/bots/bot_logic.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "harness/http_message.h"
#include "tests/bots/ids.h"
#include "tests/bots/json_access.h"
#include "tests/bots/notification_access.h"

namespace bots {
namespace {

namespace json = boost::json;

constexpr std::string_view kNotificationPath = "/api/calls";
constexpr std::string_view kWishPrefix = "/api/";
// What is kept of calls, also of those whose end was never told, stays within bounds.
constexpr std::size_t kMostCalls = 500;

constexpr std::array<std::pair<Purpose, std::string_view>, 6> kPurposes{{
    {Purpose::create, "create"},
    {Purpose::answer, "answer"},
    {Purpose::invite, "invite"},
    {Purpose::mute, "mute"},
    {Purpose::hang_up, "hang-up"},
    {Purpose::keep_alive, "keep-alive"},
}};

std::string_view last_segment(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

std::string_view participant_id(const json::object& participant) {
  const auto id = string_at(participant, "id");
  return id.empty() ? last_segment(string_at(participant, "@odata.id")) : id;
}

/// The user in a participant's or a target's identity; null for an application, a phone or a guest.
const json::object* user_of(const json::object& participant) {
  const auto* info = object_at(participant, "info");
  const auto* identity = info ? object_at(*info, "identity") : nullptr;
  return identity ? object_at(*identity, "user") : nullptr;
}

corpus::Response plain_answer(int status, std::string_view text) {
  return {.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = std::string(text) + "\n", .extra = {}};
}

/// The SDK of real bots returns these two identifiers with every acknowledgement.
corpus::Response acknowledgement(const corpus::Request& request, int status) {
  corpus::Response answer{.status = status, .headers = {}, .body = {}, .extra = {}};
  if (const auto id = harness::find_header(request.headers, "X-Microsoft-Skype-Message-ID")) {
    answer.headers.push_back({"Client-Request-Id", std::string(*id)});
  }
  if (const auto id = harness::find_header(request.headers, "Scenario-ID")) {
    answer.headers.push_back({"Scenario-Id", std::string(*id)});
  }
  return answer;
}

json::object media_config() {
  return {{"@odata.type", "#microsoft.graph.serviceHostedMediaConfig"}};
}

/// Identity sets for the persons of a wish: [{"id":…,"displayName":…,"tenantId":…}, …].
std::vector<std::string> identities(const json::object& wish) {
  std::vector<std::string> result;
  if (const auto* users = array_at(wish, "users")) {
    for (const auto& user : *users) {
      if (user.is_object()) {
        result.push_back(
            json::serialize(json::object{{"@odata.type", "#microsoft.graph.identitySet"}, {"user", user}}));
      }
    }
  }
  return result;
}

json::object invitation(const std::string& identity, const std::string& replaces) {
  json::object result{{"@odata.type", "#microsoft.graph.invitationParticipantInfo"},
                      {"identity", parse_object(identity)}};
  if (!replaces.empty()) result["replacesCallId"] = replaces;
  return result;
}

}  // namespace

std::string_view to_string(Purpose purpose) {
  return std::ranges::find(kPurposes, purpose, &decltype(kPurposes)::value_type::first)->second;
}

std::optional<Purpose> purpose_from(std::string_view word) {
  const auto* found = std::ranges::find(kPurposes, word, &decltype(kPurposes)::value_type::second);
  return found == kPurposes.end() ? std::nullopt : std::optional(found->first);
}

BotLogic::BotLogic(LogicOptions options, std::function<std::string()> new_id)
    : options_(std::move(options)), new_id_(std::move(new_id)) {}

Step BotLogic::handle(const corpus::Request& request) {
  const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  if (path == "/health") return {plain_answer(200, "well"), {}};
  if (!path.starts_with(kWishPrefix)) return {plain_answer(404, "nothing here"), {}};
  if (request.method != "POST") return {plain_answer(405, "POST is meant"), {}};
  if (path == kNotificationPath) return notified(request);
  return wish(path.substr(kWishPrefix.size()), parse_object(request.body));
}

Step BotLogic::notified(const corpus::Request& request) {
  const auto envelope = parse_object(request.body);
  const auto* list = array_at(envelope, "value");
  if (!list) return {plain_answer(400, "no commsNotifications"), {}};

  for (const auto& notification : *list) {
    if (!notification.is_object()) continue;
    auto* call = find_call(call_id_in(resource_of(notification.get_object())));
    if (!call || call->busy == 0) continue;
    --call->busy;
    auto answer = acknowledgement(request, 503);
    answer.headers.push_back({"Retry-After", "1"});
    return {std::move(answer), {}};
  }

  Step step{acknowledgement(request, 202), {}};
  for (const auto& notification : *list) {
    if (!notification.is_object()) continue;
    std::ranges::move(notice(notification.get_object()), std::back_inserter(step.requests));
  }
  return step;
}

BotLogic::Requests BotLogic::notice(const json::object& notification) {
  const auto id = call_id_in(resource_of(notification));
  if (id.empty() || (!options_.forgets_ended && ended_.contains(bare(id)))) return {};
  if (const auto* list = array_at(notification, "resourceData")) return roster_changed(call_of(id), *list);
  const auto* data = object_at(notification, "resourceData");
  if (!data || !ends_with_type(*data, "microsoft.graph.call")) return {};  // the end of an operation changes no plan
  return call_changed(call_of(id), string_at(notification, "changeType"), *data);
}

BotLogic::Requests BotLogic::call_changed(Call& call, std::string_view change, const json::object& data) {
  if (const auto chain = string_at(data, "callChainId"); !chain.empty()) call.scenario = chain;
  const auto state = string_at(data, "state");
  if (change == "deleted") {
    forget(call);
    return {};
  }
  if (state == "incoming") {
    if (std::exchange(call.answered, true)) return {};
    const json::object body{{"callbackUri", options_.callback},
                            {"mediaConfig", media_config()},
                            {"acceptedModalities", json::array{"audio"}}};
    return {request(call, Purpose::answer, "POST", "/answer", json::serialize(body))};
  }
  if (state == "established") {
    call.established = true;
    return carry_out(call);
  }
  return {};
}

BotLogic::Requests BotLogic::roster_changed(Call& call, const json::array& participants) {
  Requests requests;
  bool somebody_is_here = false;
  for (const auto& participant : participants) {
    if (!participant.is_object()) continue;
    const auto& person = participant.get_object();
    if (ends_with_type(person, "deltaParticipants") || !user_of(person)) continue;
    somebody_is_here = true;
    if (auto mute = meet(call, person)) requests.push_back(std::move(*mute));
  }
  const bool last_one_left = call.somebody_was_here && !somebody_is_here;
  call.somebody_was_here = somebody_is_here;
  return last_one_left ? hang_up(call) : requests;
}

std::optional<GraphRequest> BotLogic::meet(Call& call, const json::object& participant) {
  const std::string id(participant_id(participant));
  if (id.empty() || flag_at(participant, "isInLobby")) return std::nullopt;
  if (!call.muted.insert(bare(id)).second || flag_at(participant, "isMuted") || !options_.mute_on_join) {
    return std::nullopt;
  }
  const json::object body{{"clientContext", new_id_()}};
  return request(call, Purpose::mute, "POST", fmt::format("/participants/{}/mute", id), json::serialize(body));
}

Step BotLogic::wish(std::string_view what, const json::object& body) {
  const auto accepted = plain_answer(202, "accepted");
  if (what == "call") return {accepted, create(body, false)};
  if (what == "join") return {accepted, create(body, true)};
  auto* call = find_call(string_at(body, "callId"));
  if (!call) return {plain_answer(404, "no such call"), {}};
  if (what == "hang-up") return {accepted, hang_up(*call)};
  if (what == "keep-alive") {
    return {accepted, {request(*call, Purpose::keep_alive, "POST", "/keepAlive", "{}")}};
  }
  if (what == "busy") {
    const auto* count = body.if_contains("notifications");
    call->busy = count && count->is_int64() ? static_cast<int>(count->get_int64()) : 1;
    return {accepted, {}};
  }
  if (what == "invite") {
    call->plan = Plan{identities(body), std::string(string_at(body, "replacesCallId")), flag_at(body, "separately")};
    return {accepted, call->established ? carry_out(*call) : Requests()};
  }
  return {plain_answer(404, "no such wish"), {}};
}

BotLogic::Requests BotLogic::create(const json::object& wish, bool join) {
  json::object body{{"@odata.type", "#microsoft.graph.call"},
                    {"callbackUri", options_.callback},
                    {"requestedModalities", json::array{"audio"}},
                    {"mediaConfig", media_config()},
                    {"tenantId", string_at(wish, "tenantId")}};
  if (join) {
    for (const std::string_view key : {"chatInfo", "meetingInfo"}) {
      if (const auto* part = object_at(wish, key)) body[key] = *part;
    }
  } else {
    auto& targets = body["targets"].emplace_array();
    for (const auto& identity : identities(wish)) targets.push_back(invitation(identity, ""));
  }
  Call unnamed;
  unnamed.scenario = new_id_();
  auto create = request(unnamed, Purpose::create, "POST", "", json::serialize(body));
  create.queue = fmt::format("create {}", create.number);

  auto& plan = creating_[create.number];
  if (const auto* invite = object_at(wish, "invite")) {
    plan = Plan{identities(*invite), std::string(string_at(*invite, "replacesCallId")), flag_at(*invite, "separately")};
  }
  return {std::move(create)};
}

BotLogic::Requests BotLogic::handle(const GraphRequest& request, const corpus::Response& answer) {
  const auto creating = creating_.find(request.number);
  if (creating == creating_.end()) return {};
  auto plan = std::move(creating->second);
  creating_.erase(creating);
  const auto created = parse_object(answer.body);
  const auto id = string_at(created, "id");
  if (answer.status != 201 || id.empty()) return {};
  auto& call = call_of(id);
  if (const auto chain = string_at(created, "callChainId"); !chain.empty()) call.scenario = chain;
  call.plan = std::move(plan);
  return call.established ? carry_out(call) : Requests();  // the notification may have been faster than the answer
}

BotLogic::Requests BotLogic::carry_out(Call& call) {
  if (!call.plan) return {};
  const auto plan = std::move(*call.plan);
  call.plan.reset();
  return invite(call, plan);
}

BotLogic::Requests BotLogic::invite(Call& call, const Plan& plan) {
  const auto invite = [&](json::array persons) {
    const json::object body{{"participants", std::move(persons)}, {"clientContext", new_id_()}};
    return request(call, Purpose::invite, "POST", "/participants/invite", json::serialize(body));
  };
  Requests requests;
  if (!plan.separately) {
    json::array persons;
    for (const auto& identity : plan.identities) persons.push_back(invitation(identity, plan.replaces));
    requests.push_back(invite(std::move(persons)));
    return requests;
  }
  for (const auto& identity : plan.identities) {
    requests.push_back(invite({invitation(identity, plan.replaces)}));
    requests.back().queue = fmt::format("invite {}", requests.back().number);
  }
  return requests;
}

BotLogic::Requests BotLogic::hang_up(Call& call) {
  if (std::exchange(call.hanging_up, true)) return {};
  return {request(call, Purpose::hang_up, "DELETE", "", "")};
}

BotLogic::Call& BotLogic::call_of(std::string_view id) {
  const auto [place, fresh] = calls_.try_emplace(bare(id));
  Call& call = place->second;
  if (!fresh) return call;
  call.id = id;
  begun_.push_back(place->first);
  if (begun_.size() > kMostCalls) {
    calls_.erase(begun_.front());
    begun_.pop_front();
  }
  return call;
}

void BotLogic::forget(const Call& call) {
  const std::string key = bare(call.id);
  if (ended_.insert(key).second) ended_order_.push_back(key);
  calls_.erase(key);
  if (ended_order_.size() <= kMostCalls) return;
  ended_.erase(ended_order_.front());
  ended_order_.pop_front();
}

BotLogic::Call* BotLogic::find_call(std::string_view id) {
  const auto found = calls_.find(bare(id));
  return found == calls_.end() ? nullptr : &found->second;
}

GraphRequest BotLogic::request(const Call& call, Purpose purpose, std::string_view method, std::string path,
                               std::string body) {
  const std::string base = call.id.empty() ? "/communications/calls" : "/communications/calls/" + call.id;
  return {.purpose = purpose,
          .method = std::string(method),
          .path = base + path,
          .body = std::move(body),
          .queue = bare(call.id),
          .scenario = call.scenario,
          .number = ++sent_};
}

}  // namespace bots
