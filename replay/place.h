// Where in a session something stands that a verdict speaks of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace replay {

/// An exchange and the line of the file that shows it.
struct Place {
  std::int64_t exchange = 0;  ///< its number
  std::size_t line = 0;       ///< 0 if the session came from no file
  std::string by_hand = {};   ///< "skipped by hand" (replay/by_hand.h); empty: nobody touched it
};

/// A recorded delivery that somebody changed while it was played (replay/stepping.h).
struct DoneByHand {
  Place recorded;    ///< its `by_hand` says what was done
  std::string what;  ///< the delivery in one line
};

}  // namespace replay
