#include "corpus/payload_kind.h"

#include <cstdint>

#include "corpus/payload_words.h"

namespace corpus {
namespace {

/// "#microsoft.graph.call" and its other spellings: "call".
std::string_view short_type(std::string_view type) {
  constexpr std::string_view kPrefix = "microsoft.graph.";
  constexpr std::string_view kUsual = "#microsoft.graph.";
  if (type.starts_with(kUsual)) return type.substr(kUsual.size());
  if (type.starts_with('#')) type.remove_prefix(1);
  if (same_word(type.substr(0, kPrefix.size()), kPrefix)) type.remove_prefix(kPrefix.size());
  return type;
}

/// Members that tell kinds apart, and what each of them tells.
enum Hint : std::uint32_t {
  nothing = 0,
  participants = 1,
  sequence_number = 2,
  operation = 4,
  call_inside = 8,
  participant_id = 16,
  participant = 32,
  call = 64,
  client_context = 128
};

constexpr std::array<std::pair<std::string_view, Hint>, 24> kHints{{
    {"participants", participants},
    {"sequenceNumber", sequence_number},
    {"status", operation},
    {"recordingLocation", operation},
    {"recordResourceLocation", operation},
    {"completionReason", operation},
    {"prompts", operation},
    {"call", call_inside},
    {"participantId", participant_id},
    {"info", participant},
    {"mediaStreams", participant},
    {"isMuted", participant},
    {"isInLobby", participant},
    {"state", call},
    {"callChainId", call},
    {"mediaState", call},
    {"direction", call},
    {"callbackUri", call},
    {"chatInfo", call},
    {"meetingInfo", call},
    {"toneInfo", call},
    {"targets", call},
    {"source", call},
    {"clientContext", client_context},
}};

constexpr NameTable<kHints.size()> kHintNames{[] {
  std::array<std::string_view, kHints.size()> names;
  for (std::size_t at = 0; at < names.size(); ++at) names[at] = kHints[at].first;
  return names;
}()};

}  // namespace

ResourceKind kind_of_type(std::string_view type) {
  constexpr std::string_view kOperation = "Operation";
  const std::string_view name = short_type(type);
  const auto kind = value_of<ResourceKind>(name);
  if (kind != ResourceKind::unknown || name.size() < kOperation.size()) return kind;
  return same_word(name.substr(name.size() - kOperation.size()), kOperation) ? ResourceKind::operation : kind;
}

ResourceKind kind_of_content(JsonValue members) {
  std::uint32_t hints = 0;
  std::uint32_t seen = 0;
  for (JsonValue key = members.first(), end = members.end(); key != end; key = key.next().next()) {
    const int index = kHintNames.find(key.string());
    if (index < 0 || (seen >> index & 1) != 0) continue;
    seen |= 1u << index;
    if (!key.next().is_null()) hints |= kHints[static_cast<std::size_t>(index)].second;
  }
  const auto has = [hints](std::uint32_t all) { return (hints & all) == all; };
  if (has(participants | sequence_number)) return ResourceKind::delta;
  if (has(operation)) return ResourceKind::operation;
  if (has(call_inside)) return has(participant_id) ? ResourceKind::left : ResourceKind::joining;
  if (has(participant)) return ResourceKind::roster;
  if (has(call)) return ResourceKind::call;
  if (has(client_context)) return ResourceKind::operation;
  return ResourceKind::unknown;
}

ResourceKind kind_of_path(std::string_view path) {
  const std::string_view last = path.substr(path.find_last_of('/') + 1);
  if (same_word(last, "participants")) return ResourceKind::roster;
  return same_word(last, "contentSharingSessions") ? ResourceKind::content_sharing : ResourceKind::unknown;
}

OperationKind kind_of(const Operation& operation) {
  return operation.odata_type ? value_of<OperationKind>(short_type(*operation.odata_type)) : OperationKind::unknown;
}

}  // namespace corpus
