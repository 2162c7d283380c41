// What a bot has asked for, and how far it has got: in the answer to an action on a call, and in the notification of
// its end. Also the shape in which Graph says no.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "corpus/parse_error.h"
#include "corpus/participant.h"
#include "corpus/payload_values.h"

namespace corpus {

/// How far an operation has got.
enum class OperationStatus { unknown, not_started, running, completed, failed };
/// What was asked for.
enum class OperationKind {
  unknown,  ///< an operation of a kind that is new, or whose type was not sent
  plain,    ///< commsOperation
  add_large_gallery_view,
  cancel_media_processing,
  configure_mixer,
  invite_participants,
  mute_participant,
  participants,
  play_prompt,
  record,
  send_dtmf_tones,
  start_hold_music,
  stop_hold_music,
  subscribe_to_tone,
  subscribe_video,
  transfer,
  unmute_participant,
  update_recording_status
};

/// How something ended. The causes that users look for stand in the message only ("… DiagCode: 480#10037.@").
struct ResultInfo {
  Text odata_type;
  Integer code;
  Integer subcode;  ///< also sent as "subCode"
  Text message;

  bool operator==(const ResultInfo&) const = default;
};

/// Something to be played, and the id under which it is kept.
struct MediaInfo {
  Text odata_type;
  Text uri;
  Text resource_id;

  bool operator==(const MediaInfo&) const = default;
};

/// One thing that was to be played.
struct Prompt {
  Text odata_type;
  Ref<MediaInfo> media_info;

  bool operator==(const Prompt&) const = default;
};

/// One operation of any kind. The outcome of one whose status is neither completed nor failed (null included) comes by
/// notification.
struct Operation {
  Text odata_type;
  Text odata_id;
  Text odata_etag;
  Text id;
  Text client_context;
  Word<OperationStatus> status;
  Ref<ResultInfo> result_info;
  Text completion_reason;
  Text created;
  Text last_action;
  Text recording_location;
  Text recording_access_token;
  List<Invitee> participants;
  List<Prompt> prompts;

  bool operator==(const Operation&) const = default;
};

/// What the operation's type says; `unknown` without a type.
OperationKind kind_of(const Operation& operation);

/// What helps Microsoft's support to find an error.
struct InnerError {
  Text code;
  Text message;
  Text date;
  Text request_id;
  Text client_request_id;

  bool operator==(const InnerError&) const = default;
};

/// How Graph refuses: {"error":{…}}. Codes of calling are numbers written as text ("8522").
struct GraphError {
  Text code;
  Text message;
  Text target;
  Ref<InnerError> inner_error;

  bool operator==(const GraphError&) const = default;
};

using OperationAnswer = std::variant<Operation, GraphError>;

class PayloadMemory;

/// Parses Graph's answers to actions on a call. Owns memory that it uses again and again: after an answer of usual size
/// the next ones allocate nothing.
class OperationParser {
 public:
  explicit OperationParser(ParseLimits limits = {});
  ~OperationParser();
  OperationParser(OperationParser&&) noexcept;
  OperationParser& operator=(OperationParser&&) noexcept;

  /// The operation, or the error that Graph sent instead. Its views live until the next parse or the parser's end;
  /// `body` need not. An object that says it is something else (a call, say) is refused.
  Parsed<OperationAnswer> parse(std::string_view body);

  /// What was odd about the body last parsed; lives as long as its views.
  const Warnings& warnings() const;

 private:
  std::unique_ptr<PayloadMemory> memory_;
};

/// The answer as compact JSON; parsing it gives an equal value.
std::string write(const OperationAnswer& answer);

}  // namespace corpus
