#include "replay/oddities.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "corpus/promises.h"

namespace replay {
namespace {

// A roster whose numbers go back does so in each entry: the first few are enough.
constexpr std::size_t kShownBreaches = 3;

}  // namespace

void cite_oddities(const corpus::Session& recorded, const std::vector<Basis>& bases, std::vector<Finding>& findings) {
  if (bases.empty()) return;
  std::unordered_map<std::size_t, std::vector<std::string>> oddities;
  for (const corpus::Breach& breach : corpus::broken_rules(recorded)) {
    std::vector<std::string>& notes = oddities[breach.exchange];
    if (notes.size() == kShownBreaches) continue;
    const std::string line = breach.line == 0 ? "" : fmt::format(" (line {})", breach.line);
    notes.push_back(fmt::format("the recording itself is odd here{}: {}", line, corpus::to_string(breach, recorded)));
  }
  for (const Basis& basis : bases) {
    const auto found = oddities.find(basis.recorded);
    if (found == oddities.end()) continue;
    std::vector<std::string>& notes = findings[basis.finding].notes;
    for (const std::string& note : found->second) {
      if (std::ranges::find(notes, note) == notes.end()) notes.push_back(note);
    }
  }
}

}  // namespace replay
