#include "replay/excerpts.h"

#include <algorithm>

namespace replay {
namespace {

// Of a part in the middle so much is what stands before the difference: a quarter.
constexpr std::size_t kBefore = 4;

bool continues(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

// Not into the middle of a character, unless there is nothing but continuations.
std::size_t at_character(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 4;
  if (at >= text.size()) return text.size();
  for (std::size_t back = 0; back < kLongest && back <= at; ++back) {
    if (!continues(text[at - back])) return at - back;
  }
  return at;
}

std::string excerpt(std::string_view text, std::size_t from, std::size_t limit) {
  const std::size_t begin = at_character(text, std::min(from, text.size()));
  const std::size_t end = at_character(text, begin + limit);
  std::string shown = begin == 0 ? "" : "…";
  shown += text.substr(begin, end - begin);
  return end == text.size() ? shown : shown + "…";
}

}  // namespace

Excerpts excerpts_of(std::string_view recorded, std::string_view live, std::size_t limit) {
  const auto differs = std::ranges::mismatch(recorded, live);
  const auto alike = static_cast<std::size_t>(differs.in1 - recorded.begin());
  const std::size_t longest = std::max(recorded.size(), live.size());
  // At the end of a beginning a difference is hard to see, and one byte of a character is none.
  const bool seen = longest <= limit || alike + limit / kBefore < limit;
  const std::size_t from = seen ? 0 : alike - std::min(alike, limit / kBefore);
  return {excerpt(recorded, from, limit), excerpt(live, from, limit)};
}

}  // namespace replay
