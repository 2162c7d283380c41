// A call as Graph shows it. A notification holds a subset, often without an id.
#pragma once

#include "corpus/call_parts.h"
#include "corpus/operation.h"
#include "corpus/participant.h"
#include "corpus/payload_values.h"

namespace corpus {

/// How far a call has got. Establishing and established may arrive in either order.
enum class CallState {
  unknown,
  incoming,
  establishing,
  ringing,
  established,
  hold,
  transferring,
  transfer_accepted,
  redirecting,
  terminating,
  terminated
};
/// Whether the bot was called or calls.
enum class CallDirection { unknown, incoming, outgoing };

/// A call, in a notification or in an answer.
struct Call {
  Text odata_type;
  Text odata_id;
  Text odata_etag;
  Text id;
  Word<CallState> state;
  Word<CallDirection> direction;
  Text call_chain_id;
  Text callback_uri;
  Text tenant_id;
  Text subject;
  Text my_participant_id;
  Text termination_reason;
  Text replaces_context;
  Text media_hosted_region;
  Integer ringing_timeout_in_seconds;
  Ref<ResultInfo> result_info;
  Ref<MediaState> media_state;
  Ref<MediaConfig> media_config;
  Ref<ChatInfo> chat_info;
  Ref<MeetingInfo> meeting_info;
  Ref<MeetingProperties> meeting_properties;
  Ref<IncomingContext> incoming_context;
  Ref<CallOptions> call_options;
  Ref<ToneInfo> tone_info;
  Ref<Transcription> transcription;
  Ref<ParticipantInfo> source;
  Ref<ParticipantInfo> answered_by;
  List<Invitee> targets;
  List<CallRoute> call_routes;
  List<Word<Modality>> requested_modalities;
  List<Word<Modality>> active_modalities;
  List<Text> routing_policies;

  bool operator==(const Call&) const = default;
};

}  // namespace corpus
