#include "tests/bots/graph_model.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "harness/http_message.h"
#include "tests/bots/graph_payloads.h"
#include "tests/bots/json_access.h"

namespace bots {
namespace {

namespace json = boost::json;

constexpr std::string_view kRoot = "https://graph.microsoft.com/v1.0/communications/calls";
constexpr std::string_view kJson =
    "application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8";
constexpr std::string_view kCalls = "/communications/calls";

std::string client_request_id(const corpus::Request& request) {
  return std::string(harness::find_header(request.headers, "Client-Request-Id").value_or(""));
}

/// Invited persons as Graph echoes them: every member that was left out stands there as null.
json::array echoed_persons(const json::object& invite, GuidSource& new_id) {
  json::array result;
  if (const auto* persons = array_at(invite, "participants")) {
    for (const auto& person : *persons) {
      if (!person.is_object()) continue;
      json::object echo{{"endpointType", nullptr},
                        {"replacesCallId", nullptr},
                        {"participantId", new_id()},
                        {"hidden", nullptr},
                        {"removeFromDefaultAudioRoutingGroup", nullptr}};
      for (const auto& [key, value] : person.get_object()) echo[key] = value;
      result.push_back(std::move(echo));
    }
  }
  return result;
}

/// "/{id}/rest" into its two parts.
std::pair<std::string_view, std::string_view> split_id(std::string_view below) {
  below.remove_prefix(1);
  const auto slash = below.find('/');
  return {below.substr(0, slash), slash == std::string_view::npos ? std::string_view() : below.substr(slash)};
}

}  // namespace

Person bot_as_seen() {
  return {"Rollcall Bot", "3f0c9a3e-55a1-4d0b-9a57-0c7e1b6d2f48", ""};
}

corpus::Response GraphModel::answer(const corpus::Request& request) {
  const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  const auto found = path.find(kCalls);
  if (found == std::string_view::npos) return refuse(request, 400, "BadRequest", "Resource not found for the segment.");
  const auto below = path.substr(found + kCalls.size());
  if (below.empty() && request.method == "POST") return create(request);
  if (!below.starts_with('/')) return refuse(request, 405, "UnknownError", "Not allowed on calls.");
  const auto [id, rest] = split_id(below);
  const auto call = calls_.find(bare(id));
  if (call == calls_.end()) return refuse(request, 404, "8522", "Call not found.");
  return about_call(request, call->second, rest);
}

corpus::Response GraphModel::create(const corpus::Request& request) {
  auto& call = incoming_call();
  call.callback = string_at(parse_object(request.body), "callbackUri");
  heard_.push_back({Purpose::create, call.id, {}});
  return reply(request, 201, created_call(call, request.body), fmt::format("{}/{}", kRoot, call.id));
}

corpus::Response GraphModel::about_call(const corpus::Request& request, GraphCall& call, std::string_view rest) {
  constexpr std::string_view kParticipants = "/participants/";
  constexpr std::string_view kMute = "/mute";
  if (rest.empty() && request.method == "GET") return reply(request, 200, created_call(call, "{}"));
  if (rest.empty() && request.method == "DELETE") {
    heard_.push_back({Purpose::hang_up, call.id, {}});
    return reply(request, 204, "");
  }
  if (request.method == "POST" && rest == "/answer") {
    call.callback = string_at(parse_object(request.body), "callbackUri");
    heard_.push_back({Purpose::answer, call.id, {}});
    return reply(request, 202, "");
  }
  if (request.method == "POST" && rest == "/keepAlive") {
    heard_.push_back({Purpose::keep_alive, call.id, {}});
    return reply(request, 200, "");
  }
  if (request.method == "POST" &&
      (rest == "/playPrompt" || rest == "/subscribeToTone" || rest == "/updateRecordingStatus")) {
    return reply(request, 200, "{}");  // nothing comes of it in any scenario
  }
  if (request.method == "POST" && rest == "/participants/invite") return invite(request, call);
  if (request.method == "POST" && rest.starts_with(kParticipants) && rest.ends_with(kMute)) {
    rest.remove_prefix(kParticipants.size());
    rest.remove_suffix(std::min(kMute.size(), rest.size()));
    return mute(request, call, rest);
  }
  return refuse(request, 404, "8523", "Nothing of that name in this call.");
}

corpus::Response GraphModel::invite(const corpus::Request& request, GraphCall& call) {
  const auto body = parse_object(request.body);
  Operation operation{.id = new_id(), .context = std::string(string_at(body, "clientContext")), .persons = {}};
  operation.persons = json::serialize(echoed_persons(body, new_id_));
  auto answer =
      reply(request, 200, running_invite(operation), fmt::format("{}/{}/operations/{}", kRoot, call.id, operation.id));
  heard_.push_back({Purpose::invite, call.id, operation.id});
  operations_[bare(operation.id)] = std::move(operation);
  return answer;
}

corpus::Response GraphModel::mute(const corpus::Request& request, GraphCall& call, std::string_view participant) {
  const auto row = std::ranges::find(call.roster, bare(participant), [](const auto& one) { return bare(one.id); });
  if (row == call.roster.end()) return refuse(request, 404, "8505", "Participant not found.");
  row->muted = true;
  heard_.push_back({Purpose::mute, call.id, row->id});
  const auto operation = new_id();
  return reply(request, 200, completed_mute(operation, string_at(parse_object(request.body), "clientContext")),
               fmt::format("{}/{}/operations/{}", kRoot, call.id, operation));
}

corpus::Response GraphModel::refuse(const corpus::Request& request, int status, std::string_view code,
                                    std::string_view why) {
  return reply(request, status, error_body(code, why, new_id(), client_request_id(request)));
}

corpus::Response GraphModel::reply(const corpus::Request& request, int status, std::string body, std::string location) {
  corpus::Response response{.status = status, .headers = {}, .body = std::move(body), .extra = {}};
  if (!location.empty()) response.headers.push_back({"Location", std::move(location)});
  if (!response.body.empty()) response.headers.push_back({"Content-Type", std::string(kJson)});
  response.headers.push_back({"Request-Id", new_id()});
  response.headers.push_back({"Client-Request-Id", client_request_id(request)});
  response.headers.push_back(
      {"x-ms-ags-diagnostic",
       R"({"ServerInfo":{"DataCenter":"North Example","Slice":"E","Ring":"5","ScaleUnit":"001","RoleInstance":"EX01"}})"});
  response.headers.push_back({"OData-Version", "4.0"});
  return response;
}

GraphCall& GraphModel::incoming_call() {
  const auto id = new_id();
  auto& call = calls_[bare(id)];
  call.id = id;
  call.chain = new_id();
  call.thread = fmt::format("19:meeting_{}@thread.v2", bare(new_id()));
  call.bot_participant = new_id();
  call.roster.push_back({.person = bot_as_seen(), .id = call.bot_participant, .is_bot = true});
  return call;
}

void GraphModel::join(GraphCall& call, const Person& person) {
  call.roster.push_back({.person = person, .id = new_id()});
}

void GraphModel::leave(GraphCall& call, const Person& person) {
  std::erase_if(call.roster, [&](const auto& row) { return row.person.id == person.id; });
}

}  // namespace bots
