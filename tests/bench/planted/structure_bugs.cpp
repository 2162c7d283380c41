// Shape of the document: what is missing, repeated, moved, nested, or of another type than expected.
#include <algorithm>

#include "tests/bench/planted/bugs.h"

namespace planted {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// `participants.front()`, to show who called first.
bool empty_roster(const Delivery& delivery) {
  return delivery.notice().participants.empty();
}

/// The path says participants, so `resourceData` is taken for an array unasked.
bool roster_as_object(const Delivery& delivery) {
  return delivery.notice().path.collection == "participants" && data_of(delivery.notice());
}

/// A view of one participant has room for the streams that Teams can show at once.
bool nine_streams(const Delivery& delivery) {
  return std::ranges::any_of(delivery.notice().participants,
                             [](const Participant& participant) { return participant.streams.size() > 8; });
}

/// Each item of `mediaStreams` is read as an object, its error code passed over.
bool stream_not_object(const Delivery& delivery) {
  for (const Participant& participant : delivery.notice().participants) {
    array streams;
    if (participant.json.at_key("mediaStreams").get(streams)) continue;
    for (const element stream : streams) {
      if (!stream.is_object()) return true;
    }
  }
  return false;
}

/// The depth of what is nested in a value, at most `limit`: that many calls deep and no deeper.
int depth_of(const element& value, int limit) {
  if (limit == 0) return 0;
  int deepest = 0;
  object members;
  array items;
  if (!value.get(members)) {
    for (const auto member : members) deepest = std::max(deepest, 1 + depth_of(member.value, limit - 1));
  } else if (!value.get(items)) {
    for (const element item : items) deepest = std::max(deepest, 1 + depth_of(item, limit - 1));
  }
  return deepest;
}

/// The path to a member, for the log, is kept in a stack of 32 names.
bool log_stack(const Delivery& delivery) {
  element data;
  return !delivery.notice().json.at_key("resourceData").get(data) && depth_of(data, 40) > 32;
}

/// The first member of the data is read as its type, for Graph always writes it first.
bool type_not_first(const Delivery& delivery) {
  const std::optional<object> data = data_of(delivery.notice());
  return data && text_in(*data, "@odata.type") && (*data->begin()).key != "@odata.type";
}

/// Everything on a roster has an `info` with an `identity`, or a null pointer.
bool nobody_behind_participant(const Delivery& delivery) {
  return std::ranges::any_of(delivery.notice().participants, [](const Participant& participant) {
    object identity;
    return participant.json.at_key("info")["identity"].get(identity) != simdjson::SUCCESS;
  });
}

constexpr Bug kBugs[] = {
    {"empty_roster", "structure", 'P', false, Place::roster, "takes the first of no participants", empty_roster},
    {"roster_as_object", "structure", 'P', false, Place::notice, "takes a roster for an array unasked",
     roster_as_object},
    {"nine_streams", "structure", 'D', true, Place::roster, "has room for eight media streams", nine_streams},
    {"stream_not_object", "structure", 'P', false, Place::roster, "takes a media stream for an object unasked",
     stream_not_object},
    {"log_stack", "structure", 'P', true, Place::notice, "has room for 32 levels of nesting", log_stack},
    {"type_not_first", "structure", 'P', false, Place::notice, "takes the first member for the type", type_not_first},
    {"nobody_behind", "structure", 'D', false, Place::roster, "takes an identity for granted",
     nobody_behind_participant},
};

}  // namespace

std::span<const Bug> structure_bugs() {
  return kBugs;
}

}  // namespace planted
