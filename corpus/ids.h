// Ids and their spellings.
//
// Graph writes one GUID with and without dashes, in upper and in lower case, alone, inside paths and inside longer
// strings, often within one message. Whatever links messages compares ids in their canonical form.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace corpus {

/// Whether `text` is, as a whole, a GUID: 32 hexadecimal digits, bare or grouped 8-4-4-4-12 by dashes.
bool is_guid(std::string_view text);

/// The 32 lower-case digits of a GUID; nothing if `text` is none. For look-ups that should not allocate.
std::optional<std::array<char, 32>> guid_digits(std::string_view text);

/// The 128 bits of a GUID: equal for all its spellings.
struct GuidBits {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  bool operator==(const GuidBits&) const = default;
};
/// For tables of many; nothing if `text` is no GUID.
std::optional<GuidBits> guid_bits(std::string_view text);

/// The one form of an id that all its spellings share: a GUID as 32 lower-case digits, anything else as it is
/// (ids that are no GUIDs are case-sensitive).
std::string canonical_id(std::string_view text);

/// Whether two ids are one: their canonical forms are equal.
bool same_id(std::string_view one, std::string_view other);

/// A place in a text.
struct Span {
  std::size_t begin = 0;
  std::size_t length = 0;

  bool operator==(const Span&) const = default;
  std::string_view of(std::string_view text) const { return text.substr(begin, length); }
};

/// Every GUID in the text, from left to right. A GUID ends where letters and digits end, so that a longer run of
/// digits (a hash, say) holds none; it may stand after "28:", between slashes or behind a dash.
std::vector<Span> find_guids(std::string_view text);

/// `canonical` (32 lower-case digits) written as `like` is: with its dashes, in its case.
/// Where `like` has no letters to show a case, lower.
std::string spelled_like(std::string_view canonical, std::string_view like);

}  // namespace corpus
