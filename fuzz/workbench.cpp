#include "fuzz/workbench.h"

#include <array>

#include "fuzz/escapes.h"
#include "fuzz/ids.h"
#include "fuzz/names.h"

namespace fuzz {
namespace {

bool is_letter(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}
bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

/// Etags and everything that counts: what a reader compares to tell older from newer.
bool names_an_order(std::string_view key) {
  for (const std::string_view part : {"etag", "equence", "ersion", "Etag", "ETag"}) {
    if (key.find(part) != std::string_view::npos) return true;
  }
  return false;
}

/// The members that Graph's metadata declares as never null.
bool is_required_key(std::uint32_t name) {
  static constexpr std::uint32_t kRequired[] = {
      names::kValue,           names::kChangeType,       names::kResource,     names::kResourceUrl,
      names::kResourceData,    names::kODataType,        names::kState,        names::kStatus,
      name_of("id"),           name_of("info"),          name_of("identity"),  name_of("isMuted"),
      name_of("isInLobby"),    name_of("mediaStreams"),  name_of("mediaType"), name_of("direction"),
      name_of("sourceId"),     name_of("serverMuted"),   name_of("code"),      name_of("subcode"),
      name_of("participants"), name_of("sequenceNumber")};
  for (const std::uint32_t required : kRequired) {
    if (name == required) return true;
  }
  return false;
}

std::uint32_t string_traits(std::string_view text) {
  std::uint32_t traits = is_string;
  bool letters = !text.empty();
  for (const char byte : text) {
    if (is_digit(byte)) traits |= has_digit;
    letters = letters && is_letter(byte);
  }
  if (letters && text.size() <= 40) traits |= is_word;
  if (text.starts_with('/') || text.starts_with("http")) traits |= is_path;
  std::array<IdPlace, 1> place;
  if (text.size() >= 32 && find_ids(text, place) != 0) traits |= has_id;
  if (text.size() >= 10 && text[4] == '-' && text[7] == '-' && is_digit(text[0]) && is_digit(text[9]))
    traits |= is_date;
  return traits;
}

}  // namespace

std::uint32_t traits_of(const Workbench& bench, std::uint32_t at) {
  static constexpr std::uint32_t kOfKind[] = {is_document,     is_object,        is_array, 0,
                                              is_number_value, is_literal_value, 0};
  if (at == 0) return is_document | (bench.batch == 0 ? is_batch | is_filled : 0);
  const Node& node = bench.index[at];
  std::uint32_t traits = kOfKind[static_cast<std::size_t>(node.kind)];
  if (node.kind == Kind::string) traits |= string_traits(inside(bench.index.value(node)));
  if (node.parent != 0) traits |= node.has_key() ? is_member : is_element;
  if (node.children != 0) traits |= is_filled;
  if (bench.index[node.parent].children > 1 && node.parent != 0) traits |= has_sibling;
  if (node.parent == bench.batch) traits |= is_message;
  if (at == bench.batch) traits |= is_batch;
  if (!node.has_key()) return traits;
  if (node.name == names::kODataType) traits |= is_type;
  if (names_an_order(bench.index.key(node))) traits |= is_order;
  if (is_required_key(node.name)) traits |= is_required;
  return traits;
}

std::uint32_t find_batch(const JsonIndex& index) {
  if (index[0].children > 1) return 0;
  std::uint32_t objects = Workbench::kNoBatch;
  for (std::uint32_t at = 1; at < index.nodes().size(); ++at) {
    const Node& node = index[at];
    if (node.kind != Kind::array) continue;
    if (node.name == names::kValue) return at;
    const bool of_objects = node.children != 0 && index[at + 1].kind == Kind::object;
    if (of_objects && objects == Workbench::kNoBatch) objects = at;
  }
  return objects;
}

}  // namespace fuzz
