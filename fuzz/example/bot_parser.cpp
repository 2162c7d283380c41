// With the bug: see bot_parser_fixed.cpp.
#include <simdjson.h>

#include "bot_parser.h"

namespace ondemand = simdjson::ondemand;

namespace {

/// Appends the update that a notification holds, if it holds one. Every error code is looked at.
void read_notification(ondemand::object notification, std::vector<Update>& updates) {
  std::string_view resource;
  if (notification["resource"].get_string().get(resource)) return;
  ondemand::object data;
  if (notification["resourceData"].get_object().get(data)) return;  // a roster: an array
  std::string_view state;
  // A call has a state; an operation has none, but a status.
  if (data["state"].get_string().get(state) && data["status"].get_string().get(state)) return;
  updates.push_back({std::string(resource), std::string(state)});
}

}  // namespace

std::optional<std::vector<Update>> read_updates(std::string_view body) {
  const simdjson::padded_string json(body);
  ondemand::parser parser;
  ondemand::document document;
  ondemand::array notifications;
  if (parser.iterate(json).get(document) || document["value"].get_array().get(notifications)) return std::nullopt;
  std::vector<Update> updates;
  for (auto element : notifications) {
    ondemand::object notification;
    if (element.get_object().get(notification)) return std::nullopt;
    read_notification(notification, updates);
  }
  return updates;
}
