// Values on the command line that are not known yet when a program starts.
#pragma once

#include <string>

#include "corpus/error.h"

namespace bots {

/// The text itself or, for "@FILE", the first line of that file. A recorder and its neighbours each need the other's
/// address, and each learns its own only once it listens: so an address may be written down later. Reading waits if
/// the file is a named pipe.
corpus::Result<std::string> read_setting(const std::string& text);

}  // namespace bots
