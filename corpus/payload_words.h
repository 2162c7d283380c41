// The words of Graph's enumerations and type names, as they stand on the wire.
//
// For sources only.
#pragma once

#include <array>
#include <iterator>
#include <string_view>
#include <utility>

#include "corpus/ascii.h"
#include "corpus/name_table.h"
#include "corpus/notification.h"
#include "corpus/operation.h"
#include "corpus/participant.h"

namespace corpus {

/// The spellings of an enumeration: Words<E>::kList, an array.
template <typename E>
struct Words;

template <typename E>
using EnumSpelling = std::pair<std::string_view, E>;

template <>
struct Words<ChangeType> {
  using enum ChangeType;
  static constexpr EnumSpelling<ChangeType> kList[] = {
      {"created", created}, {"updated", updated}, {"deleted", deleted}};
};

template <>
struct Words<OperationStatus> {
  using enum OperationStatus;
  static constexpr EnumSpelling<OperationStatus> kList[] = {
      {"notStarted", not_started}, {"running", running}, {"completed", completed}, {"failed", failed}};
};

template <>
struct Words<Modality> {
  using enum Modality;
  static constexpr EnumSpelling<Modality> kList[] = {
      {"audio", audio}, {"video", video}, {"videoBasedScreenSharing", video_based_screen_sharing}, {"data", data}};
};

template <>
struct Words<MediaDirection> {
  using enum MediaDirection;
  static constexpr EnumSpelling<MediaDirection> kList[] = {
      {"inactive", inactive}, {"sendOnly", send_only}, {"receiveOnly", receive_only}, {"sendReceive", send_receive}};
};

template <>
struct Words<EndpointType> {
  using enum EndpointType;
  static constexpr EnumSpelling<EndpointType> kList[] = {{"default", default_},
                                                         {"voicemail", voicemail},
                                                         {"skypeForBusiness", skype_for_business},
                                                         {"skypeForBusinessVoipPhone", skype_for_business_voip_phone}};
};

template <>
struct Words<RecordingStatus> {
  using enum RecordingStatus;
  static constexpr EnumSpelling<RecordingStatus> kList[] = {{"notRecording", not_recording},
                                                            {"recording", recording},
                                                            {"failed", failed},
                                                            {"recordingCapable", recording_capable}};
};

/// What can stand in @odata.type of the data of a notification, without its prefix.
template <>
struct Words<ResourceKind> {
  using enum ResourceKind;
  static constexpr EnumSpelling<ResourceKind> kList[] = {{"call", call},
                                                         {"participant", roster},
                                                         {"deltaParticipants", delta},
                                                         {"contentSharingSession", content_sharing},
                                                         {"participantJoiningNotification", joining},
                                                         {"participantLeftNotification", left}};
};

template <>
struct Words<OperationKind> {
  using enum OperationKind;
  static constexpr EnumSpelling<OperationKind> kList[] = {{"commsOperation", plain},
                                                          {"callOperation", plain},
                                                          {"addLargeGalleryViewOperation", add_large_gallery_view},
                                                          {"cancelMediaProcessingOperation", cancel_media_processing},
                                                          {"configureMixerOperation", configure_mixer},
                                                          {"inviteParticipantsOperation", invite_participants},
                                                          {"muteParticipantOperation", mute_participant},
                                                          {"participantsOperation", participants},
                                                          {"playPromptOperation", play_prompt},
                                                          {"recordOperation", record},
                                                          {"sendDtmfTonesOperation", send_dtmf_tones},
                                                          {"startHoldMusicOperation", start_hold_music},
                                                          {"stopHoldMusicOperation", stop_hold_music},
                                                          {"subscribeToToneOperation", subscribe_to_tone},
                                                          {"subscribeVideoOperation", subscribe_video},
                                                          {"transferOperation", transfer},
                                                          {"unmuteParticipantOperation", unmute_participant},
                                                          {"updateRecordingStatusOperation", update_recording_status}};
};

template <typename E>
constexpr NameTable<std::size(Words<E>::kList)> kWordNames{[] {
  std::array<std::string_view, std::size(Words<E>::kList)> names;
  for (std::size_t at = 0; at < names.size(); ++at) names[at] = Words<E>::kList[at].first;
  return names;
}()};

/// The value of a word that is not spelled as usual, but for the casing of its letters; E::unknown if it is none.
template <typename E>
E value_in_any_casing(std::string_view word) {
  for (const auto& [name, value] : Words<E>::kList) {
    if (same_word(name, word)) return value;
  }
  return E::unknown;
}

/// The value of a word; E::unknown if it is none. Another casing than the usual one is found too, but not as fast.
template <typename E>
E value_of(std::string_view word) {
  const int index = kWordNames<E>.find(word);
  return index >= 0 ? Words<E>::kList[index].second : value_in_any_casing<E>(word);
}

/// The same, faster, for a word from whose start 8 bytes can be read.
template <typename E>
E value_of_padded(std::string_view word) {
  const int index = kWordNames<E>.find_padded(word);
  return index >= 0 ? Words<E>::kList[index].second : value_in_any_casing<E>(word);
}

}  // namespace corpus
