// Where a test finds the project's own files.
#pragma once

#include <string>
#include <string_view>

namespace support {

/// The absolute path of a file or folder that is named as from the project's top ("corpus/sessions").
std::string source_path(std::string_view name);

}  // namespace support
