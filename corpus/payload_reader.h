// Reads typed values from a document that has been found valid, one pass over each object.
//
// For sources only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "corpus/json_tape.h"
#include "corpus/member_table.h"
#include "corpus/payload_kind.h"
#include "corpus/payload_memory.h"
#include "corpus/payload_place.h"
#include "corpus/payload_tables.h"

namespace corpus {

/// Fills values from one document. Functions return false once the document is refused; error() says why.
class PayloadReader {
 public:
  /// `memory` must outlive the reader, and holds what it reads.
  explicit PayloadReader(PayloadMemory& memory) : memory_(memory), values_left_(memory.limits().values) {}

  /// Fills the members of `out` that the object has. `at` is the object's place; null for the root.
  template <typename T>
  bool object(JsonValue members, T& out, const Place* at);

  /// The same for a notification, whose data may depend on its path. `at` may be null.
  bool notification(JsonValue members, Notification& out, const Place* at);

  /// Refuses a document that is, or says it is, something else than an operation.
  bool expect_operation(JsonValue root);

  bool read(JsonValue value, Text& out, const Place& at);
  bool read(JsonValue value, Flag& out, const Place& at);
  bool read(JsonValue value, Integer& out, const Place& at);
  bool read(JsonValue value, ResourceData& out, const Place& at);
  bool read(JsonValue value, Notification& out, const Place& at);
  template <typename E>
  bool read(JsonValue value, Word<E>& out, const Place& at);
  template <typename T>
  bool read(JsonValue value, Ref<T>& out, const Place& at);
  template <typename T>
  bool read(JsonValue value, List<T>& out, const Place& at);
  template <typename T>
  bool read(JsonValue value, T& out, const Place& at) {
    return value.is_object() ? object(value, out, &at) : refuse_type("object", value, &at);
  }

  /// Refuses the document for what stands at that place (null: the root); false.
  bool refuse(std::string what, const Place* at);
  /// The same: "expected …, found" what the value is.
  bool refuse_type(std::string_view expected, JsonValue value, const Place* at);
  void warn(std::string_view what, const Place& at);

  const ParseError& error() const { return *error_; }

 private:
  template <typename T>
  bool read_resources(JsonValue value, List<T>& list, const Place& at);
  bool kind_of_array(JsonValue values, Declared& out, const Place& at);
  bool kind_of_object(JsonValue value, Declared& out, const Place* at, Place* type_at = nullptr);
  std::string_view raw(const Place& at);
  std::string_view text_of_number(JsonValue value, bool with_exponent = false);
  /// Counts values that are about to be kept.
  bool take_values(std::size_t count, std::size_t limit, const Place& at) {
    if (count > limit || count > values_left_ || count == JsonValue::kMostCounted) return too_many(limit, at);
    values_left_ -= count;
    return true;
  }
  bool too_many(std::size_t limit, const Place& at);

  PayloadMemory& memory_;
  std::size_t values_left_;
  std::optional<ParseError> error_;
  // Where the last notification whose raw data was wanted begins: the next one is looked for from there.
  std::size_t raw_index_ = 0;
  std::size_t raw_offset_ = 0;
};

template <typename T>
bool PayloadReader::object(JsonValue members, T& out, const Place* at) {
  using Table = MemberTable<T, PayloadReader>;
  std::uint64_t seen = 0;
  Place here{.parent = at};
  const JsonValue end = members.end();
  for (JsonValue key = members.first(), value; key != end; key = value.next(), ++here.index) {
    value = key.next();
    here.key = key.string();
    const int found = Table::kNames.find(here.key);
    if (found == Table::kNames.kNone) continue;
    const auto index = static_cast<std::size_t>(found);
    if (seen & Table::kBits[index]) {
      warn("stands twice, the first one counts", here);
      continue;
    }
    seen |= Table::kBits[index];
    if (Table::kTexts[index] != nullptr && value.is_string()) {
      out.*(Table::kTexts[index]) = value.string();
      continue;
    }
    if (!Table::kReads[index](*this, value, out, here)) return false;
  }
  return true;
}

template <typename E>
bool PayloadReader::read(JsonValue value, Word<E>& out, const Place& at) {
  if (!read(value, out.text, at)) return false;
  if (out.text) out.value = value_of<E>(*out.text);
  return true;
}

template <typename T>
bool PayloadReader::read(JsonValue value, Ref<T>& out, const Place& at) {
  if (value.is_null()) return true;
  if (!take_values(1, values_left_, at)) return false;
  T& target = memory_.arena().make<T>(1).front();
  out = Ref<T>(&target);
  return read(value, target, at);
}

template <typename T>
bool PayloadReader::read(JsonValue value, List<T>& out, const Place& at) {
  if (value.is_null()) return true;
  if (!value.is_array()) return refuse_type("array", value, &at);
  const std::size_t limit = std::is_same_v<T, Notification> ? memory_.limits().notifications : values_left_;
  if (!take_values(value.count(), limit, at)) return false;
  const std::span<T> items = memory_.arena().make<T>(value.count());
  std::size_t count = 0;
  Place here{.parent = &at, .element = true};
  for (JsonValue item = value.first(), end = value.end(); item != end; item = item.next()) {
    if (item.is_null()) {
      warn("is null, passed over", here);
    } else if (!read(item, items[count++], here)) {
      return false;
    }
    ++here.index;
  }
  out = List<T>(items.first(count));
  return true;
}

}  // namespace corpus
