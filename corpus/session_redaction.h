// A whole session without its secrets, and without its people.
#pragma once

#include "corpus/exchange.h"
#include "corpus/redaction.h"

namespace corpus {

/// Looks through all of the session, which stays as it is, and remembers what is to be replaced. What is learned from
/// its last line is then replaced in the first, too; and of several sessions all are learned before the first is
/// redacted.
void learn(Session& session, Redactor& redactor);

/// Replaces everything that the redactor knows or finds, wherever it stands in the session: messages, headers, and
/// members that this version does not know. Damage, times and the session's path stay as they are.
void redact(Session& session, Redactor& redactor);

}  // namespace corpus
