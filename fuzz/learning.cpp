#include "fuzz/learning.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string_view>
#include <system_error>

namespace fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 4096;
constexpr std::size_t kMostBytes = std::size_t{32} << 20;  // about a second of reading and learning
constexpr std::size_t kLargestFile = std::size_t{4} << 20;

/// Empty if it cannot be read or is too large.
std::string bytes_of(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error || size > kLargestFile) return {};
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void add_list(std::string_view list, std::vector<std::string>& inputs) {
  while (!list.empty()) {
    const std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(std::min(item.size() + 1, list.size()));
    std::string name(item.substr(0, item.find_last_not_of("\r\n") + 1));
    if (!name.empty()) inputs.push_back(std::move(name));
  }
}

/// The files that the paths stand for, each once, sorted.
std::set<fs::path> files_of(const std::vector<std::string>& paths) {
  std::set<fs::path> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_regular_file(path, error)) files.insert(path);
    if (!fs::is_directory(path, error)) continue;
    // Errors end the walk of this folder; what was seen counts.
    fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
      std::error_code unreadable;
      if (entry->is_regular_file(unreadable)) files.insert(entry->path());
    }
  }
  return files;
}

}  // namespace

std::vector<std::string> inputs_of(std::span<const std::string> arguments) {
  constexpr std::string_view kSeedInputs = "-seed_inputs=";
  std::vector<std::string> inputs;
  for (const std::string& argument : arguments) {
    // What follows -ignore_remaining_args=1 is for the target.
    if (argument == "-ignore_remaining_args=1") break;
    if (!argument.starts_with("-")) {
      inputs.push_back(argument);
    } else if (argument.starts_with(kSeedInputs)) {
      const std::string list = argument.substr(kSeedInputs.size());
      add_list(list.starts_with("@") ? bytes_of(list.substr(1)) : list, inputs);
    }
  }
  return inputs;
}

void learn_from(const std::vector<std::string>& paths, Vocabulary& vocabulary) {
  const std::set<fs::path> files = files_of(paths);
  const std::size_t stride = files.size() / kMostFiles + 1;
  std::size_t number = 0;
  std::size_t bytes = 0;
  for (const fs::path& file : files) {
    if (number++ % stride != 0) continue;
    const std::string text = bytes_of(file);
    bytes += text.size();
    if (bytes > kMostBytes) break;
    vocabulary.learn(text);
  }
}

}  // namespace fuzz
