// A file for a moment, to hand something to another program.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "corpus/error.h"

namespace harness {

/// A file in the folder for temporary files (TMPDIR, or /tmp) that only this user can read, under a name that nobody
/// else can have taken before; gone at the end.
class PrivateFile {
 public:
  /// An empty one, whose name ends with `suffix`.
  static corpus::Result<PrivateFile> create(const std::string& suffix);
  ~PrivateFile();
  PrivateFile(PrivateFile&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PrivateFile& operator=(PrivateFile&&) = delete;

  /// Puts `text` in the place of what it holds.
  corpus::Result<void> write(std::string_view text) const;
  /// What it holds, or what stands in its place: many editors put another file there. Of whatever length.
  corpus::Result<std::string> read() const;

  const std::string& path() const { return path_; }

 private:
  explicit PrivateFile(std::string path) : path_(std::move(path)) {}

  std::string path_;
};

}  // namespace harness
