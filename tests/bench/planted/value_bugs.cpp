// Single values and how they are written: texts, numbers, members given twice, escapes and white space.
#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/bench/planted/bugs.h"

namespace planted {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

template <typename Holds>
bool any_name(const Delivery& delivery, Holds holds) {
  return std::ranges::any_of(delivery.notice().participants,
                             [&](const Participant& participant) { return holds(participant.name); });
}

/// Copied into 64 bytes.
bool name_of_64(const Delivery& delivery) {
  return any_name(delivery, [](std::string_view name) { return name.size() >= 64; });
}

/// Cut to 32 bytes for a tile, which may leave a part of a character.
bool name_cut_in_character(const Delivery& delivery) {
  return any_name(delivery, [](std::string_view name) { return name.size() > 32 && (name[32] & 0xC0) == 0x80; });
}

/// Handed on as a C string, which ends at the first NUL.
bool name_with_nul(const Delivery& delivery) {
  return any_name(delivery, [](std::string_view name) { return name.find('\0') != std::string_view::npos; });
}

/// Graph promises at most 256 characters; one more for the NUL was forgotten.
bool context_of_256(const Delivery& delivery) {
  return delivery.notice().client_context.size() >= 256;
}

/// The code of a failure is an int16 in the table of counters.
bool code_in_int16(const Delivery& delivery) {
  const Notice& notice = delivery.notice();
  return notice.progress == "failed" && notice.result && notice.result->code &&
         (*notice.result->code > std::numeric_limits<std::int16_t>::max() ||
          *notice.result->code < std::numeric_limits<std::int16_t>::min());
}

/// Read as a double and cast to int.
bool code_beyond_int(const Delivery& delivery) {
  const std::optional<object> result = result_of(delivery.notice());
  element code;
  if (!result || result->at_key("code").get(code) || !code.is_double()) return false;
  return std::fabs(code.get_double().value_unsafe()) > std::numeric_limits<std::int32_t>::max();
}

/// A code in text goes through a function that throws unless there is a number at its start.
bool code_not_numeric(const Delivery& delivery) {
  const std::optional<object> result = result_of(delivery.notice());
  const std::optional<std::string_view> code = result ? text_in(*result, "code") : std::nullopt;
  return code && (code->empty() || code->front() < '0' || code->front() > '9');
}

/// An index into the list of reasons, without a sign.
bool subcode_negative(const Delivery& delivery) {
  const Notice& notice = delivery.notice();
  return notice.result && notice.result->subcode && *notice.result->subcode < 0;
}

/// What is checked is the first, what is used the last.
bool change_twice(const Delivery& delivery) {
  std::optional<std::string_view> first, last;
  for (const auto member : delivery.notice().json) {
    std::string_view text;
    if (member.key != "changeType" || member.value.get(text)) continue;
    if (!first) first = text;
    last = text;
  }
  return first != last;
}

/// Members of the envelope given twice: the count of the first, the items of the last.
bool data_twice(const Delivery& delivery) {
  return std::ranges::count_if(delivery.notice().json,
                               [](const auto& member) { return member.key == "resourceData"; }) > 1;
}

/// What is sorted out by a search for the bytes of a key is not what the parser finds under it.
bool key_with_escape(const Delivery& delivery) {
  const std::optional<object> data = data_of(delivery.notice());
  return data && text_in(*data, "status") && delivery.body.find("\"status\"") == std::string_view::npos;
}

/// A quick look for the end of a call searches the body for the member as Graph writes it.
bool end_with_space(const Delivery& delivery) {
  const auto deleted = [](const Notice& notice) { return notice.change == Change::deleted; };
  return std::ranges::any_of(delivery.batch, deleted) &&
         delivery.body.find("\"changeType\"") != std::string_view::npos &&
         delivery.body.find("\"changeType\":\"deleted\"") == std::string_view::npos;
}

/// Parsed in place, where the parser may read 64 bytes on: into the next page.
bool end_of_page(const Delivery& delivery) {
  return delivery.body.size() % 4096 > 4096 - 64;
}

constexpr Bug kBugs[] = {
    {"name_of_64", "text", 'D', false, Place::roster, "copies a name into 64 bytes", name_of_64},
    {"name_cut", "text", 'D', true, Place::roster, "cuts a name inside of a character", name_cut_in_character},
    {"name_with_nul", "text", 'D', false, Place::roster, "hands a name on as a C string", name_with_nul},
    {"context_of_256", "text", 'D', false, Place::operation, "forgets the NUL behind a context of full length",
     context_of_256},
    {"code_in_int16", "numbers", 'D', false, Place::operation, "keeps the code of a failure in 16 bits", code_in_int16},
    {"code_beyond_int", "numbers", 'D', false, Place::notice, "casts a code from double to int", code_beyond_int},
    {"code_not_numeric", "numbers", 'D', true, Place::notice, "takes a code in text for a number", code_not_numeric},
    {"subcode_negative", "numbers", 'D', false, Place::notice, "takes a subcode for an index", subcode_negative},
    {"change_twice", "duplicates", 'P', true, Place::notice, "checks the first changeType and uses the last",
     change_twice},
    {"data_twice", "duplicates", 'P', false, Place::notice, "checks the first resourceData and uses the last",
     data_twice},
    {"key_with_escape", "duplicates", 'P', false, Place::operation, "looks for a key in the bytes of the body",
     key_with_escape},
    {"end_with_space", "placement", 'P', false, Place::envelope, "looks for a member as Graph writes it",
     end_with_space},
    {"end_of_page", "placement", 'P', false, Place::envelope, "parses in place, up to the end of a page", end_of_page},
};

}  // namespace

std::span<const Bug> value_bugs() {
  return kBugs;
}

}  // namespace planted
