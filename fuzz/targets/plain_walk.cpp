#include "fuzz/targets/plain_walk.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

namespace fuzz {
namespace {

using corpus::ResourceKind;

constexpr std::size_t kMostNotifications = 10000;

std::string digits_of(Element number) {
  if (number.is_int64()) return std::to_string(number.get_int64().value_unsafe());
  if (number.is_uint64()) return std::to_string(number.get_uint64().value_unsafe());
  std::array<char, 32> text;
  const auto written = std::to_chars(text.data(), text.data() + text.size(), number.get_double().value_unsafe());
  return {text.data(), written.ptr};
}

/// A text that is digits with at most a minus before them, as the number, if 64 bits hold it.
std::optional<std::int64_t> whole_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  const std::uint64_t most = std::uint64_t{INT64_MAX} + (negative ? 1 : 0);
  std::uint64_t value = 0;
  for (const char letter : text) {
    const auto digit = static_cast<std::uint64_t>(letter - '0');
    if (value > (most - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return static_cast<std::int64_t>(negative ? 0 - value : value);
}

/// A number that is whole and that 64 bits hold; of the doubles, only those that have none beside them that is whole
/// too.
std::optional<std::int64_t> whole_number(Element number) {
  if (number.is_int64()) return number.get_int64().value_unsafe();
  if (number.is_uint64()) return std::nullopt;
  const double value = number.get_double().value_unsafe();
  if (std::fabs(value) > 9007199254740992 || std::floor(value) != value) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

std::string text_of(const Found& found) {
  if (!found) return {};
  return found->is_string() ? std::string(found->get_string().value_unsafe()) : digits_of(*found);
}

/// The kind of an array with nothing in it.
ResourceKind kind_of_path(std::string_view path) {
  const std::string_view last = path.substr(path.rfind('/') + 1);
  if (plain_same(last, "participants")) return ResourceKind::roster;
  return plain_same(last, "contentSharingSessions") ? ResourceKind::content_sharing : ResourceKind::unknown;
}

/// What is kept of a resource of unknown kind is the JSON that stands there.
void check_raw(const corpus::ResourceData& mine, Element shown, bool nothing) {
  if (mine.kind != ResourceKind::unknown) FUZZ_ASSERT(mine.raw.empty());
  if (mine.kind == ResourceKind::unknown && nothing) FUZZ_ASSERT(mine.raw == "[]");
  if (mine.kind != ResourceKind::unknown || nothing) return;
  simdjson::dom::parser parser;
  Element kept;
  FUZZ_ASSERT(parser.parse(mine.raw.data(), mine.raw.size()).get(kept) == simdjson::SUCCESS);
  FUZZ_ASSERT(simdjson::minify(kept) == simdjson::minify(shown));
}

}  // namespace

std::vector<Element> PlainWalk::elements_of(Element array) {
  const simdjson::dom::array all = array.get_array().value_unsafe();
  return {all.begin(), all.end()};
}

Found PlainWalk::take(Element object, std::string_view name, std::string_view second) {
  std::optional<Element> first;
  const simdjson::dom::object members = object.get_object().value_unsafe();
  for (const auto& [key, value] : members) {
    if (key != name && (second.empty() || key != second)) continue;
    if (first) odd();
    if (!first) first = value;
  }
  return first && !first->is_null() ? first : std::nullopt;
}

void PlainWalk::read(const Found& found, const corpus::Text* mine) {
  const bool number = found && found->is_number();
  if (found && !number && !found->is_string()) return refuse();
  if (number) odd();
  if (mine == nullptr) return;
  FUZZ_ASSERT(mine->has_value() == found.has_value());
  if (found) FUZZ_ASSERT(**mine == text_of(found));
}

void PlainWalk::read(const Found& found, const corpus::Flag* mine) {
  corpus::Flag expected;
  if (found && found->is_bool()) expected = found->get_bool().value_unsafe();
  if (found && found->is_string()) {
    const std::string text = text_of(found);
    if (text == "true" || text == "True") expected = true;
    if (text == "false" || text == "False") expected = false;
    odd();
  }
  if (found && !expected) return refuse();
  if (mine != nullptr) FUZZ_ASSERT(*mine == expected);
}

void PlainWalk::read(const Found& found, const corpus::Integer* mine) {
  const bool text = found && found->is_string();
  if (found && !text && !found->is_number()) return refuse();
  std::optional<std::int64_t> expected;
  if (found) expected = text ? whole_number(text_of(found)) : whole_number(*found);
  if (found && !expected) odd();
  if (mine == nullptr) return;
  FUZZ_ASSERT(mine->value == expected);
  FUZZ_ASSERT(mine->text.has_value() == (text || (found && !expected)));
  if (text) FUZZ_ASSERT(*mine->text == text_of(found));
  if (text || !found || expected) return;
  if (found->type() != simdjson::dom::element_type::DOUBLE) {
    FUZZ_ASSERT(*mine->text == digits_of(*found));
    return;
  }
  // The text is the same number, and nothing that would read as whole.
  double same = 0;
  const char* const end = mine->text->data() + mine->text->size();
  FUZZ_ASSERT(std::from_chars(mine->text->data(), end, same).ptr == end);
  FUZZ_ASSERT(same == found->get_double().value_unsafe() && !whole_number(*mine->text));
}

bool PlainWalk::declared(Element shown, ResourceKind& kind, std::optional<std::string_view>& type) {
  if (!shown.is_object()) return refuse(), false;
  const Found named = member_of(shown, "@odata.type");
  if (!named || named->is_null()) {
    kind = plain_kind_of_members(shown);
    return true;
  }
  if (!named->is_string()) return refuse(), false;
  type = named->get_string().value_unsafe();
  kind = plain_kind_of_type(*type);
  return true;
}

void PlainWalk::data(const Found& found, std::string_view path, const corpus::ResourceData* mine) {
  if (!found) {
    if (mine != nullptr) FUZZ_ASSERT(*mine == corpus::ResourceData{});
    return;
  }
  if (!found->is_array() && !found->is_object()) return refuse();
  std::vector<Element> shown = found->is_array() ? elements_of(*found) : std::vector{*found};
  ResourceKind kind = ResourceKind::none;
  std::optional<std::string_view> type;
  for (const Element one : shown) {
    if (one.is_null()) continue;
    ResourceKind other = ResourceKind::unknown;
    std::optional<std::string_view> other_type;
    if (!declared(one, other, other_type)) return;
    if (kind == ResourceKind::none) {
      kind = other;
      type = other_type;
    } else if (other_type && other != kind) {
      odd();
      kind = ResourceKind::unknown;
      break;
    }
  }
  const bool nothing = kind == ResourceKind::none;
  if (nothing) {
    if (!shown.empty()) odd();
    shown.clear();
    kind = kind_of_path(path);
  }
  if (mine != nullptr) {
    FUZZ_ASSERT(mine->kind == kind && mine->array == found->is_array() && mine->type == type);
    check_raw(*mine, *found, nothing);
  }
  resources(kind, shown, mine);
}

void PlainWalk::resources(ResourceKind kind, const std::vector<Element>& shown, const corpus::ResourceData* mine) {
  const auto list = [&](ResourceKind of, auto member) {
    if (kind == of) return items(shown, mine == nullptr ? nullptr : &(mine->*member));
    if (mine != nullptr) FUZZ_ASSERT(!(mine->*member).present());
  };
  list(ResourceKind::call, &corpus::ResourceData::calls);
  list(ResourceKind::roster, &corpus::ResourceData::roster);
  list(ResourceKind::delta, &corpus::ResourceData::deltas);
  list(ResourceKind::operation, &corpus::ResourceData::operations);
  list(ResourceKind::content_sharing, &corpus::ResourceData::sharing);
  list(ResourceKind::joining, &corpus::ResourceData::joining);
  list(ResourceKind::left, &corpus::ResourceData::left);
}

void PlainWalk::notification(Element shown, const corpus::Notification* mine) {
  read(Found(shown), mine);
  if (!shown.is_object() || refused_) return;
  const Found resource = member_of(shown, "resource"), url = member_of(shown, "resourceUrl");
  const Found path = resource && !resource->is_null() ? resource : url;
  data(take(shown, "resourceData"), path && !path->is_null() ? text_of(path) : "",
       mine == nullptr ? nullptr : &mine->data);
}

void PlainWalk::delivery(Element root) {
  if (!root.is_object()) return refuse();
  const Found value = member_of(root, "value");
  if (mine_ != nullptr) FUZZ_ASSERT(mine_->enveloped == value.has_value());
  if (!value) {
    bool bare = false;
    for (const char* name : {"changeType", "resource", "resourceUrl", "resourceData"}) {
      const Found member = member_of(root, name);
      bare = bare || (member && !member->is_null());
    }
    if (!bare) return refuse();
    odd();
    if (mine_ != nullptr) FUZZ_ASSERT(mine_->value.size() == 1);
    return notification(root, mine_ == nullptr ? nullptr : &mine_->value.front());
  }
  if (!value->is_array()) return refuse();
  read(take(root, "@odata.type"), mine_ == nullptr ? nullptr : &mine_->odata_type);
  read(take(root, "@odata.context"), mine_ == nullptr ? nullptr : &mine_->odata_context);
  take(root, "value");
  const std::vector<Element> shown = elements_of(*value);
  if (shown.size() > kMostNotifications) return refuse();
  std::size_t at = 0;
  for (const Element one : shown) {
    if (one.is_null()) {
      odd();
      continue;
    }
    if (mine_ != nullptr) FUZZ_ASSERT(at < mine_->value.size());
    notification(one, mine_ == nullptr ? nullptr : &mine_->value[at++]);
  }
  if (mine_ != nullptr) FUZZ_ASSERT(at == mine_->value.size());
}

Found member_of(Element object, std::string_view name) {
  const simdjson::dom::object members = object.get_object().value_unsafe();
  for (const auto& [key, value] : members) {
    if (key == name) return value;
  }
  return std::nullopt;
}

// NOLINTNEXTLINE(misc-no-recursion): no deeper than simdjson's parser takes
std::size_t depth_of(Element value) {
  std::size_t most = 0;
  const auto look = [&most](Element inner) { most = std::max(most, 1 + depth_of(inner)); };
  if (value.is_array()) {
    const simdjson::dom::array all = value.get_array().value_unsafe();
    for (const Element inner : all) look(inner);
  } else if (value.is_object()) {
    const simdjson::dom::object all = value.get_object().value_unsafe();
    for (const auto& [key, inner] : all) look(inner);
  }
  return most;
}

ResourceKind plain_kind_of_type(std::string_view type) {
  constexpr std::string_view kPrefix = "microsoft.graph.";
  constexpr std::string_view kOperation = "Operation";
  constexpr std::array<std::pair<std::string_view, ResourceKind>, 6> kNames{{
      {"call", ResourceKind::call},
      {"participant", ResourceKind::roster},
      {"deltaParticipants", ResourceKind::delta},
      {"contentSharingSession", ResourceKind::content_sharing},
      {"participantJoiningNotification", ResourceKind::joining},
      {"participantLeftNotification", ResourceKind::left},
  }};
  if (type.starts_with('#')) type.remove_prefix(1);
  if (plain_same(type.substr(0, kPrefix.size()), kPrefix)) type.remove_prefix(kPrefix.size());
  for (const auto& [name, kind] : kNames) {
    if (plain_same(type, name)) return kind;
  }
  const std::size_t before = type.size() < kOperation.size() ? 0 : type.size() - kOperation.size();
  return plain_same(type.substr(before), kOperation) ? ResourceKind::operation : ResourceKind::unknown;
}

ResourceKind plain_kind_of_members(Element object) {
  const auto has = [object](auto... names) {
    const auto there = [object](std::string_view name) {
      const Found member = member_of(object, name);
      return member && !member->is_null();
    };
    return (there(names) || ...);
  };
  if (has("participants") && has("sequenceNumber")) return ResourceKind::delta;
  if (has("status", "completionReason", "prompts", "recordingLocation", "recordResourceLocation"))
    return ResourceKind::operation;
  if (has("call")) return has("participantId") ? ResourceKind::left : ResourceKind::joining;
  if (has("info", "mediaStreams", "isMuted", "isInLobby")) return ResourceKind::roster;
  const bool call = has("state", "callChainId", "mediaState", "direction", "callbackUri", "chatInfo", "meetingInfo",
                        "toneInfo", "targets", "source");
  if (call) return ResourceKind::call;
  return has("clientContext") ? ResourceKind::operation : ResourceKind::unknown;
}

void check_place(const corpus::ParseError& error, Element root) {
  constexpr std::string_view kFound = ", found ";
  const std::size_t at = error.what.rfind(kFound);
  if (at == std::string::npos) return;
  const std::string_view found = std::string_view(error.what).substr(at + kFound.size());
  Element value = root;
  if (!error.pointer.empty()) FUZZ_ASSERT(root.at_pointer(error.pointer).get(value) == simdjson::SUCCESS);
  const std::array<std::pair<std::string_view, bool>, 6> types{{{"object", value.is_object()},
                                                                {"array", value.is_array()},
                                                                {"string", value.is_string()},
                                                                {"number", value.is_number()},
                                                                {"boolean", value.is_bool()},
                                                                {"null", value.is_null()}}};
  for (const auto& [name, is] : types) {
    if (found == name) FUZZ_ASSERT(is && error.what.substr(0, at) != "expected " + std::string(name));
  }
}

}  // namespace fuzz
