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
      if (at->path().string().ends_with(corpus::kSessionSuffix)) found.push_back(at->path().string());
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
