// What a session file promises beyond its grammar.
#pragma once

#include <string>
#include <vector>

#include "corpus/error.h"
#include "corpus/exchange.h"

namespace corpus {

/// What is wrong with a session, by who has to see to it.
enum class Wrong {
  file,       ///< it breaks a rule of the page corpus/FORMAT.md
  recording,  ///< it is incomplete
  graph,      ///< Graph misbehaved while it was recorded: see the page corpus/PROMISES.md
};

/// One thing that is wrong.
struct Complaint {
  Wrong wrong = Wrong::file;
  Fault fault;  ///< its text says whose doing it is, unless it is the file's
};

/// Everything in which the session breaks a promise: of the page corpus/FORMAT.md, that it is whole (end line, number
/// of messages, no damage), that its times agree with each other, that "after" names exchanges that are there, and that
/// no credentials stand in it; and of the page corpus/PROMISES.md, with what was expected. Each with file and line.
/// Damage first, then in order of lines; empty for a good session.
std::vector<Complaint> broken_promises(const Session& session);

/// "fine", or how much is wrong: "Graph misbehaved (2), the recording is incomplete (1)".
std::string summary_of(const std::vector<Complaint>& complaints);

}  // namespace corpus
