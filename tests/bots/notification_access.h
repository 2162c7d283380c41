// What the bots read out of a notification: its resource and the ids in it.
#pragma once

#include <string_view>

#include <boost/json.hpp>

#include "tests/bots/json_access.h"

namespace bots {

inline bool ends_with_type(const boost::json::object& data, std::string_view type) {
  return string_at(data, "@odata.type").ends_with(type);
}

/// The path of what a notification is about, in whichever member it stands.
inline std::string_view resource_of(const boost::json::object& notification) {
  for (const std::string_view key : {"resourceUrl", "resource"}) {
    if (const auto path = string_at(notification, key); !path.empty()) return path;
  }
  const auto* data = object_at(notification, "resourceData");
  return data ? string_at(*data, "@odata.id") : std::string_view();
}

/// The segment behind "calls" in a path, whichever prefix the path has; empty if there is none.
inline std::string_view call_id_in(std::string_view path) {
  constexpr std::string_view kCalls = "calls/";
  const auto found = path.find(kCalls);
  if (found == std::string_view::npos) return {};
  const auto rest = path.substr(found + kCalls.size());
  return rest.substr(0, rest.find('/'));
}

}  // namespace bots
