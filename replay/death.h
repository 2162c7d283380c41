// The death of a bot during a replay, as its live session tells it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "corpus/exchange.h"

namespace replay {

/// A bot ended while it was being replayed to, and nobody had asked it to.
struct Death {
  corpus::Micros time = 0;          ///< when it was noticed, which is a moment after
  std::string how;                  ///< "SIGSEGV", "exit status 1"
  std::vector<std::string> output;  ///< the last lines of what it wrote

  bool operator==(const Death&) const = default;
};

/// The death as a member of a session's end, for SessionEnd::extra: `"died":{…}` (corpus/FORMAT.md).
std::string to_member(const Death& death);

/// The death that the session's end tells of; nothing if it does not, or not in the way that FORMAT.md says.
std::optional<Death> death_of(const corpus::Session& live);

}  // namespace replay
