#include <charconv>

#include "tests/bench/planted/bugs.h"

namespace planted {
namespace {

using simdjson::dom::object;

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

void skip_dashes(std::string_view& id) {
  while (id.starts_with('-')) id.remove_prefix(1);
}

}  // namespace

std::optional<std::string_view> text_in(const object& json, std::string_view key) {
  std::string_view text;
  if (json.at_key(key).get(text)) return {};
  return text;
}

std::optional<object> data_of(const Notice& notice) {
  object data;
  if (notice.json.at_key("resourceData").get(data)) return {};
  return data;
}

std::optional<object> result_of(const Notice& notice) {
  const std::optional<object> data = data_of(notice);
  object result;
  if (!data || data->at_key("resultInfo").get(result)) return {};
  return result;
}

bool same_id(std::string_view left, std::string_view right) {
  bool any = false;
  for (;; left.remove_prefix(1), right.remove_prefix(1), any = true) {
    skip_dashes(left);
    skip_dashes(right);
    if (left.empty() || right.empty()) return any && left.empty() && right.empty();
    if (lower(left.front()) != lower(right.front())) return false;
  }
}

std::string_view etag_digits(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  if (etag.size() >= 2 && etag.starts_with('"') && etag.ends_with('"')) etag = etag.substr(1, etag.size() - 2);
  for (const char letter : etag) {
    if (letter < '0' || letter > '9') return {};
  }
  return etag;
}

std::optional<std::uint64_t> number_in(std::string_view digits) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return {};
  return number;
}

}  // namespace planted
