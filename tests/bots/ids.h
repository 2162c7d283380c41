// Ids as the bots and the Graph service spell them.
#pragma once

#include <random>
#include <string>
#include <string_view>

namespace bots {

/// Somebody who is in none of the scenarios.
inline constexpr std::string_view kStranger = "deadbeef-0000-4000-8000-000000000000";

/// An id without dashes and in lower case: equal for all spellings of one GUID.
std::string bare(std::string_view id);

/// An id without dashes and in capitals, as Graph spells ids in many paths.
std::string bare_capitals(std::string_view id);

/// Makes GUIDs of version 4, in lower case with dashes.
class GuidSource {
 public:
  explicit GuidSource(std::uint64_t seed) : random_(seed) {}

  std::string operator()();

 private:
  std::mt19937_64 random_;
};

}  // namespace bots
