// A session that is being mutated: exchanges that can be moved, copied and taken out, with what each one waits for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "corpus/exchange.h"
#include "fuzz/descent.h"
#include "fuzz/session_causes.h"

namespace fuzz {

/// What an item waits for, by number, so that it holds wherever the items are moved to.
struct DraftCause {
  std::int64_t number = 0;
  bool ended = false;
  bool by_id = false;
};

/// One exchange of the draft.
struct DraftItem {
  corpus::Exchange exchange;
  SessionRole role = SessionRole::delivery;
  std::vector<DraftCause> causes;
  std::vector<std::uint32_t> calls;  ///< indices of the draft's calls
  bool notification = false;         ///< a delivery of Graph's, not of a person
  Descent from;                      ///< what of the recording it was made of: of itself, unless it is a copy
  bool pinned = false;               ///< its causes have to be written down: the file's order no longer tells them
};

/// Whether a delivery is a notification of Graph's: they name a resource of its own, a person's request to the bot does
/// not.
bool is_notification(const corpus::Request& request);

/// Whether the recording shows that the bot failed at a delivery: its sender has to send it again.
bool failed_at(const corpus::Exchange& delivery);

/// The items in the order in which they will be sent. Owned by one mutation of one session at a time; indices change
/// with every move. Times follow the order: finish() sees to it.
class SessionDraft {
 public:
  /// `causes` must have one entry for each exchange.
  SessionDraft(corpus::Session session, const SessionCauses& causes);

  std::vector<DraftItem>& items() { return items_; }
  const std::vector<DraftItem>& items() const { return items_; }
  DraftItem& operator[](std::size_t at) { return items_[at]; }
  const DraftItem& operator[](std::size_t at) const { return items_[at]; }
  std::size_t size() const { return items_.size(); }

  /// The place of an exchange; size() if it has gone.
  std::size_t place_of(std::int64_t number) const;
  /// The places of Graph's deliveries. A person's are not among them: somebody who asks twice wants it twice.
  std::vector<std::size_t> notifications() const;
  /// Whether `later` waits for `earlier`, at once or by way of others.
  bool depends(std::size_t later, std::size_t earlier) const;
  bool share_call(std::size_t a, std::size_t b) const;
  /// The calls, canonical, in the order of their indices.
  const std::vector<std::string>& calls() const { return calls_; }
  /// The first place behind everything that the item waits for, `except` aside.
  std::size_t earliest(std::size_t at, std::int64_t except = -1) const;

  /// Puts all items into this order: places as they are now, each one once. The first gets the earliest of their times,
  /// and so on.
  void reorder(const std::vector<std::size_t>& places);
  /// Takes the item at `from` to stand in front of the one at `to` (size(): at the end), at `time`, and pins it.
  /// Returns its new place.
  std::size_t move(std::size_t from, std::size_t to, corpus::Micros time);
  /// Puts a copy of the delivery at `at` in front of the one at `to`, with a number of its own, at `time`; pinned, with
  /// the same causes; where the bot failed at the one, it is expected to take the other. Returns its place.
  std::size_t copy(std::size_t at, std::size_t to, corpus::Micros time);
  /// Takes an item out. What waited for it waits for what it waited for.
  void remove(std::size_t at);
  /// Adds a cause, unless it is there; pins.
  void wait(std::size_t at, std::int64_t number, bool ended);
  /// Lets `at` no longer wait for that exchange; pins.
  void release(std::size_t at, std::int64_t number);
  /// Lets deliveries behind `at` about the same calls go out although the bot does not send what it sent then: they
  /// no longer wait for its requests behind `at`, unless they need an id from there.
  void loosen(std::size_t at);
  /// Every moment from `time` on comes later by `by` (earlier if negative).
  void shift(corpus::Micros time, corpus::Micros by);
  /// The latest moment of the draft.
  corpus::Micros end() const;
  /// Takes in the items of another draft, sent `offset` later than there; numbers and calls stay apart.
  void weave(SessionDraft other, corpus::Micros offset);

  /// Gives its calls the names that their ids have become.
  void rename_calls(const std::map<std::string, std::string, std::less<>>& names);

  /// The session: in order, with explicit causes where they are pinned, numbers of lines as its file will have them.
  corpus::Session finish();

 private:
  void pin_followers();
  void settle_times();
  void write_causes();
  void number_lines();

  corpus::Session session_;  // without exchanges
  std::vector<DraftItem> items_;
  std::vector<std::string> calls_;
  std::int64_t last_number_ = 0;
};

}  // namespace fuzz
