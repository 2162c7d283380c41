// The mutations of sessions, one list for each group. For the table and for those who write mutations.
//
// A row's function changes the bench's draft; where it finds no place it says false and has changed nothing.
#pragma once

#include <span>

#include "fuzz/session_bench.h"
#include "fuzz/session_mutation.h"

namespace fuzz {

/// A mutation and what is known about it.
struct SessionMutationRow {
  SessionMutationInfo info;
  SessionMutation apply = nullptr;
};

std::span<const SessionMutationRow> order_mutations();
std::span<const SessionMutationRow> number_mutations();
std::span<const SessionMutationRow> time_mutations();
std::span<const SessionMutationRow> batch_mutations();
std::span<const SessionMutationRow> payload_mutations();
std::span<const SessionMutationRow> interleave_mutations();
std::span<const SessionMutationRow> answer_mutations();
std::span<const SessionMutationRow> http_mutations();
std::span<const SessionMutationRow> identity_mutations();

/// All of them, in the order of session_mutations().
std::span<const SessionMutationRow> session_mutation_rows();

}  // namespace fuzz
