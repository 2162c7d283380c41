// A session as a picture of who said what to whom.
#pragma once

#include <string>

#include "corpus/exchange.h"

namespace corpus {

/// One line a message, in order of time: time, exchange number, an arrow between bot and Graph, and what it says, ids
/// cut short. Ends with a line break; a session that was cut off or damaged says so at the end.
std::string sequence_text(const Session& session);

}  // namespace corpus
