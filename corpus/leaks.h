// What looks like a secret or a person in a session that is to leave the company.
#pragma once

#include <string>
#include <vector>

#include "corpus/error.h"
#include "corpus/exchange.h"
#include "corpus/leak_rules.h"

namespace corpus {

/// Everything in the session that would be replaced by a redaction with regard to people, and what the rules name
/// beyond that. Each with file and line, the JSON Pointer into that line, and the rule; never with the value itself,
/// because a report goes where the session does not. In order of lines; each rule once for each place.
///
/// Under a content coding the pointer goes on into what the coding hides. In a body that is no JSON it ends at the
/// body.
std::vector<Fault> leaks_in(const Session& session, const LeakRules& rules);

}  // namespace corpus
