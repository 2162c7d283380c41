#include "corpus/ip_address.h"

#include <algorithm>
#include <charconv>

#include "corpus/ascii.h"

namespace corpus {

bool AddressV4::is_nobodys() const {
  const std::array<unsigned, 4>& a = parts;
  return a[0] == 0 || a[0] == 127 || a[0] >= 224 || (a[0] == 169 && a[1] == 254) ||
         (a[0] == 198 && (a[1] == 18 || a[1] == 19)) || (a[0] == 192 && a[1] == 0 && a[2] == 2) ||
         (a[0] == 198 && a[1] == 51 && a[2] == 100) || (a[0] == 203 && a[1] == 0 && a[2] == 113);
}

std::optional<AddressV4> address_v4_at(std::string_view text, std::size_t begin) {
  AddressV4 address;
  std::size_t at = begin;
  for (unsigned& part : address.parts) {
    if (&part != &address.parts.front() && (at >= text.size() || text[at++] != '.')) return std::nullopt;
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end == at || end - at > 3 || (text[at] == '0' && end - at > 1)) return std::nullopt;
    std::from_chars(text.data() + at, text.data() + end, part);
    if (part > 255) return std::nullopt;
    at = end;
  }
  address.end = at;
  return address;
}

bool is_address_v6(std::string_view text) {
  std::size_t groups = 0;
  std::size_t longest = 0;
  const std::size_t gap = text.find("::");
  if (gap != text.npos && text.find("::", gap + 1) != text.npos) return false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(':', at), text.size());
    if (end - at > 4) return false;
    groups += end > at ? 1 : 0;
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  if (longest < 3 || std::ranges::none_of(text, is_digit)) return false;
  const bool ends_well = !text.ends_with(':') || text.ends_with("::");
  const bool begins_well = !text.starts_with(':') || text.starts_with("::");
  return ends_well && begins_well && (gap == text.npos ? groups == 8 : groups >= 2 && groups < 8);
}

bool is_nobodys_v6(std::string_view text) {
  return same_word(text.substr(0, 9), "2001:db8:") || same_word(text.substr(0, 2), "ff");
}

}  // namespace corpus
