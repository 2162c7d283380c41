// The tables of corpus/payload_fields.h for calls.
#pragma once

#include "corpus/payload_fields.h"

namespace corpus {

template <>
struct Fields<MediaState> {
  using T = MediaState;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"audio", &T::audio},
                                    Field{"video", &T::video}};
};

template <>
struct Fields<ChatInfo> {
  using T = ChatInfo;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"threadId", &T::thread_id},
                                    Field{"messageId", &T::message_id},
                                    Field{"replyChainMessageId", &T::reply_chain_message_id}};
};

template <>
struct Fields<MeetingInfo> {
  using T = MeetingInfo;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"organizer", &T::organizer},
                                    Field{"allowConversationWithoutHost", &T::allow_conversation_without_host},
                                    Field{"token", &T::token},
                                    Field{"joinMeetingId", &T::join_meeting_id},
                                    Field{"passcode", &T::passcode}};
};

template <>
struct Fields<MeetingProperties> {
  using T = MeetingProperties;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"meetingLabel", &T::meeting_label}};
};

template <>
struct Fields<IncomingContext> {
  using T = IncomingContext;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"sourceParticipantId", &T::source_participant_id},
                                    Field{"observedParticipantId", &T::observed_participant_id},
                                    Field{"onBehalfOf", &T::on_behalf_of}, Field{"transferor", &T::transferor}};
};

template <>
struct Fields<CallRoute> {
  using T = CallRoute;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"final", &T::final},
                                    Field{"original", &T::original}, Field{"routingType", &T::routing_type}};
};

template <>
struct Fields<ToneInfo> {
  using T = ToneInfo;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"sequenceId", &T::sequence_id},
                                    Field{"tone", &T::tone}};
};

template <>
struct Fields<Transcription> {
  using T = Transcription;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"state", &T::state},
                                    Field{"lastModifiedDateTime", &T::last_modified}};
};

template <>
struct Fields<MediaConfig> {
  using T = MediaConfig;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"blob", &T::blob},
                                    Field{"preFetchMedia", &T::pre_fetch_media}};
};

template <>
struct Fields<CallOptions> {
  using T = CallOptions;
  static constexpr std::tuple kList{
      Field{"@odata.type", &T::odata_type}, Field{"hideBotAfterEscalation", &T::hide_bot_after_escalation},
      Field{"isContentSharingNotificationEnabled", &T::is_content_sharing_notification_enabled},
      Field{"isDeltaRosterEnabled", &T::is_delta_roster_enabled},
      Field{"isInteractiveRosterEnabled", &T::is_interactive_roster_enabled}};
};

template <>
struct Fields<Call> {
  using T = Call;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"@odata.id", &T::odata_id},
                                    Field{"@odata.etag", &T::odata_etag},
                                    Field{"id", &T::id},
                                    Field{"state", &T::state},
                                    Field{"direction", &T::direction},
                                    Field{"callChainId", &T::call_chain_id},
                                    Field{"callbackUri", &T::callback_uri},
                                    Field{"tenantId", &T::tenant_id},
                                    Field{"subject", &T::subject},
                                    Field{"myParticipantId", &T::my_participant_id},
                                    Field{"terminationReason", &T::termination_reason},
                                    Field{"replacesContext", &T::replaces_context},
                                    Field{"mediaHostedRegion", &T::media_hosted_region},
                                    Field{"ringingTimeoutInSeconds", &T::ringing_timeout_in_seconds},
                                    Field{"resultInfo", &T::result_info},
                                    Field{"mediaState", &T::media_state},
                                    Field{"mediaConfig", &T::media_config},
                                    Field{"chatInfo", &T::chat_info},
                                    Field{"meetingInfo", &T::meeting_info},
                                    Field{"meetingProperties", &T::meeting_properties},
                                    Field{"incomingContext", &T::incoming_context},
                                    Field{"callOptions", &T::call_options},
                                    Field{"toneInfo", &T::tone_info},
                                    Field{"transcription", &T::transcription},
                                    Field{"source", &T::source},
                                    Field{"answeredBy", &T::answered_by},
                                    Field{"targets", &T::targets},
                                    Field{"callRoutes", &T::call_routes},
                                    Field{"requestedModalities", &T::requested_modalities},
                                    Field{"activeModalities", &T::active_modalities},
                                    Field{"routingPolicies", &T::routing_policies}};
};

}  // namespace corpus
