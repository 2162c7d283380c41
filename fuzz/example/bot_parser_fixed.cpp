// Without the bug. A comma too many, as in {"status":"failed",}, makes a look-up of simdjson's On-Demand front end fail
// at the end of the object: harmless so far. But in simdjson before 3.2 the next look-up in the same object, for the
// status of what has no state, goes through a null pointer, although each error code was looked at. On-Demand sees only
// what is asked for, so damage shows halfway through, when part of the body has been believed already. The DOM
// validates the whole body first and gives values that can be asked in any order and as often as one likes.
#include <simdjson.h>

#include "bot_parser.h"

namespace dom = simdjson::dom;

namespace {

/// Appends the update that a notification holds, if it holds one.
void read_notification(dom::object notification, std::vector<Update>& updates) {
  std::string_view resource;
  if (notification["resource"].get_string().get(resource)) return;
  dom::object data;
  if (notification["resourceData"].get_object().get(data)) return;  // a roster: an array
  std::string_view state;
  // A call has a state; an operation has none, but a status.
  if (data["state"].get_string().get(state) && data["status"].get_string().get(state)) return;
  updates.push_back({std::string(resource), std::string(state)});
}

}  // namespace

std::optional<std::vector<Update>> read_updates(std::string_view body) {
  const simdjson::padded_string json(body);
  dom::parser parser;
  dom::element document;
  dom::array notifications;
  if (parser.parse(json).get(document) || document["value"].get_array().get(notifications)) return std::nullopt;
  std::vector<Update> updates;
  for (const dom::element element : notifications) {
    dom::object notification;
    if (element.get_object().get(notification)) return std::nullopt;
    read_notification(notification, updates);
  }
  return updates;
}
