// Every session in which one notification of a recording comes twice, or does not come.
//
//     const fuzz::SingleChanges changes(recording);
//     for (const fuzz::Doubling& doubling : changes.doublings()) play(changes.doubled(doubling));
//     for (const std::size_t delivery : changes.notifications()) play(changes.without(delivery));
//
// What of it Graph may do stands in fuzz/SESSION_MUTATIONS.md.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "fuzz/session_draft.h"
#include "fuzz/session_mutator.h"

namespace fuzz {

/// One way in which a notification comes once more, as the same message. Indices in Session::exchanges.
struct Doubling {
  std::size_t delivery = 0;
  std::optional<std::size_t> behind;  ///< it comes again once this one has been answered; nothing: both at once

  bool operator==(const Doubling&) const = default;
};

/// What a person asks for is left alone: somebody who asks twice wants it twice. Owned by whoever explores.
class SingleChanges {
 public:
  explicit SingleChanges(const SeedSession& recording);

  /// Graph's notifications, as they stand in the recording: each one can be left out.
  const std::vector<std::size_t>& notifications() const { return places_; }
  /// Each notification again: behind its own answer; then each one twice at once; then each one behind the next
  /// notification of its call, and behind the two after that.
  std::vector<Doubling> doublings() const;

  /// Graph may do this: the bot has to send the same requests.
  corpus::Session doubled(const Doubling& doubling) const;
  /// Graph promises to send each one: the bot may send other requests.
  corpus::Session without(std::size_t delivery) const;

 private:
  SessionDraft draft_;
  std::vector<std::size_t> places_;
};

}  // namespace fuzz
