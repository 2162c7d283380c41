// What Graph posts to a bot: notifications about calls, rosters and operations, as typed values.
//
// The page corpus/PAYLOADS.md says what is taken, what is taken with a warning, and what is refused.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/call.h"
#include "corpus/operation.h"
#include "corpus/parse_error.h"
#include "corpus/participant.h"
#include "corpus/payload_values.h"

namespace simdjson {
struct padded_string;
}

namespace corpus {

/// What has happened to the resource.
enum class ChangeType { unknown, created, updated, deleted };

/// What a notification is about. Decided by the type of its data; by its content where no type was sent.
enum class ResourceKind {
  none,  ///< no data was sent
  call,
  roster,           ///< everybody who is in the call now
  delta,            ///< what changed in the roster
  operation,        ///< of any kind
  content_sharing,  ///< something is shared
  joining,          ///< somebody is about to join: a policy recorder has to answer
  left,
  unknown  ///< something else: see ResourceData::raw
};

/// The word for it: "call", "roster", "content_sharing", …
std::string_view to_string(ResourceKind kind);

/// A screen, or something else, that is shared in a call.
struct ContentSharingSession {
  Text odata_type;
  Text odata_id;
  Text odata_etag;
  Text id;

  bool operator==(const ContentSharingSession&) const = default;
};

/// Somebody wants to join; the bot's HTTP answer says whether its policy recorder takes part.
struct ParticipantJoining {
  Text odata_type;
  Text odata_id;
  Text id;
  Ref<Call> call;

  bool operator==(const ParticipantJoining&) const = default;
};

/// Somebody whom a policy recorder recorded has left.
struct ParticipantLeft {
  Text odata_type;
  Text odata_id;
  Text id;
  Ref<Call> call;
  Text participant_id;

  bool operator==(const ParticipantLeft&) const = default;
};

/// The data of a notification. Graph sends a resource alone or in an array, and not always in the same way, so each
/// kind is a list here: the one that `kind` names is set, and has one element unless an array had none or several.
struct ResourceData {
  ResourceKind kind = ResourceKind::none;
  bool array = false;    ///< whether it stood in an array
  Text type;             ///< as sent with the first resource
  std::string_view raw;  ///< `unknown` only: the JSON as it stood in the body
  List<Call> calls;
  List<Participant> roster;
  List<DeltaRoster> deltas;
  List<Operation> operations;
  List<ContentSharingSession> sharing;
  List<ParticipantJoining> joining;
  List<ParticipantLeft> left;

  bool operator==(const ResourceData&) const = default;
};

/// One notification. `resource` (/app/calls/…) and `resource_url` (/communications/calls/…) name the same thing, and
/// either may be missing.
struct Notification {
  Text odata_type;
  Word<ChangeType> change_type;
  Text resource;
  Text resource_url;
  Text callback_uri;
  Text subscription_id;
  Text subscription_expiration;
  ResourceData data;

  bool operator==(const Notification&) const = default;
};

/// One delivery: any number of notifications, in practice one.
struct Notifications {
  Text odata_type;
  Text odata_context;
  List<Notification> value;
  bool enveloped = true;  ///< false: a single notification came without {"value":[…]} around it

  bool operator==(const Notifications&) const = default;
};

/// Parses deliveries. The whole body is validated before anything of it is believed. Owns memory that it uses again and
/// again: once it has seen deliveries of a size, further ones allocate nothing. One thread at a time.
class NotificationParser {
 public:
  explicit NotificationParser(ParseLimits limits = {});
  ~NotificationParser();
  NotificationParser(NotificationParser&&) noexcept;
  NotificationParser& operator=(NotificationParser&&) noexcept;

  /// The delivery. Its views live until the next parse or the parser's end; `body` need not. Takes linear time.
  Parsed<Notifications> parse(std::string_view body);
  /// The same without a copy of the body, which views may point into: it must live as long as they are used.
  Parsed<Notifications> parse_in_place(const simdjson::padded_string& body);
  Parsed<Notifications> parse_in_place(const simdjson::padded_string&& body) = delete;

  /// What was odd about the body last parsed; lives as long as its views.
  const Warnings& warnings() const;

 private:
  std::unique_ptr<PayloadMemory> memory_;
};

/// A delivery with the parser that owns it: lives as long as it is kept. Movable.
struct OwnedNotifications {
  NotificationParser parser;  ///< for its warnings; parsing with it again ends `delivery`
  Notifications delivery;
};

/// The one-call form, for a few deliveries. For many, keep a NotificationParser: it need not allocate each time.
Parsed<OwnedNotifications> parse_notifications(std::string_view body, ParseLimits limits = {});

/// The delivery as compact JSON; parsing it gives an equal value.
std::string write(const Notifications& delivery);

}  // namespace corpus
