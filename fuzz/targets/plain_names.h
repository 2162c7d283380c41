// Which member of a payload is which member of a value, written down a second time for the plain walk, by hand and from
// Graph's documentation: a slip in the parser's own tables shows as a difference.
#pragma once

#include "corpus/notification.h"

namespace fuzz {

/// PlainNames<T>::each(v) calls v(&T::member, "name") for every member, with a second name where there are two.
template <typename T>
struct PlainNames;

template <>
struct PlainNames<corpus::Identity> {
  static void each(auto v) {
    using T = corpus::Identity;
    v(&T::odata_type, "@odata.type");
    v(&T::id, "id");
    v(&T::display_name, "displayName");
    v(&T::tenant_id, "tenantId");
    v(&T::identity_provider, "identityProvider");
    v(&T::application_type, "ApplicationType", "applicationType");
    v(&T::region, "region");
    v(&T::language_id, "languageId");
    v(&T::endpoint_id, "endpointId");
  }
};

template <>
struct PlainNames<corpus::IdentitySet> {
  static void each(auto v) {
    using T = corpus::IdentitySet;
    v(&T::odata_type, "@odata.type");
    v(&T::user, "user");
    v(&T::application, "application");
    v(&T::application_instance, "applicationInstance");
    v(&T::phone, "phone");
    v(&T::guest, "guest");
    v(&T::device, "device");
    v(&T::encrypted, "encrypted");
    v(&T::on_premises, "onPremises");
    v(&T::asserted_identity, "assertedIdentity");
    v(&T::communication_services_user, "azureCommunicationServicesUser");
    v(&T::endpoint_type, "endpointType");
    v(&T::region, "region");
    v(&T::language_id, "languageId");
  }
};

template <>
struct PlainNames<corpus::ParticipantInfo> {
  static void each(auto v) {
    using T = corpus::ParticipantInfo;
    v(&T::odata_type, "@odata.type");
    v(&T::id, "id");
    v(&T::identity, "identity");
    v(&T::endpoint_type, "endpointType");
    v(&T::region, "region");
    v(&T::language_id, "languageId");
    v(&T::country_code, "countryCode");
    v(&T::participant_id, "participantId");
    v(&T::platform_id, "platformId");
    v(&T::endpoint_id, "endpointId");
    v(&T::client_version, "clientVersion");
    v(&T::replacement_link, "replacementLink");
    v(&T::non_anonymized_identity, "nonAnonymizedIdentity");
  }
};

template <>
struct PlainNames<corpus::MediaStream> {
  static void each(auto v) {
    using T = corpus::MediaStream;
    v(&T::odata_type, "@odata.type");
    v(&T::media_type, "mediaType");
    v(&T::label, "label");
    v(&T::source_id, "sourceId");
    v(&T::direction, "direction");
    v(&T::server_muted, "serverMuted");
  }
};

template <>
struct PlainNames<corpus::RecordingInfo> {
  static void each(auto v) {
    using T = corpus::RecordingInfo;
    v(&T::odata_type, "@odata.type");
    v(&T::initiator, "initiator");
    v(&T::recording_status, "recordingStatus");
  }
};

template <>
struct PlainNames<corpus::RemovedState> {
  static void each(auto v) {
    using T = corpus::RemovedState;
    v(&T::odata_type, "@odata.type");
    v(&T::reason, "reason");
  }
};

template <>
struct PlainNames<corpus::RestrictedExperience> {
  static void each(auto v) {
    using T = corpus::RestrictedExperience;
    v(&T::odata_type, "@odata.type");
    v(&T::content_sharing_disabled, "contentSharingDisabled");
    v(&T::video_disabled, "videoDisabled");
  }
};

template <>
struct PlainNames<corpus::Participant> {
  static void each(auto v) {
    using T = corpus::Participant;
    v(&T::odata_type, "@odata.type");
    v(&T::odata_id, "@odata.id");
    v(&T::odata_etag, "@odata.etag");
    v(&T::id, "id");
    v(&T::info, "info");
    v(&T::media_streams, "mediaStreams");
    v(&T::is_muted, "isMuted");
    v(&T::is_in_lobby, "isInLobby");
    v(&T::is_identity_anonymized, "isIdentityAnonymized");
    v(&T::metadata, "metadata");
    v(&T::meeting_role, "meetingRole");
    v(&T::preferred_display_name, "preferredDisplayName");
    v(&T::replacement_link, "replacementLink");
    v(&T::recording_info, "recordingInfo");
    v(&T::removed_state, "removedState");
    v(&T::restricted_experience, "restrictedExperience");
    v(&T::roster_sequence_number, "rosterSequenceNumber");
  }
};

template <>
struct PlainNames<corpus::DeltaRoster> {
  static void each(auto v) {
    using T = corpus::DeltaRoster;
    v(&T::odata_type, "@odata.type");
    v(&T::odata_id, "@odata.id");
    v(&T::odata_etag, "@odata.etag");
    v(&T::id, "id");
    v(&T::sequence_number, "sequenceNumber");
    v(&T::participants, "participants");
  }
};

}  // namespace fuzz
