// The list of mutations: what there is to choose from, by name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fuzz {

/// What a mutation is about: the rows of the table in fuzz/MUTATIONS.md.
enum class Group : std::uint8_t {
  structure,
  schema,
  identity,
  order,
  text,
  numbers,
  syntax,
  duplicates,
  batch,
  placement,
  bytes
};

/// Every mutation. What each one does stands in fuzz/MUTATIONS.md.
enum class Mutation : std::uint8_t {
  // structure
  drop_value,
  repeat_value,
  swap_siblings,
  shuffle_siblings,
  copy_value,
  splice_value,
  wrap_value,
  unwrap_value,
  empty_value,
  grow_array,
  nest_value,
  move_member,
  insert_member,
  rename_key,
  // schema
  known_value,
  unknown_value,
  recase_value,
  swap_type,
  respell_type,
  null_value,
  retype_value,
  replace_kind,
  respell_key,
  drop_required,
  // identity
  respell_id,
  respell_id_everywhere,
  equal_ids,
  equal_ids_everywhere,
  split_id,
  fresh_id_everywhere,
  equal_values,
  respell_path,
  // order
  age_value,
  respell_order,
  order_edge,
  // text
  respell_text,
  escape_key,
  special_text,
  insert_text,
  resize_text,
  resize_key,
  edit_text,
  date_text,
  broken_escape,
  broken_utf8,
  byte_order_mark,
  // numbers
  number_edge,
  nudge_number,
  respell_number,
  number_from_text,
  digit_run,
  broken_number,
  // syntax
  truncate,
  stray_comma,
  missing_comma,
  comment,
  second_document,
  garbage_at_end,
  wrong_bracket,
  // duplicates
  repeat_member,
  conflicting_member,
  escaped_duplicate,
  // batch
  repeat_notification,
  repeat_with_fresh_ids,
  change_and_repeat,
  older_after_newer,
  delete_before,
  delete_after,
  complete_twice,
  splice_notification,
  continue_call,
  split_notification,
  merge_notifications,
  exchange_members,
  reorder_batch,
  drop_notification,
  // placement
  space_tokens,
  slide_token,
  fill_to_edge,
  line_ends,
  // bytes
  raw_bytes,
};

/// What is known about a mutation without applying it.
struct MutationInfo {
  Mutation id;
  std::string_view name;  ///< the enumerator's name
  Group group;
  bool keeps_json;  ///< promises: one JSON value in, one JSON value out
};

/// All of them, in the order of the enumeration.
std::span<const MutationInfo> mutations();

}  // namespace fuzz
