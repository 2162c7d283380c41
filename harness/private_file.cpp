#include "harness/private_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "harness/whole_file.h"

namespace harness {
namespace {

std::unexpected<corpus::Fault> fault_of(const std::string& path, int error) {
  return std::unexpected(corpus::Fault{corpus::Error::unreadable, path, std::strerror(error)});
}

}  // namespace

corpus::Result<PrivateFile> PrivateFile::create(const std::string& suffix) {
  const char* folder = std::getenv("TMPDIR");
  std::string path = fmt::format("{}/rollcall-XXXXXX{}", folder != nullptr && *folder != 0 ? folder : "/tmp", suffix);
  const int file = mkostemps(path.data(), static_cast<int>(suffix.size()), O_CLOEXEC);  // mode 0600
  if (file == -1) return fault_of(path, errno);
  (void)close(file);
  return PrivateFile(std::move(path));
}

PrivateFile::~PrivateFile() {
  if (!path_.empty()) (void)unlink(path_.c_str());
}

corpus::Result<void> PrivateFile::write(std::string_view text) const {
  const int file = open(path_.c_str(), O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);
  if (file == -1) return fault_of(path_, errno);
  int error = write_all(file, text) ? 0 : errno;
  if (close(file) != 0 && error == 0) error = errno;
  if (error != 0) return fault_of(path_, error);
  return {};
}

corpus::Result<std::string> PrivateFile::read() const {
  const int file = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file == -1) return fault_of(path_, errno);
  std::string text;
  std::array<char, 16384> piece;
  ssize_t count = 0;
  while ((count = ::read(file, piece.data(), piece.size())) > 0)
    text.append(piece.data(), static_cast<std::size_t>(count));
  const int error = errno;
  (void)close(file);
  if (count < 0) return fault_of(path_, error);
  return text;
}

}  // namespace harness
