// Hands the causes of a recording, which replay/ derives, to fuzz/, which may not know replay/.
#pragma once

#include "corpus/exchange.h"
#include "fuzz/session_causes.h"

namespace harness {

/// What each exchange of the session waits for, as a replay of it has it. Bodies must not be under a content coding, or
/// the ids in them are not seen (corpus/content_coding.h).
fuzz::SessionCauses causes_of(const corpus::Session& session);

}  // namespace harness
