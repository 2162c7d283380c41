// What a person did by hand to the deliveries of a replay (replay/stepping.h), as its live session tells it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "corpus/exchange.h"

namespace replay {

/// What was done by hand to one delivery. A value.
struct ByHand {
  bool skipped = false;   ///< it was not sent
  bool edited = false;    ///< it was sent with another body
  bool repeated = false;  ///< it was sent once more than the recording has it

  bool any() const { return skipped || edited || repeated; }
  bool operator==(const ByHand&) const = default;
};

/// "skipped by hand", "edited and repeated by hand"; empty if nothing was done.
std::string to_string(const ByHand& done);

/// A live delivery that somebody changed, and which recorded one it is.
struct HandMark {
  std::int64_t exchange = 0;  ///< number of the recorded delivery
  ByHand done;                ///< never `skipped`: that one is not in the live session

  bool operator==(const HandMark&) const = default;
};

/// What was done to a replay as a whole.
struct HandNote {
  std::vector<std::int64_t> skipped;        ///< numbers of recorded deliveries
  std::optional<std::int64_t> quit_before;  ///< the delivery that was held when somebody ended the replay

  bool operator==(const HandNote&) const = default;
};

/// Both as members of a session file, `"byHand":{…}` (corpus/FORMAT.md): the mark for Exchange::request_extra, the note
/// for SessionEnd::extra. A note of nothing is an empty text.
std::string to_member(const HandMark& mark);
std::string to_member(const HandNote& note);

/// The mark of a live exchange; nothing if it has none, or not in the way that FORMAT.md says.
std::optional<HandMark> hand_mark_of(const corpus::Exchange& live);
/// The note of a live session, likewise: of nothing if there is none.
HandNote hand_note_of(const corpus::Session& live);

}  // namespace replay
