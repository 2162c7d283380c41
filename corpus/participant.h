// Who is in a call, and who is to be: participants of a roster, people to invite.
#pragma once

#include "corpus/identity.h"
#include "corpus/payload_values.h"

namespace corpus {

/// What a stream, or a call, carries.
enum class Modality { unknown, audio, video, video_based_screen_sharing, data };
/// Which way a stream flows, as seen by its participant.
enum class MediaDirection { unknown, inactive, send_only, receive_only, send_receive };
/// What somebody takes part with. `default_` because the word is C++'s.
enum class EndpointType { unknown, default_, voicemail, skype_for_business, skype_for_business_voip_phone };
/// Whether somebody records.
enum class RecordingStatus { unknown, not_recording, recording, failed, recording_capable };

/// What Graph knows about a person or an application that takes part.
struct ParticipantInfo {
  Text odata_type;
  Text id;
  Ref<IdentitySet> identity;
  Word<EndpointType> endpoint_type;
  Text region;
  Text language_id;
  Text country_code;
  Text participant_id;
  Text platform_id;
  Text endpoint_id;
  Text client_version;
  Text replacement_link;
  Ref<IdentitySet> non_anonymized_identity;

  bool operator==(const ParticipantInfo&) const = default;
};

/// The region and the language: Graph puts them into the info, into its identity set, or into the identity itself.
Text region_of(const ParticipantInfo& info);
Text language_of(const ParticipantInfo& info);

/// One stream of a participant's media.
struct MediaStream {
  Text odata_type;
  Word<Modality> media_type;
  Text label;
  Text source_id;  ///< a number as text; the oldest messages have a number
  Word<MediaDirection> direction;
  Flag server_muted;

  bool operator==(const MediaStream&) const = default;
};

/// Whether a participant is being recorded, and by whom.
struct RecordingInfo {
  Text odata_type;
  Ref<IdentitySet> initiator;
  Word<RecordingStatus> recording_status;

  bool operator==(const RecordingInfo&) const = default;
};

/// Why a participant has gone.
struct RemovedState {
  Text odata_type;
  Text reason;

  bool operator==(const RemovedState&) const = default;
};

/// What a participant may not do, and why ("watermarkProtection").
struct RestrictedExperience {
  Text odata_type;
  Text content_sharing_disabled;
  Text video_disabled;

  bool operator==(const RestrictedExperience&) const = default;
};

/// One entry of a roster. `id` may be null or missing, also where `odata_id` has one.
struct Participant {
  Text odata_type;
  Text odata_id;
  Text odata_etag;
  Text id;
  Ref<ParticipantInfo> info;
  List<MediaStream> media_streams;
  Flag is_muted;
  Flag is_in_lobby;
  Flag is_identity_anonymized;
  Text metadata;  ///< text, which may itself be JSON
  Text meeting_role;
  Text preferred_display_name;
  Text replacement_link;
  Ref<RecordingInfo> recording_info;
  Ref<RemovedState> removed_state;  ///< delta rosters: this participant has gone
  Ref<RestrictedExperience> restricted_experience;
  Integer roster_sequence_number;

  bool operator==(const Participant&) const = default;
};

/// What changed in a roster; ordered by the sequence number, not by arrival.
struct DeltaRoster {
  Text odata_type;
  Text odata_id;
  Text odata_etag;
  Text id;
  Integer sequence_number;
  List<Participant> participants;

  bool operator==(const DeltaRoster&) const = default;
};

/// Somebody to invite, or the target of a call. `replaces_call_id` is a bare id today and was a path once.
struct Invitee {
  Text odata_type;
  Text id;
  Ref<IdentitySet> identity;
  Word<EndpointType> endpoint_type;
  Text region;
  Text language_id;
  Text participant_id;
  Text replaces_call_id;
  Flag hidden;
  Flag remove_from_default_audio_routing_group;

  bool operator==(const Invitee&) const = default;
};

}  // namespace corpus
