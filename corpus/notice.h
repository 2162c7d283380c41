// Notifications, cut down to what Graph's promises are about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "corpus/notification.h"

namespace corpus {

/// A member of a notification that says which call or operation it is about.
struct Naming {
  std::string_view member;  ///< "resourceUrl", …: points into the program's own text
  std::string id;           ///< canonical

  bool operator==(const Naming&) const = default;
};

/// What one notification says, with all ids in canonical form. Owns what it holds.
struct Notice {
  ChangeType change = ChangeType::unknown;
  ResourceKind kind = ResourceKind::none;  ///< a call without data counts as one
  std::vector<Naming> calls;               ///< every member that names the call; empty if none does
  std::vector<Naming> operations;          ///< every member that names the operation
  std::string context;                     ///< the operation's clientContext, canonical
  std::optional<CallState> state;          ///< of a call, if it was sent
  OperationStatus status = OperationStatus::unknown;
  std::vector<std::int64_t> deltas;                                ///< sequence numbers of changes of the roster
  std::vector<std::pair<std::string, std::int64_t>> participants;  ///< who carries which rosterSequenceNumber

  /// The call that it is about, empty if it names none.
  std::string_view call() const { return calls.empty() ? std::string_view() : calls.front().id; }
  /// The operation that it is about, empty if it names none.
  std::string_view operation() const { return operations.empty() ? std::string_view() : operations.front().id; }
};

/// The notice of each notification of a delivery. What names no path of Graph's calls is left out: a person's request
/// to the bot may look like a notification.
std::vector<Notice> notices_of(const Notifications& delivery);

}  // namespace corpus
