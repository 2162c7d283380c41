// A file that is there whole, or as it was before.
#pragma once

#include <string>
#include <string_view>

#include "corpus/error.h"

namespace harness {

/// Puts the file at `from` in the place of the one at `to`, which may exist: handed to the disk first, then renamed in
/// one step. Both must be in one folder. If that fails, `from` is removed and `to` is as it was.
corpus::Result<void> move_into_place(const std::string& from, const std::string& to);

/// The same for a text: written to a file beside it first.
corpus::Result<void> replace_file(const std::string& path, std::string_view text);

/// A name beside `path` that no file has.
std::string name_beside(const std::string& path);

}  // namespace harness
