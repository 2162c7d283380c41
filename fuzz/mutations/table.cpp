// Which mutation can be applied where, and how often.
#include <array>

#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

#define ROW(mutation, group, keeps, all, any, weight, grows)                                \
  Row {                                                                                     \
    {Mutation::mutation, #mutation, Group::group, keeps}, all, any, weight, grows, mutation \
  }
/// A row whose function serves another row too.
#define ROW_OF(mutation, function, group, keeps, all, any, weight, grows)                   \
  Row {                                                                                     \
    {Mutation::mutation, #mutation, Group::group, keeps}, all, any, weight, grows, function \
  }

constexpr std::uint32_t kScalar = is_string | is_number_value | is_literal_value;
constexpr std::uint32_t kContainer = is_object | is_array;
constexpr std::uint32_t kChild = is_member | is_element;

constexpr Row kRows[] = {
    // mutation, group, keeps JSON, traits all of, traits one of, weight, grows
    ROW(drop_value, structure, true, 0, kChild, 3, false),
    ROW(repeat_value, structure, true, is_element, 0, 6, true),
    ROW(swap_siblings, structure, true, has_sibling, 0, 2, false),
    ROW(shuffle_siblings, structure, true, is_filled, kContainer, 2, false),
    ROW(copy_value, structure, true, 0, kChild, 2, false),
    ROW(splice_value, structure, true, 0, kContainer, 3, false),
    ROW(wrap_value, structure, true, 0, kChild, 3, true),
    ROW(unwrap_value, structure, true, is_filled, kContainer, 3, false),
    ROW(empty_value, structure, true, 0, kContainer | is_string, 2, false),
    ROW(grow_array, structure, true, is_array, 0, 5, true),
    ROW(nest_value, structure, true, 0, kChild, 1, true),
    ROW(move_member, structure, true, is_member, 0, 2, false),
    ROW(insert_member, structure, true, is_object, 0, 12, true),
    ROW(rename_key, structure, true, is_member, 0, 2, false),
    ROW(known_value, schema, true, 0, kScalar, 6, false),
    ROW(unknown_value, schema, true, is_word, 0, 4, false),
    ROW(recase_value, schema, true, is_word, 0, 4, false),
    ROW(swap_type, schema, true, is_type, 0, 8, false),
    ROW(respell_type, schema, true, is_type, 0, 6, false),
    ROW(null_value, schema, true, 0, kChild, 4, false),
    ROW(retype_value, schema, true, 0, kScalar, 4, false),
    ROW(replace_kind, schema, true, 0, kChild, 5, false),
    ROW(respell_key, schema, true, is_member, 0, 2, false),
    ROW_OF(drop_required, drop_value, schema, true, is_required, 0, 3, false),
    ROW(respell_id, identity, true, has_id, 0, 5, false),
    ROW(respell_id_everywhere, identity, true, has_id, 0, 1, false),
    ROW(equal_ids, identity, true, has_id, 0, 5, false),
    ROW(equal_ids_everywhere, identity, true, has_id, 0, 2, false),
    ROW(split_id, identity, true, has_id, 0, 4, false),
    ROW(fresh_id_everywhere, identity, true, has_id, 0, 1, false),
    ROW(equal_values, identity, true, is_member, kScalar, 3, false),
    ROW(respell_path, identity, true, is_path, 0, 10, false),
    ROW(age_value, order, true, is_order, 0, 6, false),
    ROW(respell_order, order, true, is_order, 0, 6, false),
    ROW(order_edge, order, true, is_order, 0, 6, false),
    ROW(respell_text, text, true, is_string, 0, 3, true),
    ROW(escape_key, text, true, is_member, 0, 3, true),
    ROW(special_text, text, true, is_string, 0, 5, false),
    ROW(insert_text, text, true, is_string, 0, 4, true),
    ROW(resize_text, text, true, is_string, 0, 9, false),
    ROW(resize_key, text, true, is_member, 0, 1, false),
    ROW(edit_text, text, true, is_string, 0, 3, false),
    ROW(date_text, text, true, is_date, 0, 10, false),
    ROW(broken_escape, text, false, is_string, 0, 1, true),
    ROW(broken_utf8, text, false, is_string, 0, 1, true),
    ROW(byte_order_mark, text, false, is_document, 0, 1, true),
    ROW(number_edge, numbers, true, 0, is_number_value | has_digit, 6, false),
    ROW(nudge_number, numbers, true, is_number_value, 0, 6, false),
    ROW(respell_number, numbers, true, is_number_value, 0, 4, false),
    ROW(number_from_text, numbers, true, has_digit, 0, 1, false),
    ROW(digit_run, numbers, true, 0, is_number_value | has_digit, 2, true),
    ROW(broken_number, numbers, false, 0, is_number_value | has_digit, 1, false),
    ROW(truncate, syntax, false, is_document, 0, 4, false),
    ROW(stray_comma, syntax, false, 0, kContainer, 4, true),
    ROW(missing_comma, syntax, false, has_sibling, 0, 1, false),
    ROW(comment, syntax, false, 0, kChild, 1, true),
    ROW(second_document, syntax, false, is_document, 0, 2, true),
    ROW(garbage_at_end, syntax, false, is_document, 0, 2, true),
    ROW(wrong_bracket, syntax, false, 0, kContainer, 1, false),
    ROW(repeat_member, duplicates, true, is_member, 0, 1, true),
    ROW(conflicting_member, duplicates, true, is_member, 0, 3, true),
    ROW(escaped_duplicate, duplicates, true, is_member, 0, 2, true),
    ROW(repeat_notification, batch, true, is_message, 0, 10, true),
    ROW(repeat_with_fresh_ids, batch, true, is_element, is_message | kContainer, 5, true),
    ROW(change_and_repeat, batch, true, is_message, 0, 8, true),
    ROW(older_after_newer, batch, true, is_message, is_object, 8, true),
    ROW(delete_before, batch, true, is_message, is_object, 8, true),
    ROW(delete_after, batch, true, is_message, is_object, 8, true),
    ROW(complete_twice, batch, true, is_message, is_object, 8, true),
    ROW(splice_notification, batch, true, is_batch, 0, 10, true),
    ROW(continue_call, batch, true, is_message, 0, 12, true),
    ROW(split_notification, batch, true, is_message, is_object, 5, true),
    ROW(merge_notifications, batch, true, is_message | has_sibling, is_object, 5, false),
    ROW(exchange_members, batch, true, is_message | has_sibling, is_object, 8, false),
    ROW_OF(reorder_batch, shuffle_siblings, batch, true, is_batch | is_filled, 0, 5, false),
    ROW_OF(drop_notification, drop_value, batch, true, is_message, 0, 3, false),
    ROW(space_tokens, placement, true, is_document, 0, 2, true),
    ROW(slide_token, placement, true, 0, kChild, 1, true),
    ROW(fill_to_edge, placement, true, is_document, 0, 2, true),
    ROW(line_ends, placement, true, is_document, 0, 1, true),
    ROW(raw_bytes, bytes, false, is_document, 0, 1, false),
};

#undef ROW
#undef ROW_OF

constexpr auto kInfos = [] {
  std::array<MutationInfo, std::size(kRows)> infos{};
  for (std::size_t row = 0; row < infos.size(); ++row) infos[row] = kRows[row].info;
  return infos;
}();

// The enumeration and the table are one list: whoever adds to one is told about the other.
static_assert(std::size(kRows) == static_cast<std::size_t>(Mutation::raw_bytes) + 1);
static_assert([] {
  for (std::size_t row = 0; row < std::size(kRows); ++row) {
    if (kRows[row].info.id != static_cast<Mutation>(row)) return false;
  }
  return true;
}());

}  // namespace

std::span<const Row> rows() {
  return kRows;
}

std::span<const MutationInfo> mutations() {
  return kInfos;
}

}  // namespace fuzz
