#include "corpus/base64.h"

#include <algorithm>
#include <array>
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

}  // namespace

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
