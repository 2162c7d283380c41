#include "corpus/ids.h"

#include <algorithm>
#include <array>

namespace corpus {
namespace {

constexpr std::size_t kBare = 32;
constexpr std::size_t kDashed = 36;

// Tables, because every byte of every message is asked for.
constexpr auto table_of(std::string_view characters) {
  std::array<bool, 256> table{};
  for (const char c : characters) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kHex = table_of("0123456789abcdefABCDEF");
constexpr auto kAlnum = table_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

bool is_hex(char c) {
  return kHex[static_cast<unsigned char>(c)];
}

bool is_alnum(char c) {
  return kAlnum[static_cast<unsigned char>(c)];
}

constexpr bool is_dash_place(std::size_t i) {
  return i == 8 || i == 13 || i == 18 || i == 23;
}

constexpr char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_dashed(std::string_view text) {
  // Most texts that are as long have no dash there.
  if (text.size() != kDashed || text[8] != '-') return false;
  if (text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
  const auto all_hex = [&](std::size_t begin, std::size_t length) {
    return std::ranges::all_of(text.substr(begin, length), is_hex);
  };
  return all_hex(0, 8) && all_hex(9, 4) && all_hex(14, 4) && all_hex(19, 4) && all_hex(24, 12);
}

bool is_bare(std::string_view text) {
  return text.size() == kBare && std::ranges::all_of(text, is_hex);
}

// Whether letters and digits end at both ends of a piece of text.
bool stands_alone(std::string_view text, std::size_t begin, std::size_t length) {
  const std::size_t end = begin + length;
  return (begin == 0 || !is_alnum(text[begin - 1])) && (end == text.size() || !is_alnum(text[end]));
}

// Goes from dash to dash: few bytes of a message are any.
void find_dashed(std::string_view text, std::vector<Span>& found) {
  std::size_t from = 0;
  for (std::size_t dash = text.find('-', 8); dash != std::string_view::npos; dash = text.find('-', dash)) {
    const std::size_t begin = dash - 8;
    if (begin >= from && is_dashed(text.substr(begin, kDashed)) && stands_alone(text, begin, kDashed)) {
      found.push_back({begin, kDashed});
      from = dash = begin + kDashed;
    } else {
      ++dash;
    }
  }
}

// Goes in steps of the length: one of them meets every GUID.
void find_bare(std::string_view text, std::vector<Span>& found) {
  for (std::size_t at = kBare - 1; at < text.size(); at += kBare) {
    if (!is_hex(text[at])) continue;
    std::size_t begin = at;
    while (begin > 0 && is_hex(text[begin - 1]) && at - begin < kBare) --begin;
    if (is_bare(text.substr(begin, kBare)) && stands_alone(text, begin, kBare)) found.push_back({begin, kBare});
  }
}

}  // namespace

bool is_guid(std::string_view text) {
  return is_dashed(text) || is_bare(text);
}

std::optional<std::array<char, kBare>> guid_digits(std::string_view text) {
  if (!is_guid(text)) return std::nullopt;
  std::array<char, kBare> digits;
  char* out = digits.data();
  const auto take = [&](std::size_t begin, std::size_t length) {
    // Of digits and the letters a to f this bit makes lower case, and nothing else of them.
    for (std::size_t i = 0; i < length; ++i) *out++ = static_cast<char>(text[begin + i] | 0x20);
  };
  if (text.size() == kBare) {
    take(0, kBare);
    return digits;
  }
  take(0, 8);
  take(9, 4);
  take(14, 4);
  take(19, 4);
  take(24, 12);
  return digits;
}

std::string canonical_id(std::string_view text) {
  const auto digits = guid_digits(text);
  return digits ? std::string(digits->begin(), digits->end()) : std::string(text);
}

bool same_id(std::string_view one, std::string_view other) {
  if (one == other) return true;
  const auto digits = guid_digits(one);
  return digits && digits == guid_digits(other);
}

std::vector<Span> find_guids(std::string_view text) {
  std::vector<Span> found;
  find_dashed(text, found);
  const auto dashed = static_cast<std::ptrdiff_t>(found.size());
  find_bare(text, found);
  const auto middle = found.begin() + dashed;
  if (middle != found.begin() && middle != found.end()) {
    std::ranges::inplace_merge(found, middle, {}, &Span::begin);
  }
  return found;
}

std::string spelled_like(std::string_view canonical, std::string_view like) {
  const bool dashes = like.size() == kDashed;
  const bool any_lower = std::ranges::any_of(like, [](char c) { return c >= 'a' && c <= 'f'; });
  const bool any_upper = std::ranges::any_of(like, [](char c) { return c >= 'A' && c <= 'F'; });
  std::string spelled;
  spelled.reserve(kDashed);
  for (const char c : canonical) {
    if (dashes && is_dash_place(spelled.size())) spelled += '-';
    spelled += any_upper && !any_lower ? upper(c) : c;
  }
  return spelled;
}

}  // namespace corpus
