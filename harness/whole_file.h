// Small files that are there whole, or not at all.
#pragma once

#include <string>
#include <string_view>

#include "corpus/error.h"

namespace harness {

/// Writes a file that anybody may read, as far as the process's umask lets them: beside its place first, and then
/// moved there, so that a reader never sees half of it. What stood there before is replaced.
corpus::Result<void> write_whole(const std::string& path, std::string_view text);

/// Writes a file for its owner alone. False if there is one already, which stays as it is.
corpus::Result<bool> write_secret(const std::string& path, std::string_view text);

/// The whole of a file of at most a mebibyte; a larger one is none that is meant to be read whole.
corpus::Result<std::string> read_whole(const std::string& path);

}  // namespace harness
