// What the calls of a session came of.
#pragma once

#include <cstddef>
#include <vector>

#include "fuzz/session_draft.h"

namespace fuzz {

/// For each of the draft's calls the place of the person's request that it seems to have come of: the earliest one that
/// no other call has come of by the time the bot asks Graph for this one. size() of the draft where the bot was called.
std::vector<std::size_t> call_starts(const SessionDraft& draft);

}  // namespace fuzz
