#include "tests/bench/planted/switchboard.h"

#include <algorithm>

namespace planted {
namespace {

/// Ids are compared without dashes and case.
std::string canonical(std::string_view id) {
  std::string plain;
  plain.reserve(id.size());
  for (const char letter : id) {
    if (letter != '-') plain.push_back(letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter);
  }
  return plain;
}

template <typename T>
auto find_id(std::vector<T>& list, const std::string& id) {
  return std::find_if(list.begin(), list.end(), [&](const T& item) { return item.id == id; });
}

}  // namespace

void Switchboard::apply(std::string_view body, const Batch& batch) {
  probes_.look(Place::envelope, {body, batch, 0});
  for (std::size_t i = 0; i < batch.size(); ++i) apply(batch[i], {body, batch, i});
}

void Switchboard::apply(const Notice& notice, const Delivery& delivery) {
  probes_.look(Place::notice, delivery);
  if (notice.path.call.empty()) return;
  switch (notice.kind) {
    case Kind::call:
      probes_.look(Place::call, delivery);
      return apply_call(notice);
    case Kind::roster:
      probes_.look(Place::roster, delivery);
      return apply_roster(notice);
    case Kind::delta:
      probes_.look(Place::delta, delivery);
      return apply_delta(notice);
    case Kind::operation:
      probes_.look(Place::operation, delivery);
      return apply_operation(notice);
    case Kind::none:
    case Kind::unknown:
      return;
  }
}

Call& Switchboard::call_of(const Path& path) {
  std::string id = canonical(path.call);
  const auto known = find_id(calls_, id);
  if (known != calls_.end()) return *known;
  return calls_.emplace_back(Call{.id = std::move(id), .state = {}, .members = {}, .sequence = {}});
}

void Switchboard::apply_call(const Notice& notice) {
  if (notice.result && notice.result->code) tally_.last_code = *notice.result->code;
  if (notice.change == Change::deleted) {
    tally_.ended += std::erase_if(calls_, [&](const Call& call) { return call.id == canonical(notice.path.call); });
    return;
  }
  Call& call = call_of(notice.path);
  if (notice.progress.empty()) return;
  if (notice.progress == "established" && call.state != "established") ++tally_.connected;
  call.state = notice.progress;
}

void Switchboard::update(Call& call, const Participant& participant) {
  const std::string id = canonical(participant.id);
  auto member = find_id(call.members, id);
  if (member == call.members.end()) {
    ++tally_.joined;
    member = call.members.insert(member, Member{.id = id, .name = {}, .muted = false, .streams = 0});
  }
  if (participant.muted && !member->muted) ++tally_.muted;
  member->name = participant.name;
  member->muted = participant.muted;
  member->streams = participant.streams.size();
}

/// A classic roster names everybody: who is not on it has left.
void Switchboard::apply_roster(const Notice& notice) {
  Call& call = call_of(notice.path);
  tally_.left += std::erase_if(call.members, [&](const Member& member) {
    return std::ranges::none_of(notice.participants,
                                [&](const Participant& participant) { return canonical(participant.id) == member.id; });
  });
  for (const Participant& participant : notice.participants) {
    if (!participant.in_lobby) update(call, participant);
  }
}

/// A delta names those who changed, and says of each who left that they did.
void Switchboard::apply_delta(const Notice& notice) {
  Call& call = call_of(notice.path);
  call.sequence = notice.sequence;
  for (const Participant& participant : notice.participants) {
    if (participant.removed) {
      const std::string id = canonical(participant.id);
      tally_.left += std::erase_if(call.members, [&](const Member& member) { return member.id == id; });
    } else {
      update(call, participant);
    }
  }
}

void Switchboard::apply_operation(const Notice& notice) {
  const std::string id = canonical(notice.path.item.empty() ? notice.id : notice.path.item);
  if (find_id(operations_, id) == operations_.end())
    operations_.push_back({.id = id, .call = canonical(notice.path.call)});
  if (notice.progress != "completed" && notice.progress != "failed") return;
  ++(notice.progress == "completed" ? tally_.completed : tally_.failed);
  if (notice.result && notice.result->code) tally_.last_code = *notice.result->code;
  std::erase_if(operations_, [&](const Operation& operation) { return operation.id == id; });
}

bool handle(std::string_view body, simdjson::dom::parser& parser, Probes& probes) {
  const std::expected<Batch, Refusal> batch = read_batch(body, parser);
  if (!batch) return false;
  Switchboard switchboard(probes);
  switchboard.apply(body, *batch);
  return true;
}

}  // namespace planted
