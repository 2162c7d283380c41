#include "corpus/payload_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

#include "corpus/json_place.h"
#include "corpus/json_scan.h"
#include "corpus/payload_kind.h"

namespace corpus {
namespace {

constexpr std::string_view kTypeMember = "@odata.type";

std::string_view name_of(JsonValue value) {
  switch (value.type()) {
    case '{':
      return "object";
    case '[':
      return "array";
    case '"':
      return "string";
    case 't':
    case 'f':
      return "boolean";
    case 'n':
      return "null";
    default:
      return "number";
  }
}

/// The steps from the root to a place, each the number of a child.
std::vector<std::size_t> steps_to(const Place* at) {
  std::vector<std::size_t> steps;
  for (; at != nullptr; at = at->parent) steps.push_back(at->index);
  std::ranges::reverse(steps);
  return steps;
}

std::string pointer_to(const Place* at) {
  std::vector<const Place*> places;
  for (; at != nullptr; at = at->parent) places.push_back(at);
  std::string pointer;
  for (auto place = places.rbegin(); place != places.rend(); ++place) {
    if ((*place)->element) {
      append_pointer_step(pointer, (*place)->index);
    } else {
      append_pointer_step(pointer, (*place)->key);
    }
  }
  return pointer;
}

/// Whether the first member of that name has a value that is not null.
bool has_member(JsonValue object, std::string_view name) {
  for (JsonValue key = object.first(), end = object.end(); key != end; key = key.next().next()) {
    if (key.string() == name) return !key.next().is_null();
  }
  return false;
}

/// A double as a whole number, if it is one and every whole number around it has a double of its own.
std::optional<std::int64_t> whole(double value) {
  constexpr double kExact = 9007199254740992;  // 2^53
  if (!(std::abs(value) <= kExact) || value != std::trunc(value)) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace

bool PayloadReader::refuse(std::string what, const Place* at) {
  const std::string_view text = memory_.text();
  std::size_t offset = skip_json_space(text, 0);
  for (const std::size_t step : steps_to(at)) offset = nth_child(text, offset, step);
  error_ = ParseError{std::move(what), pointer_to(at), offset + memory_.mark()};
  return false;
}

bool PayloadReader::refuse_type(std::string_view expected, JsonValue value, const Place* at) {
  std::string what = "expected ";
  return refuse(what.append(expected).append(", found ").append(name_of(value)), at);
}

void PayloadReader::warn(std::string_view what, const Place& at) {
  memory_.warn(what, pointer_to(&at));
}

bool PayloadReader::too_many(std::size_t limit, const Place& at) {
  const std::size_t most = std::min(limit, values_left_);
  return refuse("expected no more than " + std::to_string(most) + " values here, found more", &at);
}

std::string_view PayloadReader::text_of_number(JsonValue value, bool with_exponent) {
  constexpr std::size_t kLongest = 32;  // a double has at most 24 letters, an integer 20
  char* const begin = memory_.arena().make<char>(kLongest).data();
  char* const end = begin + kLongest;
  const std::to_chars_result written = value.is_int64()    ? std::to_chars(begin, end, value.int64())
                                       : value.is_uint64() ? std::to_chars(begin, end, value.uint64())
                                       : with_exponent
                                           ? std::to_chars(begin, end, value.float64(), std::chars_format::scientific)
                                           : std::to_chars(begin, end, value.float64());
  return {begin, written.ptr};
}

bool PayloadReader::read(JsonValue value, Text& out, const Place& at) {
  if (value.is_null()) return true;
  if (value.is_string()) {
    out = value.string();
    return true;
  }
  if (!value.is_number()) return refuse_type("string", value, &at);
  out = text_of_number(value);
  warn("is a number, taken as text", at);
  return true;
}

bool PayloadReader::read(JsonValue value, Flag& out, const Place& at) {
  if (value.is_null()) return true;
  if (value.is_bool()) {
    out = value.boolean();
    return true;
  }
  const std::string_view text = value.is_string() ? value.string() : "";
  const bool is_true = text == "true" || text == "True";
  if (!is_true && text != "false" && text != "False") return refuse_type("boolean", value, &at);
  out = is_true;
  warn("is a text, taken as a boolean", at);
  return true;
}

bool PayloadReader::read(JsonValue value, Integer& out, const Place& at) {
  if (value.is_null()) return true;
  if (value.is_int64()) {
    out.value = value.int64();
    return true;
  }
  if (value.is_string()) {
    const std::string_view text = value.string();
    out.text = text;
    std::int64_t integer = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (error == std::errc{} && end == text.data() + text.size()) {
      out.value = integer;
    } else {
      warn("is a text that is no whole number of 64 bits", at);
    }
    return true;
  }
  if (!value.is_number()) return refuse_type("number", value, &at);
  out.value = value.is_double() ? whole(value.float64()) : std::nullopt;
  if (!out.value) {
    out.text = text_of_number(value);
    // All digits of a large double would look like a whole number, which nobody sent.
    if (value.is_double() && out.text->find_first_of(".e") == out.text->npos) out.text = text_of_number(value, true);
    warn("is no whole number of 64 bits", at);
  }
  return true;
}

bool PayloadReader::read(JsonValue value, Notification& out, const Place& at) {
  if (!value.is_object()) return refuse_type("object", value, &at);
  return notification(value, out, &at);
}

bool PayloadReader::notification(JsonValue members, Notification& out, const Place* at) {
  if (!object(members, out, at)) return false;
  ResourceData& data = out.data;
  if (data.kind != ResourceKind::unknown || data.raw != "[]") return true;
  data.kind = kind_of_path(out.resource ? *out.resource : out.resource_url.value_or(""));
  if (data.kind == ResourceKind::roster) data.roster = List(std::span<const Participant>());
  if (data.kind == ResourceKind::content_sharing) data.sharing = List(std::span<const ContentSharingSession>());
  if (data.kind != ResourceKind::unknown) data.raw = {};
  return true;
}

bool PayloadReader::expect_operation(JsonValue root) {
  Declared data;
  Place place;
  if (!kind_of_object(root, data, nullptr, &place)) return false;
  if (data.kind == ResourceKind::operation) return true;
  if (data.type) return refuse("expected an operation, found " + std::string(*data.type), &place);
  if (data.kind == ResourceKind::unknown && has_member(root, "id")) return true;
  return refuse("expected an operation or an error, found neither", nullptr);
}

bool PayloadReader::kind_of_object(JsonValue value, Declared& out, const Place* at, Place* type_at) {
  if (!value.is_object()) return refuse_type("object", value, at);
  Place here{.parent = at};
  const JsonValue end = value.end();
  for (JsonValue key = value.first(); key != end; key = key.next().next(), ++here.index) {
    here.key = key.string();
    if (here.key != kTypeMember) continue;
    const JsonValue type = key.next();
    if (type.is_null()) break;
    if (!type.is_string()) return refuse_type("string", type, &here);
    out.type = type.string();
    out.kind = kind_of_type(*out.type);
    if (type_at != nullptr) *type_at = here;
    return true;
  }
  out.kind = kind_of_content(value);
  return true;
}

// The kind of the first element, unless another says that it is of another; none without elements.
bool PayloadReader::kind_of_array(JsonValue values, Declared& out, const Place& at) {
  Place here{.parent = &at, .element = true};
  bool first = true;
  for (JsonValue value = values.first(), end = values.end(); value != end; value = value.next(), ++here.index) {
    if (value.is_null()) continue;
    Declared other;
    if (!kind_of_object(value, first ? out : other, &here)) return false;
    if (!first && other.type && other.kind != out.kind) {
      warn("has elements of different types", at);
      out.kind = ResourceKind::unknown;
      return true;
    }
    first = false;
  }
  if (first) out.kind = ResourceKind::none;
  if (first && values.count() > 0) warn("has nothing but nulls", at);
  return true;
}

template <typename T>
bool PayloadReader::read_resources(JsonValue value, List<T>& list, const Place& at) {
  if (value.is_array()) return read(value, list, at);
  if (!take_values(1, values_left_, at)) return false;
  const std::span<T> items = memory_.arena().make<T>(1);
  list = List<T>(items);
  return read(value, items.front(), at);
}

bool PayloadReader::read(JsonValue value, ResourceData& out, const Place& at) {
  if (value.is_null()) return true;
  out.array = value.is_array();
  if (!out.array && !value.is_object()) return refuse_type("object or array", value, &at);
  Declared declared;
  if (!(out.array ? kind_of_array(value, declared, at) : kind_of_object(value, declared, &at))) return false;
  out.kind = declared.kind;
  out.type = declared.type;
  switch (out.kind) {
    case ResourceKind::call:
      return read_resources(value, out.calls, at);
    case ResourceKind::roster:
      return read_resources(value, out.roster, at);
    case ResourceKind::delta:
      return read_resources(value, out.deltas, at);
    case ResourceKind::operation:
      return read_resources(value, out.operations, at);
    case ResourceKind::content_sharing:
      return read_resources(value, out.sharing, at);
    case ResourceKind::joining:
      return read_resources(value, out.joining, at);
    case ResourceKind::left:
      return read_resources(value, out.left, at);
    case ResourceKind::none:  // an empty array: its notification may know more
      out.kind = ResourceKind::unknown;
      out.raw = "[]";
      return true;
    case ResourceKind::unknown:
      out.raw = raw(at);
      return true;
  }
  return true;
}

std::string_view PayloadReader::raw(const Place& at) {
  const std::string_view text = memory_.text();
  const std::vector<std::size_t> steps = steps_to(&at);
  std::size_t offset = skip_json_space(text, 0);
  if (steps.size() == 3) {  // value/N/resourceData: N only grows, so a long batch is walked once
    if (raw_offset_ == 0) raw_offset_ = nth_child(text, nth_child(text, offset, steps[0]), 0);
    raw_offset_ = nth_sibling(text, raw_offset_, steps[1] - raw_index_);
    raw_index_ = steps[1];
    offset = nth_child(text, raw_offset_, steps[2]);
  } else {
    for (const std::size_t step : steps) offset = nth_child(text, offset, step);
  }
  return text.substr(offset, end_of_json_value(text, offset) - offset);
}

}  // namespace corpus
