#include "harness/process_table.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace harness {
namespace {

namespace fs = std::filesystem;

// A sanitizer sets terabytes of addresses aside for its notes.
constexpr std::int64_t kSanitizedSize = std::int64_t{1} << 40;

// Calls `each` with the name of every entry of a folder. False: there is no such folder. It may change meanwhile.
template <typename Each>
bool each_entry(const fs::path& folder, Each each) {
  std::error_code ec;
  fs::directory_iterator at(folder, ec);
  if (ec) return false;
  for (const fs::directory_iterator end; !ec && at != end; at.increment(ec)) each(at->path().filename().string());
  return true;
}

std::optional<int> number_in(const std::string& name) {
  int number = 0;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
  return read.ptr == name.data() + name.size() ? std::optional(number) : std::nullopt;
}

struct Entry {
  char state = 0;
  int group = 0;
};

std::optional<Entry> entry_of(int pid) {
  std::string line;
  std::ifstream file(fmt::format("/proc/{}/stat", pid));
  if (!std::getline(file, line)) return std::nullopt;
  const std::size_t name_end = line.rfind(')');  // the name before it may hold anything
  Entry entry;
  int parent = 0;
  if (name_end == std::string::npos) return std::nullopt;
  if (std::sscanf(line.c_str() + name_end + 1, " %c %d %d", &entry.state, &parent, &entry.group) != 3) {
    return std::nullopt;
  }
  return entry;
}

}  // namespace

std::optional<std::vector<int>> members_of_group(int group) {
  std::vector<int> members;
  bool told = false;
  each_entry("/proc", [&](const std::string& name) {
    const auto pid = number_in(name);
    const auto entry = pid ? entry_of(*pid) : std::nullopt;
    if (!entry) return;
    told = true;
    if (entry->group == group && entry->state != 'Z' && entry->state != 'X') members.push_back(*pid);
  });
  return told ? std::optional(std::move(members)) : std::nullopt;
}

std::optional<Footprint> footprint_of(int pid) {
  std::int64_t size = 0;
  std::int64_t resident = 0;
  std::ifstream file(fmt::format("/proc/{}/statm", pid));
  if (!(file >> size >> resident)) return std::nullopt;
  const std::int64_t page = sysconf(_SC_PAGESIZE);
  Footprint footprint;
  footprint.memory = size * page < kSanitizedSize ? resident * page : 0;
  if (!each_entry(fmt::format("/proc/{}/fd", pid), [&](const std::string&) { ++footprint.descriptors; })) {
    return std::nullopt;
  }
  return footprint;
}

}  // namespace harness
