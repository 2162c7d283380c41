#include "corpus/base64.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "corpus/json_text.h"

namespace corpus {
namespace {

constexpr std::int8_t kNone = -1;

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(kNone);
  std::int8_t next = 0;
  for (unsigned char letter : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"))
    values[letter] = next++;
  values['+'] = values['-'] = 62;
  values['/'] = values['_'] = 63;
  return values;
}

constexpr std::array<std::int8_t, 256> kValues = make_values();

std::int8_t value_of(char letter) {
  return kValues[static_cast<unsigned char>(letter)];
}

std::string_view without_padding(std::string_view text) {
  return text.substr(0, text.find_last_not_of('=') + 1);
}

/// A bit for each place where the shortest run, or a longer one, begins or goes on that long.
constexpr std::uint64_t long_runs(std::uint64_t letters) {
  static_assert(kShortestRun == 24);
  const std::uint64_t two = letters & letters >> 1;
  const std::uint64_t four = two & two >> 2;
  const std::uint64_t eight = four & four >> 4;
  return eight & eight >> 8 & eight >> 16;
}

bool is_text(std::uint32_t byte) {
  return (byte >= 0x20 && byte < 0x7f) || byte == '\t' || byte == '\n' || byte == '\r';
}

}  // namespace

bool Base64Runs::next(Base64Run& run) {
  // All bytes are looked at, many at a time: to go from one that is no letter to the next takes longer, because where
  // each look goes depends on the last one.
  std::size_t before = 0;  // letters at the end of the last word
  for (; letters_ != 0 || walk_.next(); letters_ = 0) {
    if (letters_ == 0) letters_ = walk_.word();
    const std::size_t at = walk_.at();
    const auto first = static_cast<std::size_t>(std::countr_one(letters_));
    const std::uint64_t runs = long_runs(letters_);
    if (before + first >= kShortestRun) {
      run = {at - before, end_of_run(first)};
      return true;
    }
    if (runs != 0) {
      const auto begin = static_cast<std::size_t>(std::countr_zero(runs));
      run = {at + begin, end_of_run(begin + static_cast<std::size_t>(std::countr_one(letters_ >> begin)))};
      return true;
    }
    before = static_cast<std::size_t>(std::countl_one(letters_));
  }
  return false;
}

/// Where a run ends that has all letters of this word before `end`. What stands before its end is passed.
std::size_t Base64Runs::end_of_run(std::size_t end) {
  while (end == kMapped) {
    if (!walk_.next()) {
      letters_ = 0;
      return text_size_;
    }
    letters_ = walk_.word();
    end = static_cast<std::size_t>(std::countr_one(letters_));
  }
  letters_ &= ~std::uint64_t{0} << end;
  return walk_.at() + end;
}

bool begins_like_text(std::string_view letters) {
  std::uint32_t quads[2] = {};
  for (std::size_t i = 0; i < 8; ++i) {
    quads[i / 4] = quads[i / 4] << 6 | static_cast<std::uint32_t>(value_of(letters[i]) & 63);
  }
  return std::ranges::all_of(
      quads, [](std::uint32_t quad) { return is_text(quad >> 16) && is_text(quad >> 8 & 255) && is_text(quad & 255); });
}

bool is_base64_byte(char byte) {
  return value_of(byte) != kNone;
}

std::optional<Base64Form> base64_form(std::string_view text) {
  const std::string_view letters = without_padding(text);
  const std::size_t padding = text.size() - letters.size();
  if (letters.empty() || letters.size() % 4 == 1 || padding > 2) return std::nullopt;
  if (padding > 0 && text.size() % 4 != 0) return std::nullopt;
  if (!std::ranges::all_of(letters, is_base64_byte)) return std::nullopt;
  const bool url = letters.find_first_of("-_") != letters.npos;
  if (url && letters.find_first_of("+/") != letters.npos) return std::nullopt;
  return Base64Form{url, padding > 0};
}

std::string base64_bytes(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  int count = 0;
  for (const char letter : without_padding(text)) {
    bits = bits << 6 | static_cast<std::uint32_t>(value_of(letter) & 63);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<char>(bits >> count & 255));
  }
  return bytes;
}

std::string to_base64(std::string_view bytes, Base64Form form) {
  std::string text;
  append_base64(text, bytes);
  if (!form.padded) text.resize(without_padding(text).size());
  if (form.url) {
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
  }
  return text;
}

}  // namespace corpus
