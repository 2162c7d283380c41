#include "harness/fuzzing/reactions.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "corpus/graph_path.h"
#include "replay/told.h"

namespace harness {
namespace {

constexpr std::size_t kRecentSessions = 200;  // which take some seconds
// The slowest request so far need not be the slowest that there is.
constexpr int kTimes = 4;
// A pause of the bot's runtime or of the machine need not have been seen yet.
constexpr corpus::Micros kLeast = 25'000;

}  // namespace

void Reactions::note(const corpus::Session& live) {
  std::vector<corpus::Micros> told;
  for (const corpus::Exchange& exchange : live.exchanges) {
    if (const auto time = replay::told_at(exchange)) told.push_back(*time);
  }
  std::ranges::sort(told);
  for (const corpus::Exchange& exchange : live.exchanges) {
    if (exchange.leg != corpus::Leg::graph) continue;
    const auto after = std::ranges::upper_bound(told, exchange.sent);
    if (after == told.begin()) continue;
    const corpus::GraphPath path = corpus::parse_graph_path(exchange.request.target);
    if (!corpus::is_polling(exchange.request.method, path)) longest_ = std::max(longest_, exchange.sent - *(after - 1));
  }
  if (++sessions_ < kRecentSessions) return;
  sessions_ = 0;
  before_ = std::exchange(longest_, 0);
}

corpus::Micros Reactions::longest() const {
  return std::max({longest_, before_, kept_});
}

corpus::Micros Reactions::quiet() const {
  return std::max(kLeast, kTimes * longest());
}

}  // namespace harness
