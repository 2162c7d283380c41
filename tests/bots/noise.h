// What a bot does differently each time without meaning anything by it.
#pragma once

#include <chrono>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/bots/bot_logic.h"

namespace bots {

/// Random wording, ids, numbers, times and order. A function of the seed and of what it is asked.
class BotNoise {
 public:
  explicit BotNoise(std::uint64_t seed) : random_(seed) {}

  /// Requests with members that vary ("note", "trace", "at", "weight", "urgent") in random order; with the first mute
  /// of a call come three others that do not depend on each other. `at`: wall clock, RFC 3339.
  std::vector<GraphRequest> apply(std::vector<GraphRequest> requests, const std::string& at);
  /// Up to 12 ms.
  std::chrono::milliseconds delay();

 private:
  std::string pick(std::initializer_list<const char*> words);
  std::string wording();
  std::string token();

  std::mt19937_64 random_;
  std::set<std::string> greeted_;  // queues of calls
};

}  // namespace bots
