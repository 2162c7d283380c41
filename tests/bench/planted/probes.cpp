#include "tests/bench/planted/probes.h"

#include <algorithm>
#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "tests/bench/planted/bugs.h"

namespace planted {

std::vector<Bug> all_bugs() {
  std::vector<Bug> bugs;
  for (const auto list : {structure_bugs(), schema_bugs(), identity_bugs(), order_bugs(), value_bugs(), batch_bugs()})
    bugs.insert(bugs.end(), list.begin(), list.end());
  return bugs;
}

Probes::Probes(std::span<const Bug> watched, Reaction reaction) : watched_(watched.size()), reaction_(reaction) {
  assert(watched.size() <= kMostBugs);
  std::copy(watched.begin(), watched.end(), bugs_.begin());
}

void Probes::begin() {
  ++executions_;
}

void Probes::accept() {
  ++accepted_;
}

void Probes::look(Place place, const Delivery& delivery) {
  for (std::size_t i = 0; i < watched_;) {
    if (bugs_[i].place == place && bugs_[i].strikes(delivery)) {
      strike(i);  // puts another one into its place
    } else {
      ++i;
    }
  }
}

void Probes::strike(std::size_t index) {
  const std::string_view name = bugs_[index].name;
  std::fprintf(stderr, "planted: %.*s at execution %llu\n", static_cast<int>(name.size()), name.data(),
               static_cast<unsigned long long>(executions_));
  if (reaction_ == Reaction::stop) std::abort();
  std::swap(bugs_[index], bugs_[--watched_]);
  ++struck_;
}

namespace {

[[noreturn]] void list(std::span<const Bug> bugs) {
  for (const Bug& bug : bugs)
    std::printf("%s\t%s\t%c\t%s\t%s\n", bug.name.data(), bug.group.data(), bug.layer, bug.deep ? "deep" : "shallow",
                bug.mistake.data());
  std::fflush(stdout);
  std::_Exit(0);  // not exit: an engine takes that for a crash
}

}  // namespace

Probes probes_from_environment() {
  const char* wish = std::getenv("PLANTED");
  const std::string_view name = wish ? wish : "";
  const std::vector<Bug> bugs = all_bugs();  // whatever the wish: what is asked of the heap must not depend on it
  if (name.empty()) return Probes({}, Probes::Reaction::note);
  if (name == "all") return Probes(bugs, Probes::Reaction::note);
  if (name == "list") list(bugs);
  for (const Bug& bug : bugs) {
    if (bug.name == name) return Probes({&bug, 1}, Probes::Reaction::stop);
  }
  std::fprintf(stderr, "PLANTED=%s: there is no such mistake\n", wish);
  std::_Exit(2);
}

std::uint64_t Probes::executions() const {
  return executions_;
}

std::uint64_t Probes::accepted() const {
  return accepted_;
}

std::vector<std::string_view> Probes::struck() const {
  std::vector<std::string_view> names;
  for (std::size_t i = watched_; i < watched_ + struck_; ++i) names.push_back(bugs_[i].name);
  return names;
}

}  // namespace planted
