// What the system tells of running processes. Where it does not tell (no /proc, or the process has gone meanwhile), the
// answer is "nothing", never an error.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace harness {

/// The processes of a group that are more than an entry that waits to be collected: in a container, whoever has that
/// duty often does not do it. Nothing if the system does not tell of processes.
std::optional<std::vector<int>> members_of_group(int group);

/// What processes hold.
struct Footprint {
  std::int64_t memory = 0;       ///< resident bytes
  std::int64_t descriptors = 0;  ///< open ones

  bool operator==(const Footprint&) const = default;
};

/// What a process holds. Nothing if it has gone, or is not ours to look at. Memory is 0 for a program under a
/// sanitizer, which keeps what was freed: its size says nothing.
std::optional<Footprint> footprint_of(int pid);

}  // namespace harness
