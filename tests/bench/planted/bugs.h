// The mistakes, by the kind of change to a recording that brings them out, and what their predicates share.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "tests/bench/planted/probes.h"

namespace planted {

std::span<const Bug> structure_bugs();
std::span<const Bug> schema_bugs();
std::span<const Bug> identity_bugs();
std::span<const Bug> order_bugs();
std::span<const Bug> value_bugs();  ///< text, numbers, duplicates, placement
std::span<const Bug> batch_bugs();

/// The text of a member, if it is there and a text.
std::optional<std::string_view> text_in(const simdjson::dom::object& json, std::string_view key);

/// The `resourceData` of a notice, if it is one object.
std::optional<simdjson::dom::object> data_of(const Notice& notice);

/// The `resultInfo` of the data, if it is an object.
std::optional<simdjson::dom::object> result_of(const Notice& notice);

/// Whether two ids are the same once dashes and case are left out. Empty ids are nobody's.
bool same_id(std::string_view left, std::string_view right);

/// The digits of an etag, without W/ and quotes; empty if there is anything else in it.
std::string_view etag_digits(std::string_view etag);

/// Whether the digits are a number that fits 64 bits, and which.
std::optional<std::uint64_t> number_in(std::string_view digits);

}  // namespace planted
