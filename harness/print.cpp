#include "harness/print.h"

#include <cerrno>
#include <cstdio>

namespace harness {

void write_result(std::string_view text) {
  (void)std::fwrite(text.data(), 1, text.size(), stdout);  // the stream remembers that it failed
}

void write_note(std::string_view text) {
  (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

std::error_code flush_results() {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return {};
  // What failed before has been tried again by this flush, unless the stream had given it up.
  return {errno != 0 ? errno : EIO, std::generic_category()};
}

}  // namespace harness
