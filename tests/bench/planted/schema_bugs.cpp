// Graph's vocabulary: enumerations, types, members that belong together.
#include <algorithm>

#include "tests/bench/planted/bugs.h"

namespace planted {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// The change type is an index into a table of three handlers.
bool unknown_change(const Delivery& delivery) {
  return delivery.notice().change == Change::unknown;
}

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

bool same_but_for_case(std::string_view left, std::string_view right) {
  return left != right && std::ranges::equal(left, right, [](char a, char b) { return lower(a) == lower(b); });
}

/// Answers say "Completed", notifications "completed"; only the latter ends the operation.
bool status_in_other_case(const Delivery& delivery) {
  const std::string_view status = delivery.notice().progress;
  return same_but_for_case(status, "completed") || same_but_for_case(status, "failed");
}

/// The first character of a type is cut off, whatever it is.
bool type_without_hash(const Delivery& delivery) {
  const std::optional<object> data = data_of(delivery.notice());
  const std::optional<std::string_view> type = data ? text_in(*data, "@odata.type") : std::nullopt;
  return type && type->starts_with("microsoft.graph.");
}

/// The type decides which alternative of a variant is filled, the members which is read.
bool type_against_content(const Delivery& delivery) {
  const Notice& notice = delivery.notice();
  const std::optional<object> data = data_of(notice);
  return data && notice.type.ends_with("graph.call") && text_in(*data, "status") && !text_in(*data, "state");
}

/// The reason of a failure is read from a result that need not be there.
bool failed_without_result(const Delivery& delivery) {
  return delivery.notice().progress == "failed" && !delivery.notice().result;
}

/// One spelling of the subcode is checked, the other is used.
bool two_subcodes(const Delivery& delivery) {
  const std::optional<object> result = result_of(delivery.notice());
  std::int64_t checked = 0, used = 0;
  return result && !result->at_key("subcode").get(checked) && !result->at_key("subCode").get(used) && checked != used;
}

/// A source id that was a number in the oldest documents: the error code is passed over, the text before is used again.
bool source_id_number(const Delivery& delivery) {
  for (const Participant& participant : delivery.notice().participants) {
    array streams;
    if (participant.json.at_key("mediaStreams").get(streams)) continue;
    for (const element stream : streams) {
      element id;
      if (!stream["sourceId"].get(id) && id.is_number()) return true;
    }
  }
  return false;
}

/// Counted as a person by the one, called back as an application by the other.
bool user_and_application(const Delivery& delivery) {
  return std::ranges::any_of(delivery.notice().participants, [](const Participant& participant) {
    object user, application;
    const auto identity = participant.json.at_key("info")["identity"];
    return !identity["user"].get(user) && !identity["application"].get(application);
  });
}

/// `"user": null` counts as being there.
bool null_user(const Delivery& delivery) {
  return std::ranges::any_of(delivery.notice().participants, [](const Participant& participant) {
    element user;
    return !participant.json.at_key("info")["identity"]["user"].get(user) && user.is_null();
  });
}

constexpr Bug kBugs[] = {
    {"unknown_change", "schema", 'D', false, Place::notice, "takes the change type as an index of a table",
     unknown_change},
    {"status_case", "schema", 'D', false, Place::operation, "knows a status in one casing only", status_in_other_case},
    {"type_without_hash", "schema", 'D', false, Place::notice, "cuts one character off every type", type_without_hash},
    {"type_against_content", "schema", 'H', true, Place::call, "fills a variant by type and reads it by members",
     type_against_content},
    {"failed_no_result", "schema", 'D', false, Place::operation, "reads the reason of a failure that gives none",
     failed_without_result},
    {"two_subcodes", "schema", 'D', true, Place::notice, "checks subcode and uses subCode", two_subcodes},
    {"source_id_number", "schema", 'P', false, Place::roster, "passes over the error of a source id that is a number",
     source_id_number},
    {"user_and_application", "schema", 'D', true, Place::roster, "takes a participant for user or application",
     user_and_application},
    {"null_user", "schema", 'D', false, Place::roster, "takes a user of null for a user", null_user},
};

}  // namespace

std::span<const Bug> schema_bugs() {
  return kBugs;
}

}  // namespace planted
