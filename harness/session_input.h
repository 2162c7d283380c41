// Sessions as commands take them from files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "corpus/error.h"
#include "corpus/exchange.h"

namespace harness {

/// Reads a session for a command. Damage within it is told on stderr, line by line, and the rest is used.
corpus::Result<corpus::Session> load_session(std::string_view command, const std::string& path);

/// Files of sessions: a folder stands for all `*.session.jsonl` in it and below it, by name. What is no regular file in
/// it (a link, a pipe, a device, a socket) is left out with a note, and never opened. A fault for a path that is not
/// there, or for a folder without any.
corpus::Result<std::vector<std::string>> session_files(const std::vector<std::string>& paths);

}  // namespace harness
