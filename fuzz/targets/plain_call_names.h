// The names of members for the plain walk, as in fuzz/targets/plain_names.h: calls and what stands in them.
#pragma once

#include "fuzz/targets/plain_names.h"

namespace fuzz {

template <>
struct PlainNames<corpus::MediaState> {
  static void each(auto v) {
    using T = corpus::MediaState;
    v(&T::odata_type, "@odata.type");
    v(&T::audio, "audio");
    v(&T::video, "video");
  }
};

template <>
struct PlainNames<corpus::ChatInfo> {
  static void each(auto v) {
    using T = corpus::ChatInfo;
    v(&T::odata_type, "@odata.type");
    v(&T::thread_id, "threadId");
    v(&T::message_id, "messageId");
    v(&T::reply_chain_message_id, "replyChainMessageId");
  }
};

template <>
struct PlainNames<corpus::MeetingInfo> {
  static void each(auto v) {
    using T = corpus::MeetingInfo;
    v(&T::odata_type, "@odata.type");
    v(&T::organizer, "organizer");
    v(&T::allow_conversation_without_host, "allowConversationWithoutHost");
    v(&T::token, "token");
    v(&T::join_meeting_id, "joinMeetingId");
    v(&T::passcode, "passcode");
  }
};

template <>
struct PlainNames<corpus::MeetingProperties> {
  static void each(auto v) {
    using T = corpus::MeetingProperties;
    v(&T::odata_type, "@odata.type");
    v(&T::meeting_label, "meetingLabel");
  }
};

template <>
struct PlainNames<corpus::IncomingContext> {
  static void each(auto v) {
    using T = corpus::IncomingContext;
    v(&T::odata_type, "@odata.type");
    v(&T::source_participant_id, "sourceParticipantId");
    v(&T::observed_participant_id, "observedParticipantId");
    v(&T::on_behalf_of, "onBehalfOf");
    v(&T::transferor, "transferor");
  }
};

template <>
struct PlainNames<corpus::CallRoute> {
  static void each(auto v) {
    using T = corpus::CallRoute;
    v(&T::odata_type, "@odata.type");
    v(&T::final, "final");
    v(&T::original, "original");
    v(&T::routing_type, "routingType");
  }
};

template <>
struct PlainNames<corpus::ToneInfo> {
  static void each(auto v) {
    using T = corpus::ToneInfo;
    v(&T::odata_type, "@odata.type");
    v(&T::sequence_id, "sequenceId");
    v(&T::tone, "tone");
  }
};

template <>
struct PlainNames<corpus::Transcription> {
  static void each(auto v) {
    using T = corpus::Transcription;
    v(&T::odata_type, "@odata.type");
    v(&T::state, "state");
    v(&T::last_modified, "lastModifiedDateTime");
  }
};

template <>
struct PlainNames<corpus::CallOptions> {
  static void each(auto v) {
    using T = corpus::CallOptions;
    v(&T::odata_type, "@odata.type");
    v(&T::hide_bot_after_escalation, "hideBotAfterEscalation");
    v(&T::is_content_sharing_notification_enabled, "isContentSharingNotificationEnabled");
    v(&T::is_delta_roster_enabled, "isDeltaRosterEnabled");
    v(&T::is_interactive_roster_enabled, "isInteractiveRosterEnabled");
  }
};

template <>
struct PlainNames<corpus::Call> {
  static void each(auto v) {
    using T = corpus::Call;
    v(&T::odata_type, "@odata.type");
    v(&T::odata_id, "@odata.id");
    v(&T::odata_etag, "@odata.etag");
    v(&T::id, "id");
    v(&T::state, "state");
    v(&T::direction, "direction");
    v(&T::call_chain_id, "callChainId");
    v(&T::callback_uri, "callbackUri");
    v(&T::tenant_id, "tenantId");
    v(&T::subject, "subject");
    v(&T::my_participant_id, "myParticipantId");
    v(&T::termination_reason, "terminationReason");
    v(&T::replaces_context, "replacesContext");
    v(&T::media_hosted_region, "mediaHostedRegion");
    v(&T::ringing_timeout_in_seconds, "ringingTimeoutInSeconds");
    v(&T::result_info, "resultInfo");
    v(&T::media_state, "mediaState");
    v(&T::media_config, "mediaConfig");
    v(&T::chat_info, "chatInfo");
    v(&T::meeting_info, "meetingInfo");
    v(&T::meeting_properties, "meetingProperties");
    v(&T::incoming_context, "incomingContext");
    v(&T::call_options, "callOptions");
    v(&T::tone_info, "toneInfo");
    v(&T::transcription, "transcription");
    v(&T::source, "source");
    v(&T::answered_by, "answeredBy");
    v(&T::targets, "targets");
    v(&T::call_routes, "callRoutes");
    v(&T::requested_modalities, "requestedModalities");
    v(&T::active_modalities, "activeModalities");
    v(&T::routing_policies, "routingPolicies");
  }
};

}  // namespace fuzz
