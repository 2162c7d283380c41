// Every mutation as a function. For the table in table.cpp; users go through fuzz/mutator.h.
#pragma once

#include <cstdint>

#include "fuzz/mutation.h"
#include "fuzz/workbench.h"

namespace fuzz {

/// Writes the input with one change at the value `at`, which has the traits that the mutation's row in the table asks
/// for. False if there is nothing to change after all; the draft is worthless then, as it is if it got spoilt.
using Apply = bool (*)(Workbench& bench, std::uint32_t at);

/// A row of the table: a mutation, where it can be applied, and how often it is chosen there.
struct Row {
  MutationInfo info;
  std::uint32_t all;     ///< traits that the value must have
  std::uint32_t any;     ///< traits of which it must have one; 0: none is asked for
  std::uint32_t weight;  ///< against the other mutations that fit the same value
  bool grows;            ///< the output is longer than the input, or nearly always
  Apply apply;
};

/// The table, in the order of the enumeration.
std::span<const Row> rows();

// structure.cpp
bool drop_value(Workbench& bench, std::uint32_t at);
bool swap_siblings(Workbench& bench, std::uint32_t at);
bool shuffle_siblings(Workbench& bench, std::uint32_t at);
bool copy_value(Workbench& bench, std::uint32_t at);
bool splice_value(Workbench& bench, std::uint32_t at);
bool unwrap_value(Workbench& bench, std::uint32_t at);
bool empty_value(Workbench& bench, std::uint32_t at);
bool move_member(Workbench& bench, std::uint32_t at);
bool insert_member(Workbench& bench, std::uint32_t at);
bool rename_key(Workbench& bench, std::uint32_t at);

// growth.cpp
bool repeat_value(Workbench& bench, std::uint32_t at);
bool repeat_with_fresh_ids(Workbench& bench, std::uint32_t at);
bool wrap_value(Workbench& bench, std::uint32_t at);
bool grow_array(Workbench& bench, std::uint32_t at);
bool nest_value(Workbench& bench, std::uint32_t at);

// schema.cpp
bool known_value(Workbench& bench, std::uint32_t at);
bool unknown_value(Workbench& bench, std::uint32_t at);
bool recase_value(Workbench& bench, std::uint32_t at);
bool swap_type(Workbench& bench, std::uint32_t at);
bool respell_type(Workbench& bench, std::uint32_t at);
bool null_value(Workbench& bench, std::uint32_t at);
bool retype_value(Workbench& bench, std::uint32_t at);
bool replace_kind(Workbench& bench, std::uint32_t at);
bool respell_key(Workbench& bench, std::uint32_t at);

// identity.cpp
bool respell_id(Workbench& bench, std::uint32_t at);
bool respell_id_everywhere(Workbench& bench, std::uint32_t at);
bool equal_ids(Workbench& bench, std::uint32_t at);
bool equal_ids_everywhere(Workbench& bench, std::uint32_t at);
bool split_id(Workbench& bench, std::uint32_t at);
bool fresh_id_everywhere(Workbench& bench, std::uint32_t at);
bool equal_values(Workbench& bench, std::uint32_t at);
bool respell_path(Workbench& bench, std::uint32_t at);

// order.cpp
bool age_value(Workbench& bench, std::uint32_t at);
bool respell_order(Workbench& bench, std::uint32_t at);
bool order_edge(Workbench& bench, std::uint32_t at);
bool older_after_newer(Workbench& bench, std::uint32_t at);

// text.cpp
bool respell_text(Workbench& bench, std::uint32_t at);
bool escape_key(Workbench& bench, std::uint32_t at);
bool special_text(Workbench& bench, std::uint32_t at);
bool insert_text(Workbench& bench, std::uint32_t at);
bool resize_text(Workbench& bench, std::uint32_t at);
bool resize_key(Workbench& bench, std::uint32_t at);
bool edit_text(Workbench& bench, std::uint32_t at);
bool date_text(Workbench& bench, std::uint32_t at);

// broken_text.cpp
bool broken_escape(Workbench& bench, std::uint32_t at);
bool broken_utf8(Workbench& bench, std::uint32_t at);
bool byte_order_mark(Workbench& bench, std::uint32_t at);

// numbers.cpp
bool number_edge(Workbench& bench, std::uint32_t at);
bool nudge_number(Workbench& bench, std::uint32_t at);
bool respell_number(Workbench& bench, std::uint32_t at);
bool number_from_text(Workbench& bench, std::uint32_t at);
bool digit_run(Workbench& bench, std::uint32_t at);
bool broken_number(Workbench& bench, std::uint32_t at);

// syntax.cpp
bool truncate(Workbench& bench, std::uint32_t at);
bool stray_comma(Workbench& bench, std::uint32_t at);
bool missing_comma(Workbench& bench, std::uint32_t at);
bool comment(Workbench& bench, std::uint32_t at);
bool second_document(Workbench& bench, std::uint32_t at);
bool garbage_at_end(Workbench& bench, std::uint32_t at);
bool wrong_bracket(Workbench& bench, std::uint32_t at);
bool raw_bytes(Workbench& bench, std::uint32_t at);

// duplicates.cpp
bool repeat_member(Workbench& bench, std::uint32_t at);
bool conflicting_member(Workbench& bench, std::uint32_t at);
bool escaped_duplicate(Workbench& bench, std::uint32_t at);

// batch.cpp
bool repeat_notification(Workbench& bench, std::uint32_t at);
bool change_and_repeat(Workbench& bench, std::uint32_t at);
bool delete_before(Workbench& bench, std::uint32_t at);
bool delete_after(Workbench& bench, std::uint32_t at);
bool complete_twice(Workbench& bench, std::uint32_t at);

// rebatch.cpp
bool splice_notification(Workbench& bench, std::uint32_t at);
bool continue_call(Workbench& bench, std::uint32_t at);
bool split_notification(Workbench& bench, std::uint32_t at);
bool merge_notifications(Workbench& bench, std::uint32_t at);
bool exchange_members(Workbench& bench, std::uint32_t at);

// placement.cpp
bool space_tokens(Workbench& bench, std::uint32_t at);
bool slide_token(Workbench& bench, std::uint32_t at);
bool fill_to_edge(Workbench& bench, std::uint32_t at);
bool line_ends(Workbench& bench, std::uint32_t at);

}  // namespace fuzz
