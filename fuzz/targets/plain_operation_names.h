// The names of members for the plain walk, as in fuzz/targets/plain_names.h: invitations, operations, notifications.
#pragma once

#include "fuzz/targets/plain_names.h"

namespace fuzz {

template <>
struct PlainNames<corpus::Invitee> {
  static void each(auto v) {
    using T = corpus::Invitee;
    v(&T::odata_type, "@odata.type");
    v(&T::id, "id");
    v(&T::identity, "identity");
    v(&T::endpoint_type, "endpointType");
    v(&T::region, "region");
    v(&T::language_id, "languageId");
    v(&T::participant_id, "participantId");
    v(&T::replaces_call_id, "replacesCallId");
    v(&T::hidden, "hidden");
    v(&T::remove_from_default_audio_routing_group, "removeFromDefaultAudioRoutingGroup");
  }
};

template <>
struct PlainNames<corpus::ResultInfo> {
  static void each(auto v) {
    using T = corpus::ResultInfo;
    v(&T::odata_type, "@odata.type");
    v(&T::code, "code");
    v(&T::subcode, "subcode", "subCode");
    v(&T::message, "message");
  }
};

template <>
struct PlainNames<corpus::MediaInfo> {
  static void each(auto v) {
    using T = corpus::MediaInfo;
    v(&T::odata_type, "@odata.type");
    v(&T::uri, "uri");
    v(&T::resource_id, "resourceId");
  }
};

template <>
struct PlainNames<corpus::MediaConfig> {
  static void each(auto v) {
    using T = corpus::MediaConfig;
    v(&T::odata_type, "@odata.type");
    v(&T::blob, "blob");
    v(&T::pre_fetch_media, "preFetchMedia");
  }
};

template <>
struct PlainNames<corpus::Prompt> {
  static void each(auto v) {
    using T = corpus::Prompt;
    v(&T::odata_type, "@odata.type");
    v(&T::media_info, "mediaInfo");
  }
};

template <>
struct PlainNames<corpus::Operation> {
  static void each(auto v) {
    using T = corpus::Operation;
    v(&T::odata_type, "@odata.type");
    v(&T::odata_id, "@odata.id");
    v(&T::odata_etag, "@odata.etag");
    v(&T::id, "id");
    v(&T::client_context, "clientContext");
    v(&T::status, "status");
    v(&T::result_info, "resultInfo");
    v(&T::completion_reason, "completionReason");
    v(&T::created, "createdDateTime");
    v(&T::last_action, "lastActionDateTime");
    v(&T::recording_location, "recordingLocation", "recordResourceLocation");
    v(&T::recording_access_token, "recordingAccessToken", "recordResourceAccessToken");
    v(&T::participants, "participants");
    v(&T::prompts, "prompts");
  }
};

template <>
struct PlainNames<corpus::ContentSharingSession> {
  static void each(auto v) {
    using T = corpus::ContentSharingSession;
    v(&T::odata_type, "@odata.type");
    v(&T::odata_id, "@odata.id");
    v(&T::odata_etag, "@odata.etag");
    v(&T::id, "id");
  }
};

template <>
struct PlainNames<corpus::ParticipantJoining> {
  static void each(auto v) {
    using T = corpus::ParticipantJoining;
    v(&T::odata_type, "@odata.type");
    v(&T::odata_id, "@odata.id");
    v(&T::id, "id");
    v(&T::call, "call");
  }
};

template <>
struct PlainNames<corpus::ParticipantLeft> {
  static void each(auto v) {
    using T = corpus::ParticipantLeft;
    v(&T::odata_type, "@odata.type");
    v(&T::odata_id, "@odata.id");
    v(&T::id, "id");
    v(&T::call, "call");
    v(&T::participant_id, "participantId");
  }
};

/// All but the data, whose kind may depend on the others.
template <>
struct PlainNames<corpus::Notification> {
  static void each(auto v) {
    using T = corpus::Notification;
    v(&T::odata_type, "@odata.type");
    v(&T::change_type, "changeType");
    v(&T::resource, "resource");
    v(&T::resource_url, "resourceUrl");
    v(&T::callback_uri, "callbackUri");
    v(&T::subscription_id, "subscriptionId");
    v(&T::subscription_expiration, "subscriptionExpirationDateTime");
  }
};

}  // namespace fuzz
