// The objects that stand inside a call.
#pragma once

#include "corpus/operation.h"
#include "corpus/participant.h"
#include "corpus/payload_values.h"

namespace corpus {

/// Whether media flows.
enum class MediaActivity { unknown, active, inactive };
/// Why a call came by way of somebody else.
enum class RoutingType { unknown, forwarded, lookup, self_fork };
/// Whether the call is written down.
enum class TranscriptionState { unknown, not_started, active, inactive };
/// A key of a telephone.
enum class Tone {
  unknown,
  tone0,
  tone1,
  tone2,
  tone3,
  tone4,
  tone5,
  tone6,
  tone7,
  tone8,
  tone9,
  star,
  pound,
  a,
  b,
  c,
  d,
  flash
};

/// Whether the call's media flow.
struct MediaState {
  Text odata_type;
  Word<MediaActivity> audio;
  Word<MediaActivity> video;

  bool operator==(const MediaState&) const = default;
};

/// The chat beside a call.
struct ChatInfo {
  Text odata_type;
  Text thread_id;
  Text message_id;
  Text reply_chain_message_id;

  bool operator==(const ChatInfo&) const = default;
};

/// How to get into a meeting. One of several types, which `odata_type` tells apart; each has some of the members.
struct MeetingInfo {
  Text odata_type;
  Ref<IdentitySet> organizer;
  Flag allow_conversation_without_host;
  Text token;
  Text join_meeting_id;
  Text passcode;

  bool operator==(const MeetingInfo&) const = default;
};

/// What else is known about a meeting.
struct MeetingProperties {
  Text odata_type;
  Text meeting_label;

  bool operator==(const MeetingProperties&) const = default;
};

/// On whose behalf a call comes.
struct IncomingContext {
  Text odata_type;
  Text source_participant_id;
  Text observed_participant_id;
  Ref<IdentitySet> on_behalf_of;
  Ref<IdentitySet> transferor;

  bool operator==(const IncomingContext&) const = default;
};

/// One leg of the way that a call took before it came.
struct CallRoute {
  Text odata_type;
  Ref<IdentitySet> final;
  Ref<IdentitySet> original;
  Word<RoutingType> routing_type;

  bool operator==(const CallRoute&) const = default;
};

/// A key that was pressed; the sequence id orders several.
struct ToneInfo {
  Text odata_type;
  Integer sequence_id;
  Word<Tone> tone;

  bool operator==(const ToneInfo&) const = default;
};

/// How far the transcription is.
struct Transcription {
  Text odata_type;
  Word<TranscriptionState> state;
  Text last_modified;

  bool operator==(const Transcription&) const = default;
};

/// Who handles the media: Graph (`odata_type` says serviceHostedMediaConfig) or the bot, by its blob.
struct MediaConfig {
  Text odata_type;
  Text blob;
  List<MediaInfo> pre_fetch_media;

  bool operator==(const MediaConfig&) const = default;
};

/// What the bot wants to be told about a call.
struct CallOptions {
  Text odata_type;
  Flag hide_bot_after_escalation;
  Flag is_content_sharing_notification_enabled;
  Flag is_delta_roster_enabled;
  Flag is_interactive_roster_enabled;

  bool operator==(const CallOptions&) const = default;
};

}  // namespace corpus
