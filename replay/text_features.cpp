#include "replay/text_features.h"

#include <algorithm>
#include <cstdint>

#include "corpus/ids.h"

namespace replay {
namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

// Bytes beyond ASCII belong to words: letters of other scripts are made of them.
bool is_inside_word(char letter) {
  return is_letter(letter) || is_digit(letter) || (static_cast<unsigned char>(letter) & 0x80) != 0;
}

// One character of UTF-8, by its leading byte; 0 where there is none.
std::uint32_t code_point(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0xc0) return lead < 0x80 ? lead : 0;
  const std::size_t more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  std::uint32_t value = lead & (0x3fu >> more);
  for (std::size_t i = 0; i < more && at < text.size(); ++i) {
    value = value << 6 | (static_cast<unsigned char>(text[at++]) & 0x3fu);
  }
  return value;
}

// The blocks that hold letters of living languages, roughly; what is in none of them are signs.
struct Script {
  std::uint32_t first;
  std::uint32_t last;
  std::string_view name;
};
constexpr Script kScripts[] = {
    {'A', 'Z', "latin"},           {'a', 'z', "latin"},          {0xc0, 0x24f, "latin"},
    {0x370, 0x3ff, "greek"},       {0x400, 0x52f, "cyrillic"},   {0x530, 0x58f, "armenian"},
    {0x590, 0x5ff, "hebrew"},      {0x600, 0x77f, "arabic"},     {0x900, 0xdff, "indic"},
    {0xe00, 0xeff, "thai or lao"}, {0x10a0, 0x10ff, "georgian"}, {0x1e00, 0x1eff, "latin"},
    {0x3040, 0x30ff, "japanese"},  {0x3400, 0x9fff, "han"},      {0xac00, 0xd7af, "korean"},
};

// Reads `pattern`: "d" stands for a digit, all else for itself.
bool reads(std::string_view& text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == 'd' ? !is_digit(text[i]) : text[i] != pattern[i]) return false;
  }
  text.remove_prefix(pattern.size());
  return true;
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::string plain;
  std::size_t done = 0;
  for (const corpus::Span& guid : corpus::find_guids(text)) {
    plain.append(text.substr(done, guid.begin - done)).append("\x01");
    done = guid.begin + guid.length;
  }
  plain.append(text.substr(done));
  std::vector<std::string> words;
  for (std::size_t at = 0; at < plain.size();) {
    if (plain[at] == '\x01') words.emplace_back("{}");
    if (!is_inside_word(plain[at])) {
      ++at;
      continue;
    }
    std::string word;
    bool number = true;
    for (; at < plain.size() && is_inside_word(plain[at]); ++at) {
      number = number && is_digit(plain[at]);
      word += plain[at] >= 'A' && plain[at] <= 'Z' ? static_cast<char>(plain[at] + 32) : plain[at];
    }
    words.push_back(number ? "0" : word);
  }
  return words;
}

std::vector<std::string> letter_pairs_of(const std::vector<std::string>& words) {
  std::vector<std::string> pairs;
  for (const std::string& word : words) {
    for (std::size_t i = 0; i + 1 < word.size(); ++i) pairs.push_back(word.substr(i, 2));
  }
  return pairs;
}

TextSet scripts_of(std::string_view text) {
  TextSet scripts;
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t letter = code_point(text, at);
    const auto* script = std::ranges::find_if(
        kScripts, [&](const Script& block) { return block.first <= letter && letter <= block.last; });
    if (script != std::end(kScripts)) scripts.emplace(script->name);
  }
  return scripts;
}

std::string look_of(std::string_view text) {
  if (text.starts_with('{') || text.starts_with('[')) return "json";
  if (text.starts_with('<')) return "markup";
  if (text.starts_with("http://") || text.starts_with("https://")) return "address";
  if (!text.empty() && text.find_first_not_of("0123456789.,-+ ") == std::string_view::npos) return "number";
  return "text";
}

bool is_timestamp(std::string_view text) {
  if (!reads(text, "dddd-dd-ddTdd:dd")) return false;
  if (reads(text, ":dd") && text.starts_with('.')) {
    text.remove_prefix(1);
    if (text.empty() || !is_digit(text.front())) return false;
    text.remove_prefix(std::min(text.find_first_not_of("0123456789"), text.size()));
  }
  return text.empty() || text == "Z" || ((reads(text, "+dd:dd") || reads(text, "-dd:dd")) && text.empty());
}

double share_known(const std::vector<std::string>& some, const TextSet& known) {
  if (some.empty()) return 1;
  const auto count = std::ranges::count_if(some, [&](const std::string& word) { return known.contains(word); });
  return static_cast<double>(count) / static_cast<double>(some.size());
}

}  // namespace replay
