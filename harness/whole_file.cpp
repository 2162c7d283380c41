#include "harness/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace harness {
namespace {

constexpr std::size_t kLargest = 1024 * 1024;

std::unexpected<corpus::Fault> system_fault(const std::string& path, std::string_view what) {
  const std::error_code ec(errno, std::generic_category());
  return std::unexpected(corpus::Fault{corpus::Error::unreadable, path, std::string(what) + ": " + ec.message()});
}

// A file beside `path` that nobody knows yet, for its owner alone; taken away again.
class Draft {
 public:
  explicit Draft(const std::string& path) : name_(path + ".XXXXXX"), file_(mkostemp(name_.data(), O_CLOEXEC)) {}
  ~Draft() {
    if (file_ == -1) return;
    ::close(file_);
    ::unlink(name_.c_str());
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  bool write(std::string_view text) { return file_ != -1 && write_all(file_, text) && ::fsync(file_) == 0; }

  const char* name() const { return name_.c_str(); }

 private:
  std::string name_;
  int file_;
};

}  // namespace

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

corpus::Result<bool> write_secret(const std::string& path, std::string_view text) {
  Draft draft(path);
  if (!draft.write(text)) return system_fault(path, "cannot be written");
  // A link, unlike a move, does not replace what somebody else has put there meanwhile.
  if (::link(draft.name(), path.c_str()) == 0) return true;
  if (errno == EEXIST) return false;
  return system_fault(path, "cannot be written");
}

corpus::Result<std::string> read_whole(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file == -1) return system_fault(path, "cannot be read");
  std::string text(kLargest + 1, '\0');
  std::size_t size = 0;
  ssize_t count = 1;
  while (count > 0 && size < text.size()) {
    count = ::read(file, text.data() + size, text.size() - size);
    if (count > 0) size += static_cast<std::size_t>(count);
    if (count < 0 && errno == EINTR) count = 1;
  }
  const int error = count < 0 ? errno : 0;
  ::close(file);
  errno = error;
  if (error != 0) return system_fault(path, "cannot be read");
  if (size > kLargest) {
    return std::unexpected(corpus::Fault{corpus::Error::unreadable, path, "is larger than a mebibyte"});
  }
  text.resize(size);
  return text;
}

}  // namespace harness
