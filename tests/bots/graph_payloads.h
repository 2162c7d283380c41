// The bodies that Graph sends: notifications, and the entities in its answers. All are compact JSON text.
//
// The shapes follow public captures with all their quirks: `/app/calls` in `resource` beside `/communications/calls` in
// `resourceUrl`, ids with dashes in one place and without in another, call updates that hold no id.
#pragma once

#include <string>
#include <string_view>

#include "tests/bots/graph_model.h"

namespace bots {

/// Why a call or an operation ended.
struct ResultInfo {
  int code = 0;
  int subcode = 0;
  std::string message;
};

/// Somebody calls the bot. The payload holds a join token: a recorder has to take it out.
std::string incoming_call(const GraphCall& call, const Person& caller);

/// The call changed its state: "establishing", "established", "terminated", ….
std::string call_updated(const GraphCall& call, std::string_view state);

/// The call is over.
std::string call_deleted(const GraphCall& call, const ResultInfo& why);

/// The whole roster, as Graph sends it with each change.
std::string roster_updated(const GraphCall& call);

/// An invite came to its end; `status` is "completed" or "failed".
std::string invite_ended(const GraphCall& call, const Operation& operation, std::string_view status,
                         const ResultInfo& why);

/// The entity that answers the creation of a call.
std::string created_call(const GraphCall& call, std::string_view requested);

/// The entity that answers an invite: still running, whatever becomes of it.
std::string running_invite(const Operation& operation);

/// The entity that answers a mute: done at once.
std::string completed_mute(std::string_view id, std::string_view context);

/// Graph's error shape.
std::string error_body(std::string_view code, std::string_view message, std::string_view request_id,
                       std::string_view client_request_id);

/// Something that has the form of a signed token and opens nothing.
std::string mock_token(std::string_view subject);

}  // namespace bots
