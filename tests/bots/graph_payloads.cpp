#include "tests/bots/graph_payloads.h"

#include <cstdint>

#include <fmt/format.h>
#include <boost/json.hpp>

#include "tests/bots/json_access.h"

namespace bots {
namespace {

namespace json = boost::json;

json::object typed(std::string_view type) {
  return {{"@odata.type", fmt::format("#microsoft.graph.{}", type)}};
}

std::string notification(std::string_view change, const GraphCall& call, std::string_view below, json::value data) {
  json::object entry = typed("commsNotification");
  entry["changeType"] = change;
  entry["resource"] = fmt::format("/app/calls/{}{}", call.id, below);
  entry["resourceUrl"] = fmt::format("/communications/calls/{}{}", call.id, below);
  entry["resourceData"] = std::move(data);
  json::object envelope = typed("commsNotifications");
  envelope["value"] = json::array{std::move(entry)};
  return json::serialize(envelope);
}

json::object identity_of(const Participant& participant) {
  json::object identity = typed("identity");
  identity["id"] = participant.person.id;
  identity["displayName"] = participant.person.name;
  if (!participant.is_bot) {
    identity["tenantId"] = participant.person.tenant;
    identity["identityProvider"] = "AAD";
  }
  json::object set = typed("identitySet");
  set[participant.is_bot ? "application" : "user"] = std::move(identity);
  return set;
}

json::object participant_info(const Participant& participant) {
  json::object info = typed("participantInfo");
  info["identity"] = identity_of(participant);
  info["endpointType"] = "default";
  info["languageId"] = participant.is_bot ? json::value(nullptr) : json::value("en-US");
  info["region"] = "emea";
  return info;
}

json::object result_info(const ResultInfo& why) {
  json::object info = typed("resultInfo");
  info["code"] = why.code;
  info["subcode"] = why.subcode;
  info["message"] = why.message;
  return info;
}

json::object chat_of(const GraphCall& call) {
  json::object chat = typed("chatInfo");
  chat["threadId"] = call.thread;
  chat["messageId"] = "0";
  return chat;
}

json::object token_meeting(const GraphCall& call) {
  json::object meeting = typed("tokenMeetingInfo");
  meeting["token"] = mock_token(call.id);
  return meeting;
}

json::object roster_row(const GraphCall& call, const Participant& participant, int source) {
  json::object stream = typed("mediaStream");
  stream["mediaType"] = "audio";
  stream["label"] = "main-audio";
  stream["sourceId"] = std::to_string(source);
  stream["direction"] = "sendReceive";
  stream["serverMuted"] = participant.muted;
  json::object row = typed("participant");
  // The same id without dashes here and with them below: so it stands in recorded rosters.
  row["@odata.id"] = fmt::format("/communications/calls/{}/participants/{}", call.id, bare_capitals(participant.id));
  row["id"] = participant.id;
  row["info"] = participant_info(participant);
  row["mediaStreams"] = json::array{std::move(stream)};
  row["isMuted"] = participant.muted;
  row["isInLobby"] = false;
  row["publishedStates"] = json::array();
  return row;
}

/// Base64 for URLs, without padding, as tokens use it.
std::string base64url(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string result;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (held += 8; held >= 6; held -= 6) result += kDigits[(bits >> (held - 6)) & 63];
  }
  if (held > 0) result += kDigits[(bits << (6 - held)) & 63];
  return result;
}

}  // namespace

std::string mock_token(std::string_view subject) {
  const json::object header{{"alg", "RS256"}, {"typ", "JWT"}, {"kid", "mock-key-1"}};
  const json::object claims{{"iss", "https://graph.example"}, {"aud", "https://bot.contoso.example"}, {"sub", subject}};
  return fmt::format("{}.{}.{}", base64url(json::serialize(header)), base64url(json::serialize(claims)),
                     base64url(fmt::format("not a signature, only its length: {}", std::string(220, '.'))));
}

std::string incoming_call(const GraphCall& call, const Person& caller) {
  json::object source = participant_info({.person = caller, .id = {}});
  json::object target = participant_info({.person = bot_as_seen(), .id = {}, .is_bot = true});
  json::object data = typed("call");
  data["state"] = "incoming";
  data["direction"] = "incoming";
  data["callChainId"] = call.chain;
  data["source"] = std::move(source);
  data["targets"] = json::array{std::move(target)};
  data["chatInfo"] = chat_of(call);
  data["meetingInfo"] = token_meeting(call);
  data["requestedModalities"] = json::array{"audio"};
  data["tenantId"] = caller.tenant;
  data["id"] = call.id;
  return notification("created", call, "", std::move(data));
}

std::string call_updated(const GraphCall& call, std::string_view state) {
  json::object data = typed("call");
  data["state"] = state;
  if (state == "established") {
    json::object media = typed("callMediaState");
    media["audio"] = "active";
    data["mediaState"] = std::move(media);
    data["chatInfo"] = chat_of(call);
    data["meetingInfo"] = token_meeting(call);
  }
  if (state == "terminated") data["terminationReason"] = "AppInitiated";
  data["callChainId"] = call.chain;
  return notification("updated", call, "", std::move(data));
}

std::string call_deleted(const GraphCall& call, const ResultInfo& why) {
  json::object data = typed("call");
  data["@odata.id"] = "/communications/calls/" + call.id;
  data["@odata.etag"] = "W/\"5445\"";
  data["state"] = "terminated";
  data["callChainId"] = call.chain;
  data["resultInfo"] = result_info(why);
  return notification("deleted", call, "", std::move(data));
}

std::string roster_updated(const GraphCall& call) {
  json::array rows;
  int source = 0;
  for (const auto& participant : call.roster) rows.push_back(roster_row(call, participant, ++source));
  return notification("updated", call, "/participants", std::move(rows));
}

std::string invite_ended(const GraphCall& call, const Operation& operation, std::string_view status,
                         const ResultInfo& why) {
  const auto below = "/operations/" + bare_capitals(operation.id);
  json::object data = typed("inviteParticipantsOperation");
  data["@odata.id"] = "/communications/calls/" + call.id + below;
  data["@odata.etag"] = "W/\"51\"";
  data["clientContext"] = operation.context;
  data["status"] = status;
  data["resultInfo"] = result_info(why);
  return notification("deleted", call, below, std::move(data));
}

std::string created_call(const GraphCall& call, std::string_view requested) {
  auto entity = parse_object(requested);
  json::object result{{"@odata.context", "https://graph.microsoft.com/v1.0/$metadata#communications/calls/$entity"}};
  result.insert(entity.begin(), entity.end());
  result["state"] = "establishing";
  result["direction"] = "outgoing";
  result["callChainId"] = call.chain;
  result["myParticipantId"] = call.bot_participant;
  result["resultInfo"] = nullptr;
  result["toneInfo"] = nullptr;
  result["id"] = call.id;
  return json::serialize(result);
}

std::string running_invite(const Operation& operation) {
  boost::system::error_code ec;
  json::object result{{"@odata.context",
                       "https://graph.microsoft.com/v1.0/$metadata#communications/calls('')/"
                       "microsoft.graph.inviteParticipantsOperation"},
                      {"@odata.type", "#microsoft.graph.inviteParticipantsOperation"},
                      {"id", operation.id},
                      {"clientContext", operation.context},
                      {"status", "Running"},  // capitals here, none in the notification that follows
                      {"resultInfo", nullptr},
                      {"participants", json::parse(operation.persons, ec)}};
  return json::serialize(result);
}

std::string completed_mute(std::string_view id, std::string_view context) {
  return json::serialize(json::object{
      {"@odata.context", "https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.muteParticipantOperation"},
      {"@odata.type", "#microsoft.graph.muteParticipantOperation"},
      {"id", id},
      {"clientContext", context},
      {"status", "Completed"},
      {"resultInfo", result_info({.code = 200, .subcode = 0, .message = ""})}});
}

std::string error_body(std::string_view code, std::string_view message, std::string_view request_id,
                       std::string_view client_request_id) {
  const json::object inner{{"request-id", request_id}, {"client-request-id", client_request_id}};
  return json::serialize(
      json::object{{"error", json::object{{"code", code}, {"message", message}, {"innerError", inner}}}});
}

}  // namespace bots
