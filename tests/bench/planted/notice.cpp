#include "tests/bench/planted/notice.h"

#include <charconv>

namespace planted {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string_view text_of(const object& json, std::string_view key) {
  std::string_view text;
  if (json.at_key(key).get(text)) return {};
  return text;
}

bool flag_of(const object& json, std::string_view key) {
  bool flag = false;
  if (json.at_key(key).get(flag)) return false;
  return flag;
}

/// A number, or a text that is a number as a whole.
std::optional<std::int64_t> number_of(const object& json, std::string_view key) {
  std::int64_t number = 0;
  const auto member = json.at_key(key);
  if (!member.get(number)) return number;
  std::string_view text;
  if (member.get(text)) return {};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

std::string_view next_segment(std::string_view& rest) {
  while (rest.starts_with('/')) rest.remove_prefix(1);
  const std::string_view segment = rest.substr(0, rest.find('/'));
  rest.remove_prefix(segment.size());
  return segment;
}

Path path_of(std::string_view text) {
  Path path{.text = text, .call = {}, .collection = {}, .item = {}};
  std::string_view rest = text.substr(0, text.find('?'));
  while (!rest.empty() && next_segment(rest) != "calls") {
  }
  path.call = next_segment(rest);
  path.collection = next_segment(rest);
  path.item = next_segment(rest);
  return path;
}

Change change_of(std::string_view text) {
  if (text == "created") return Change::created;
  if (text == "updated") return Change::updated;
  if (text == "deleted") return Change::deleted;
  return Change::unknown;
}

std::vector<Stream> streams_of(const object& participant) {
  std::vector<Stream> streams;
  array list;
  if (participant.at_key("mediaStreams").get(list)) return streams;
  for (const element item : list) {
    object json;
    if (item.get(json)) continue;
    streams.push_back({text_of(json, "sourceId"), text_of(json, "mediaType"), flag_of(json, "serverMuted")});
  }
  return streams;
}

std::string_view name_of(const object& participant) {
  object identity;
  if (participant.at_key("info")["identity"].get(identity)) return {};
  for (const auto field : identity) {
    object person;
    if (!field.value.get(person)) return text_of(person, "displayName");
  }
  return {};
}

Participant participant_of(const object& json) {
  element removed;
  return {.id = text_of(json, "id"),
          .name = name_of(json),
          .muted = flag_of(json, "isMuted"),
          .in_lobby = flag_of(json, "isInLobby"),
          .removed = !json.at_key("removedState").get(removed) && !removed.is_null(),
          .streams = streams_of(json),
          .json = json};
}

void read_participants(const array& list, Notice& notice) {
  for (const element item : list) {
    object json;
    if (!item.get(json)) notice.participants.push_back(participant_of(json));
  }
}

void read_result(const object& data, Notice& notice) {
  object json;
  if (data.at_key("resultInfo").get(json)) return;
  ResultInfo& result = notice.result.emplace();
  result.code = number_of(json, "code");
  result.subcode = number_of(json, "subcode");
  if (!result.subcode) result.subcode = number_of(json, "subCode");
  result.message = text_of(json, "message");
}

/// Calls and operations: one object, told apart by its type and, without one, by its members.
void read_object(const object& data, Notice& notice) {
  notice.type = text_of(data, "@odata.type");
  notice.id = text_of(data, "id");
  notice.etag = text_of(data, "@odata.etag");
  notice.client_context = text_of(data, "clientContext");
  read_result(data, notice);
  const std::string_view state = text_of(data, "state"), status = text_of(data, "status");
  if (notice.type.ends_with("Operation") || (notice.type.empty() && !status.empty())) {
    notice.kind = Kind::operation;
    notice.progress = status;
  } else if (notice.type.ends_with("graph.call") || (notice.type.empty() && !state.empty())) {
    notice.kind = Kind::call;
    notice.progress = state;
  } else {
    notice.kind = Kind::unknown;
  }
}

/// Rosters: all participants, or one object that holds the changed ones.
bool read_array(const array& data, Notice& notice) {
  notice.kind = Kind::roster;
  for (const element item : data) {
    object json;
    if (item.get(json)) return false;
    array changed;
    if (json.at_key("participants").get(changed)) {
      notice.participants.push_back(participant_of(json));
    } else {
      notice.kind = Kind::delta;
      notice.type = text_of(json, "@odata.type");
      notice.sequence = number_of(json, "sequenceNumber");
      read_participants(changed, notice);
    }
  }
  return true;
}

std::expected<Notice, Refusal> notice_of(const element& item) {
  Notice notice;
  if (item.get(notice.json)) return std::unexpected(Refusal::no_notice);
  std::string_view change, path;
  if (notice.json.at_key("changeType").get(change)) return std::unexpected(Refusal::no_change);
  if (notice.json.at_key("resourceUrl").get(path) && notice.json.at_key("resource").get(path))
    return std::unexpected(Refusal::no_resource);
  notice.change = change_of(change);
  notice.path = path_of(path);
  element data;
  if (notice.json.at_key("resourceData").get(data) || data.is_null()) return notice;
  object single;
  array several;
  if (!data.get(single)) {
    read_object(single, notice);
  } else if (data.get(several) || !read_array(several, notice)) {
    return std::unexpected(Refusal::no_data);
  }
  return notice;
}

}  // namespace

std::expected<Batch, Refusal> read_batch(std::string_view body, simdjson::dom::parser& parser) {
  element root;
  if (parser.parse(body.data(), body.size()).get(root)) return std::unexpected(Refusal::not_json);
  array value;
  if (root.at_key("value").get(value)) return std::unexpected(Refusal::no_envelope);
  Batch batch;
  for (const element item : value) {
    std::expected<Notice, Refusal> notice = notice_of(item);
    if (!notice) return std::unexpected(notice.error());
    batch.push_back(std::move(*notice));
  }
  return batch;
}

}  // namespace planted
