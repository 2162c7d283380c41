#include "replay/death.h"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "replay/result_json.h"

namespace replay {

namespace json = boost::json;

std::string to_member(const Death& death) {
  json::array output;
  for (const std::string& line : death.output) output.emplace_back(json_text(line));
  return "\"died\":" +
         json::serialize(json::object{{"t", death.time}, {"how", json_text(death.how)}, {"output", std::move(output)}});
}

std::optional<Death> death_of(const corpus::Session& live) {
  if (!live.end || live.end->extra.empty()) return std::nullopt;
  boost::system::error_code ec;
  const json::value end = json::parse("{" + live.end->extra + "}", ec);
  const auto* members = ec ? nullptr : end.if_object();
  const auto* died = members != nullptr ? members->if_contains("died") : nullptr;
  const auto* object = died != nullptr ? died->if_object() : nullptr;
  if (object == nullptr) return std::nullopt;
  const auto* time = object->if_contains("t");
  const auto* how = object->if_contains("how");
  if (time == nullptr || !time->is_int64() || how == nullptr || !how->is_string()) return std::nullopt;
  Death death{time->get_int64(), std::string(how->get_string()), {}};
  const auto* output = object->if_contains("output");
  if (output == nullptr || !output->is_array()) return death;
  for (const json::value& line : output->get_array()) {
    if (line.is_string()) death.output.emplace_back(line.get_string());
  }
  return death;
}

}  // namespace replay
