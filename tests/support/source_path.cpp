#include "tests/support/source_path.h"

namespace support {

std::string source_path(std::string_view name) {
  return std::string(SOURCE_DIR) + "/" + std::string(name);
}

}  // namespace support
