#include "tests/bots/ids.h"

#include <fmt/format.h>

namespace bots {
namespace {

bool is_dash(char c) {
  return c == '-';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

std::string without_dashes(std::string_view id, char (*spell)(char)) {
  std::string result;
  for (const char c : id) {
    if (!is_dash(c)) result += spell(c);
  }
  return result;
}

}  // namespace

std::string bare(std::string_view id) {
  return without_dashes(id, lower);
}

std::string bare_capitals(std::string_view id) {
  return without_dashes(id, upper);
}

std::string GuidSource::operator()() {
  const std::uint64_t high = random_();
  const std::uint64_t low = random_();
  // Version 4 in the third group, variant 1 in the fourth: RFC 4122.
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:x}{:03x}-{:012x}", high >> 32, (high >> 16) & 0xffff, high & 0xfff,
                     8 + (low >> 62), (low >> 48) & 0xfff, low & 0xffff'ffff'ffff);
}

}  // namespace bots
