#include "replay/by_hand.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <string_view>

namespace replay {
namespace {

namespace json = boost::json;

constexpr std::string_view kMember = "byHand";

std::string member_of(json::object object) {
  return fmt::format("\"{}\":{}", kMember, json::serialize(object));
}

// The object under our name among raw members; nothing if there is none.
std::optional<json::object> object_in(const std::string& members) {
  if (members.find(kMember) == std::string::npos) return std::nullopt;  // as in nearly all exchanges
  boost::system::error_code ec;
  json::value all = json::parse("{" + members + "}", ec);
  if (ec) return std::nullopt;
  json::value* ours = all.as_object().if_contains(kMember);
  if (ours == nullptr || !ours->is_object()) return std::nullopt;
  return std::move(ours->as_object());
}

bool says(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::optional<std::int64_t> number_in(const json::value* value) {
  return value != nullptr && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

}  // namespace

std::string to_string(const ByHand& done) {
  std::vector<std::string_view> words;
  if (done.skipped) words.emplace_back("skipped");
  if (done.edited) words.emplace_back("edited");
  if (done.repeated) words.emplace_back("repeated");
  return words.empty() ? std::string() : fmt::format("{} by hand", fmt::join(words, " and "));
}

std::string to_member(const HandMark& mark) {
  json::object object;
  object["exchange"] = mark.exchange;
  if (mark.done.edited) object["edited"] = true;
  if (mark.done.repeated) object["repeated"] = true;
  return member_of(std::move(object));
}

std::string to_member(const HandNote& note) {
  json::object object;
  if (!note.skipped.empty()) object["skipped"] = json::array(note.skipped.begin(), note.skipped.end());
  if (note.quit_before) object["quitBefore"] = *note.quit_before;
  return object.empty() ? std::string() : member_of(std::move(object));
}

std::optional<HandMark> hand_mark_of(const corpus::Exchange& live) {
  const auto object = object_in(live.request_extra);
  const auto number = object ? number_in(object->if_contains("exchange")) : std::nullopt;
  if (!number) return std::nullopt;
  const HandMark mark{*number,
                      {.skipped = false, .edited = says(*object, "edited"), .repeated = says(*object, "repeated")}};
  return mark.done.any() ? std::optional(mark) : std::nullopt;
}

HandNote hand_note_of(const corpus::Session& live) {
  HandNote note;
  const auto object = live.end ? object_in(live.end->extra) : std::nullopt;
  if (!object) return note;
  note.quit_before = number_in(object->if_contains("quitBefore"));
  const json::value* skipped = object->if_contains("skipped");
  if (skipped == nullptr || !skipped->is_array()) return note;
  for (const json::value& one : skipped->get_array()) {
    if (const auto number = number_in(&one)) note.skipped.push_back(*number);
  }
  return note;
}

}  // namespace replay
