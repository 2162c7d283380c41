#include "harness/session_input.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "corpus/describe.h"
#include "corpus/session_file.h"
#include "harness/print.h"

namespace harness {

namespace fs = std::filesystem;

corpus::Result<corpus::Session> load_session(std::string_view command, const std::string& path) {
  auto session = corpus::read_session(path);
  if (!session) return session;
  for (const corpus::Fault& fault : session->damage) {
    say("rollcall {}: {}\n", command, corpus::printable(corpus::to_string(fault)));
  }
  return session;
}

corpus::Result<std::vector<std::string>> session_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code ec;
    if (!fs::is_directory(path, ec)) {
      files.push_back(path);  // reading it will say what is wrong with it
      continue;
    }
    std::vector<std::string> found;
    for (fs::recursive_directory_iterator at(path, ec), end; !ec && at != end; at.increment(ec)) {
      const std::string name = at->path().string();
      std::error_code unknown;
      const fs::file_status status = at->symlink_status(unknown);
      if (!name.ends_with(corpus::kSessionSuffix) || fs::is_directory(status)) continue;
      // Whoever opens a pipe waits for somebody to write into it; a link may lead anywhere.
      fs::is_regular_file(status) ? found.push_back(name)
                                  : say("left out: {}: no regular file\n", corpus::printable(name));
    }
    if (ec) return std::unexpected(corpus::Fault{corpus::Error::unreadable, path, ec.message()});
    if (found.empty()) {
      return std::unexpected(
          corpus::Fault{corpus::Error::unreadable, path, fmt::format("no *{} in this folder", corpus::kSessionSuffix)});
    }
    std::ranges::sort(found);
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

}  // namespace harness
