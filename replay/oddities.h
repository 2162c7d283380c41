// Where the recording itself is odd: a finding that rests on such a place says so.
#pragma once

#include <cstddef>
#include <vector>

#include "corpus/exchange.h"
#include "replay/verdict.h"

namespace replay {

/// That a finding rests on an exchange of the recording: it is about it, or follows from it. Indices of both.
struct Basis {
  std::size_t finding = 0;
  std::size_t recorded = 0;
};

/// Adds a note to each finding that rests on an exchange in which the recording breaks a rule of corpus/PROMISES.md:
/// the bot may be right, and Graph wrong, or the recording without what would explain it.
void cite_oddities(const corpus::Session& recorded, const std::vector<Basis>& bases, std::vector<Finding>& findings);

}  // namespace replay
