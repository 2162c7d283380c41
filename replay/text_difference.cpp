#include "replay/text_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>

#include "corpus/json_text.h"

namespace replay {
namespace {

// What fits on two lines of a terminal.
constexpr std::size_t kLongestLine = 160;
// So much of a longer line stands before the first difference.
constexpr std::size_t kBefore = 40;
// Lines that are shown: whoever wants to see more opens both files.
constexpr std::size_t kShownLines = 3;
// Bytes that are shown before and behind the first that differs.
constexpr std::size_t kBytesBefore = 4;
constexpr std::size_t kBytesBehind = 11;

bool is_text(std::string_view bytes) {
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\r' && c != '\n';
  };
  return corpus::is_utf8(bytes) && std::ranges::none_of(bytes, is_control);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

std::size_t first_difference(std::string_view one, std::string_view other) {
  return static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
}

// A character of UTF-8 is not cut in two.
std::size_t character_at(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
  return std::min(at, text.size());
}

std::string cut(std::string_view line, std::size_t around) {
  if (line.size() <= kLongestLine) return std::string(line);
  const std::size_t begin = character_at(line, around > kBefore ? around - kBefore : 0);
  const std::size_t end = character_at(line, std::min(line.size(), begin + kLongestLine));
  return (begin > 0 ? "…" : "") + std::string(line.substr(begin, end - begin)) + (end < line.size() ? "…" : "");
}

Difference line_difference(std::string where, std::string_view recorded, std::string_view live) {
  const std::size_t around = first_difference(recorded, live);
  return {std::move(where), cut(recorded, around), cut(live, around)};
}

std::string bytes_around(std::string_view bytes, std::size_t at) {
  std::string text;
  const std::size_t begin = at - std::min(at, kBytesBefore);
  for (std::size_t i = begin; i < std::min(bytes.size(), at + kBytesBehind + 1); ++i) {
    if (i > begin) text += ' ';
    const auto byte = static_cast<unsigned char>(bytes[i]);
    text += i == at ? fmt::format("[{:02x}]", byte) : fmt::format("{:02x}", byte);
  }
  if (at >= bytes.size()) text += text.empty() ? "[end]" : " [end]";
  if (at + kBytesBehind + 1 < bytes.size()) text += " …";
  return text + fmt::format(", {} {}", bytes.size(), bytes.size() == 1 ? "byte" : "bytes");
}

Difference byte_difference(std::string_view recorded, std::string_view live) {
  const std::size_t at = first_difference(recorded, live);
  return {fmt::format("offset {:#x}", at), bytes_around(recorded, at), bytes_around(live, at)};
}

}  // namespace

std::vector<Difference> text_differences(std::string_view recorded, std::string_view live, const TextRules& rules) {
  const auto whole = [&] { return line_difference({}, rules.to_live(recorded), live); };
  if (!is_text(recorded) || !is_text(live)) return {byte_difference(rules.to_live(recorded), live)};
  const std::vector<std::string_view> left = lines_of(recorded);
  const std::vector<std::string_view> right = lines_of(live);
  if (left.size() <= 1 && right.size() <= 1) return {whole()};
  std::size_t first = 0;
  while (first < left.size() && first < right.size() && rules.same(left[first], right[first])) ++first;
  std::size_t left_end = left.size();
  std::size_t right_end = right.size();
  while (left_end > first && right_end > first && rules.same(left[left_end - 1], right[right_end - 1])) {
    --left_end;
    --right_end;
  }
  std::vector<Difference> found;
  const std::size_t end = std::max(left_end, right_end);
  for (std::size_t i = first; i < std::min(end, first + kShownLines); ++i) {
    const std::string then = i < left_end ? rules.to_live(left[i]) : std::string();
    Difference difference =
        line_difference(fmt::format("line {}", i + 1), then, i < right_end ? right[i] : std::string_view());
    if (i >= left_end) difference.recorded = kAbsent;
    if (i >= right_end) difference.live = kAbsent;
    found.push_back(std::move(difference));
  }
  if (found.empty()) return {whole()};  // only line ends differ
  if (end > first + kShownLines) found.back().pointer += fmt::format(", of {} to {} that differ", first + 1, end);
  return found;
}

}  // namespace replay
