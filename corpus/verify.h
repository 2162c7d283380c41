// What a session file promises beyond its grammar.
#pragma once

#include <vector>

#include "corpus/error.h"
#include "corpus/exchange.h"

namespace corpus {

/// Everything in which the session breaks a promise of the page corpus/FORMAT.md, each with file and line: that it is
/// whole (end line, number of messages, an outcome for each exchange, no damage), that its times agree with each other,
/// that "after" names exchanges that are there, and that no credentials stand in its headers. Damage first, then in
/// order of lines; empty for a good session.
std::vector<Fault> broken_promises(const Session& session);

}  // namespace corpus
