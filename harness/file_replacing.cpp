// POSIX: fsync of the file and of its folder.
#include "harness/file_replacing.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace harness {
namespace {

namespace fs = std::filesystem;

corpus::Fault fault_of(const std::string& path, int error) {
  const std::string why = error != 0 ? std::string(": ") + std::strerror(error) : "";
  return {corpus::Error::unreadable, path, "cannot be written" + why};
}

// 0, or what went wrong.
int sync(const fs::path& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return errno;
  const int error = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  return error;
}

}  // namespace

std::string name_beside(const std::string& path) {
  std::string name;
  std::error_code ec;
  for (int i = 0; name.empty() || fs::exists(name, ec); ++i) name = fmt::format("{}.{}-{}.new", path, ::getpid(), i);
  return name;
}

corpus::Result<void> move_into_place(const std::string& from, const std::string& to) {
  int error = sync(from, O_RDONLY);
  if (error == 0) error = std::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
  if (error != 0) {
    std::remove(from.c_str());
    return std::unexpected(fault_of(to, error));
  }
  // The file is there; a folder that cannot be synced (some file systems refuse) changes nothing about that.
  (void)sync(fs::absolute(to).parent_path(), O_RDONLY | O_DIRECTORY);
  return {};
}

corpus::Result<void> replace_file(const std::string& path, std::string_view text) {
  const std::string beside = name_beside(path);
  errno = 0;
  std::ofstream file(beside, std::ios::binary);
  file << text;
  file.close();
  if (!file) {
    const int error = errno;
    std::remove(beside.c_str());
    return std::unexpected(fault_of(path, error));
  }
  return move_into_place(beside, path);
}

}  // namespace harness
