// Looking into JSON that may be anything: absence and wrong kinds read as nothing.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace bots {

/// The member if there is one and it is an object; null otherwise. Lives as long as `object`.
inline const boost::json::object* object_at(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value ? value->if_object() : nullptr;
}

/// As object_at, for an array.
inline const boost::json::array* array_at(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value ? value->if_array() : nullptr;
}

/// The member's text if it is a string; empty otherwise. Lives as long as `object`.
inline std::string_view string_at(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  const auto* text = value ? value->if_string() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

/// The member if it is true.
inline bool flag_at(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_bool() && value->get_bool();
}

/// The object that `text` is; an empty one if it is something else or no JSON.
inline boost::json::object parse_object(std::string_view text) {
  boost::system::error_code ec;
  auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), ec);
  return !ec && value.is_object() ? std::move(value.get_object()) : boost::json::object();
}

}  // namespace bots
