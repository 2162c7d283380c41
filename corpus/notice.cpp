#include "corpus/notice.h"

#include "corpus/graph_path.h"
#include "corpus/ids.h"

namespace corpus {
namespace {

void name(std::vector<Naming>& names, std::string_view member, std::string_view id) {
  if (!id.empty()) names.push_back({member, canonical_id(id)});
}

/// Adds the call and the operation that a path names.
void name_by_path(Notice& notice, std::string_view member, const Text& path) {
  if (!path) return;
  const GraphPath parsed = parse_graph_path(*path);
  if (!parsed.calls) return;
  name(notice.calls, member, parsed.id_after("calls"));
  name(notice.operations, member, parsed.id_after("operations"));
}

void take_participant(Notice& notice, const Participant& participant) {
  name_by_path(notice, "@odata.id of a participant", participant.odata_id);
  if (!participant.roster_sequence_number.value) return;
  std::string id(participant.id.value_or(""));
  if (id.empty() && participant.odata_id) id = parse_graph_path(*participant.odata_id).id_after("participants");
  if (!id.empty()) notice.participants.emplace_back(canonical_id(id), *participant.roster_sequence_number.value);
}

void take_call(Notice& notice, const Call& call) {
  name_by_path(notice, "@odata.id", call.odata_id);
  name(notice.calls, "id", call.id.value_or(""));
  if (call.state.text) notice.state = call.state.value;
}

void take_operation(Notice& notice, const Operation& operation) {
  name_by_path(notice, "@odata.id", operation.odata_id);
  name(notice.operations, "id", operation.id.value_or(""));
  notice.context = canonical_id(operation.client_context.value_or(""));
  notice.status = operation.status.value;
}

void take_data(Notice& notice, const ResourceData& data) {
  // Several calls or operations in one notification have not been seen: which of them the path names is anybody's
  // guess.
  if (data.calls.size() == 1) take_call(notice, data.calls.front());
  if (data.operations.size() == 1) take_operation(notice, data.operations.front());
  for (const Participant& participant : data.roster) take_participant(notice, participant);
  for (const DeltaRoster& delta : data.deltas) {
    name_by_path(notice, "@odata.id", delta.odata_id);
    if (delta.sequence_number.value) notice.deltas.push_back(*delta.sequence_number.value);
    for (const Participant& participant : delta.participants) take_participant(notice, participant);
  }
}

/// Whether the path ends at the call itself.
bool is_call_path(const Text& path) {
  if (!path) return false;
  const GraphPath parsed = parse_graph_path(*path);
  return parsed.calls && parsed.segments.size() == 2 && parsed.segments.back().id;
}

}  // namespace

std::vector<Notice> notices_of(const Notifications& delivery) {
  std::vector<Notice> notices;
  for (const Notification& notification : delivery.value) {
    Notice notice;
    notice.change = notification.change_type.value;
    notice.kind = notification.data.kind;
    name_by_path(notice, "resource", notification.resource);
    name_by_path(notice, "resourceUrl", notification.resource_url);
    if (notice.calls.empty()) continue;
    take_data(notice, notification.data);
    const bool untold = notice.kind == ResourceKind::none || notice.kind == ResourceKind::unknown;
    if (untold && (is_call_path(notification.resource) || is_call_path(notification.resource_url))) {
      notice.kind = ResourceKind::call;
    }
    notices.push_back(std::move(notice));
  }
  return notices;
}

}  // namespace corpus
