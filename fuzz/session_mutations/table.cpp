// All groups, one behind the other.
#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

// Made once and never changed.
struct Table {
  Table() {
    for (const auto group : {order_mutations, number_mutations, time_mutations, batch_mutations, payload_mutations,
                             interleave_mutations, answer_mutations, http_mutations, identity_mutations}) {
      for (const SessionMutationRow& row : group()) {
        rows.push_back(row);
        infos.push_back(row.info);
      }
    }
  }

  std::vector<SessionMutationRow> rows;
  std::vector<SessionMutationInfo> infos;
};

const Table& table() {
  static const Table made;
  return made;
}

}  // namespace

std::span<const SessionMutationRow> session_mutation_rows() {
  return table().rows;
}

std::span<const SessionMutationInfo> session_mutations() {
  return table().infos;
}

}  // namespace fuzz
