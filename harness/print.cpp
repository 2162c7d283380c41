#include "harness/print.h"

#include <cerrno>
#include <cstdio>

namespace harness {
namespace {

// Why standard output could not be written the first time: the stream itself remembers only that it could not.
std::error_code& first_error() {
  static std::error_code error;
  return error;
}

void note(bool good) {
  if (good || first_error()) return;
  first_error() = {errno != 0 ? errno : EIO, std::generic_category()};
}

}  // namespace

void write_result(std::string_view text) {
  errno = 0;
  note(std::fwrite(text.data(), 1, text.size(), stdout) == text.size());
}

void write_note(std::string_view text) {
  (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

std::error_code flush_results() {
  errno = 0;
  note(std::fflush(stdout) == 0 && std::ferror(stdout) == 0);
  return first_error();
}

}  // namespace harness
