// The tables of corpus/payload_fields.h for participants and invitations.
#pragma once

#include "corpus/payload_fields.h"

namespace corpus {

template <>
struct Fields<MediaStream> {
  using T = MediaStream;
  static constexpr std::tuple kList{
      Field{"@odata.type", &T::odata_type}, Field{"mediaType", &T::media_type}, Field{"label", &T::label},
      Field{"sourceId", &T::source_id},     Field{"direction", &T::direction},  Field{"serverMuted", &T::server_muted}};
};

template <>
struct Fields<RecordingInfo> {
  using T = RecordingInfo;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"initiator", &T::initiator},
                                    Field{"recordingStatus", &T::recording_status}};
};

template <>
struct Fields<RemovedState> {
  using T = RemovedState;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type}, Field{"reason", &T::reason}};
};

template <>
struct Fields<RestrictedExperience> {
  using T = RestrictedExperience;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"contentSharingDisabled", &T::content_sharing_disabled},
                                    Field{"videoDisabled", &T::video_disabled}};
};

template <>
struct Fields<Participant> {
  using T = Participant;
  static constexpr std::tuple kList{Field{"@odata.type", &T::odata_type},
                                    Field{"@odata.id", &T::odata_id},
                                    Field{"@odata.etag", &T::odata_etag},
                                    Field{"id", &T::id},
                                    Field{"info", &T::info},
                                    Field{"mediaStreams", &T::media_streams},
                                    Field{"isMuted", &T::is_muted},
                                    Field{"isInLobby", &T::is_in_lobby},
                                    Field{"isIdentityAnonymized", &T::is_identity_anonymized},
                                    Field{"metadata", &T::metadata},
                                    Field{"meetingRole", &T::meeting_role},
                                    Field{"preferredDisplayName", &T::preferred_display_name},
                                    Field{"replacementLink", &T::replacement_link},
                                    Field{"recordingInfo", &T::recording_info},
                                    Field{"removedState", &T::removed_state},
                                    Field{"restrictedExperience", &T::restricted_experience},
                                    Field{"rosterSequenceNumber", &T::roster_sequence_number}};
};

template <>
struct Fields<DeltaRoster> {
  using T = DeltaRoster;
  static constexpr std::tuple kList{
      Field{"@odata.type", &T::odata_type},         Field{"@odata.id", &T::odata_id},
      Field{"@odata.etag", &T::odata_etag},         Field{"id", &T::id},
      Field{"sequenceNumber", &T::sequence_number}, Field{"participants", &T::participants}};
};

template <>
struct Fields<Invitee> {
  using T = Invitee;
  static constexpr std::tuple kList{
      Field{"@odata.type", &T::odata_type},
      Field{"id", &T::id},
      Field{"identity", &T::identity},
      Field{"endpointType", &T::endpoint_type},
      Field{"region", &T::region},
      Field{"languageId", &T::language_id},
      Field{"participantId", &T::participant_id},
      Field{"replacesCallId", &T::replaces_call_id},
      Field{"hidden", &T::hidden},
      Field{"removeFromDefaultAudioRoutingGroup", &T::remove_from_default_audio_routing_group}};
};

template <>
struct Fields<InviteRequest> {
  using T = InviteRequest;
  static constexpr std::tuple kList{Field{"participants", &T::participants},
                                    Field{"clientContext", &T::client_context}};
};

}  // namespace corpus
