// Sessions that can be played: HTTP can carry what they say.
#pragma once

#include "corpus/error.h"
#include "corpus/exchange.h"

namespace corpus {

/// A fault with file and line for the first message that a player would send and cannot: a line break in a header or in
/// a target would reach the other side as the begin of something else, a second request for instance. Recorders write
/// no such session; a hand or a tool may.
Result<void> check_playable(const Session& session);

}  // namespace corpus
