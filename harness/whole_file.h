// Small files of secrets and settings. Those that are replaced: harness/file_replacing.h.
#pragma once

#include <string>
#include <string_view>

#include "corpus/error.h"

namespace harness {

/// Writes all of `text` to an open file, in as many pieces as it takes. False: errno says why.
bool write_all(int file, std::string_view text);

/// Writes a file for its owner alone. False if there is one already, which stays as it is.
corpus::Result<bool> write_secret(const std::string& path, std::string_view text);

/// The whole of a file of at most a mebibyte; a larger one is none that is meant to be read whole.
corpus::Result<std::string> read_whole(const std::string& path);

}  // namespace harness
