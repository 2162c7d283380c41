// The ids of a session, changed everywhere at once: in targets, header fields and bodies, each in its spelling.
#pragma once

#include <map>
#include <string>

#include "fuzz/random.h"
#include "fuzz/session_draft.h"

namespace fuzz {

/// Canonical GUIDs and what each one becomes.
using IdChanges = std::map<std::string, std::string, std::less<>>;

/// Replaces GUIDs in all messages of the draft.
void change_ids(SessionDraft& draft, const IdChanges& changes);

/// Lets the bot of `draft` be told, and tell, the address that the bot of `like` has: it is one bot that plays both.
void share_callback(SessionDraft& draft, const SessionDraft& like);

/// A fresh GUID for each id that was made for this session: of calls, operations, participants, chains, messages and
/// what the bot made up. People, applications and tenants stay who they are.
IdChanges fresh_ids(const SessionDraft& draft, Random& random);

}  // namespace fuzz
