// What a session demands of a bot, while it is made smaller.
#pragma once

#include "corpus/exchange.h"
#include "fuzz/session_mutator.h"

namespace harness {

/// Whether a smaller version of a session still demands of the bot what the session demands, for the calls that it is
/// still about. Otherwise a bot that is right would differ from it: a request that was taken out comes all the same,
/// and one that was left in does not come without what led to it. So the end of a call may go, from a delivery on, or
/// the whole of it, messages of which there is another like them, and times; nothing within bodies.
bool demands_the_same(const fuzz::SeedSession& whole, const corpus::Session& smaller);

}  // namespace harness
