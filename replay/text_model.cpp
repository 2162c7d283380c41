#include "replay/text_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <optional>

#include "corpus/describe.h"
#include "corpus/ids.h"
#include "replay/text_features.h"

namespace replay {
namespace {

// A set is taken to be known whole when so much was seen of it and nothing of it only once. Less proves little: of
// three values that are equally frequent, six samples miss one in every fifth case.
constexpr std::size_t kEnoughForASet = 12;

// Below this many samples of one single new text, nobody knows whether it is the only one.
constexpr std::size_t kEnoughForAConstant = 3;

// Each sample is tried against the others: how many of its words they have, and of its pairs of letters. The worst of
// them says what a new text must have, less something for bad luck. Words are few, so their share is left to chance
// more.
constexpr double kOfWordShare = 0.125;
constexpr double kOfPairShare = 0.5;

// What few pairs say of a text is chance, mostly: so much is left to it, divided by the root of their number.
constexpr double kChanceOfPairs = 0.75;

// Fewer texts do not tell which words are common to them.
constexpr std::size_t kFewTexts = 5;

// A text of fewer words may have none of those that are known.
constexpr std::size_t kFewWords = 4;

// Wording may be so many times shorter or longer than what was seen.
constexpr std::size_t kStretch = 3;

// So many letters without one beyond "f" are hexadecimal by more than chance.
constexpr std::size_t kEnoughForHex = 16;

// As long as what people make of 9 bytes or more.
constexpr std::size_t kShortestBase64 = 12;

// A description is for one line.
constexpr std::size_t kShownText = 60;

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";

bool has_any(std::string_view text, std::string_view letters) {
  return text.find_first_of(letters) != std::string_view::npos;
}

bool is_alphanumeric(char letter) {
  return kLower.find(letter) != std::string_view::npos || kUpper.find(letter) != std::string_view::npos ||
         kDigits.find(letter) != std::string_view::npos;
}

// What all of them begin with, up to the last character of it that separates: "note-" of "note-a1" and "note-a2".
std::string common_prefix(const std::vector<std::string>& texts) {
  std::size_t length = texts.front().size();
  for (const std::string& text : texts) {
    const auto [one, other] = std::ranges::mismatch(text, texts.front());
    length = std::min(length, static_cast<std::size_t>(one - text.begin()));
  }
  while (length > 0 && is_alphanumeric(texts.front()[length - 1])) --length;
  return texts.front().substr(0, length);
}

std::string common_suffix(std::vector<std::string> texts) {
  for (std::string& text : texts) std::ranges::reverse(text);
  std::string suffix = common_prefix(texts);
  std::ranges::reverse(suffix);
  return suffix;
}

bool all(const std::vector<std::string>& texts, auto&& test) {
  return std::ranges::all_of(texts, [&](const std::string& text) { return test(std::string_view(text)); });
}

// Digits among letters, many digits, or a capital behind the first letter: nobody writes words like that.
bool looks_random(std::string_view text) {
  if (has_any(text, kDigits)) return has_any(text, kLower) || has_any(text, kUpper) || text.size() >= 6;
  return has_any(text, kLower) && has_any(text.substr(1), kUpper);
}

}  // namespace

TextModel::TextModel(const std::vector<SeenText>& seen, bool closed) {
  std::size_t total = 0;
  bool repeated = true;
  for (const SeenText& one : seen) {
    if (seen_.insert(one.text).second && !one.text.empty()) texts_.push_back(one.text);
    total += one.times;
    repeated = repeated && one.times > 1;
  }
  if (closed || texts_.empty() || (repeated && total >= kEnoughForASet)) return;
  if (seen.size() == 1 && total >= kEnoughForAConstant) return;
  if (all(texts_, corpus::is_guid)) {
    kind_ = Kind::guid;
  } else if (all(texts_, is_timestamp)) {
    kind_ = Kind::time;
  } else if (!learn_token()) {
    learn_wording();
  }
}

bool TextModel::accepts(std::string_view text) const {
  if (seen_.contains(text)) return true;
  if (text.empty()) return false;
  switch (kind_) {
    case Kind::seen:
      return false;
    case Kind::guid:
      return corpus::is_guid(text);
    case Kind::time:
      return is_timestamp(text);
    case Kind::token:
      return is_token(text);
    case Kind::wording:
      return is_wording(text);
  }
  return false;
}

bool TextModel::learn_token() {
  if (!all(texts_, [](std::string_view text) { return !has_any(text, " \t\r\n"); })) return false;
  prefix_ = common_prefix(texts_);
  suffix_ = texts_.size() > 1 ? common_suffix(texts_) : "";
  std::string joined;
  bool random = true;
  length_ = {std::numeric_limits<std::size_t>::max(), 0};
  for (const std::string& text : texts_) {
    if (text.size() < prefix_.size() + suffix_.size()) suffix_.clear();
  }
  for (const std::string& text : texts_) {
    const std::string middle = text.substr(prefix_.size(), text.size() - prefix_.size() - suffix_.size());
    length_ = {std::min(length_.least, middle.size()), std::max(length_.most, middle.size())};
    random = random && (middle.size() < 4 || looks_random(middle));
    joined += middle;
  }
  const auto take = [this](std::string_view letters, std::string_view name) {
    letters_.insert(letters.begin(), letters.end());
    alphabet_ += name;
  };
  const auto letters = static_cast<std::size_t>(std::ranges::count_if(joined, is_alphanumeric));
  const bool hex = letters >= kEnoughForHex && has_any(joined, kDigits) &&
                   std::ranges::all_of(joined, [](unsigned char c) { return !std::isalpha(c) || std::isxdigit(c); });
  const bool lower = has_any(joined, kLower);
  const bool upper = has_any(joined, kUpper);
  // Random letters of both cases come with digits, seen or not.
  if (has_any(joined, kDigits) || (lower && upper && random)) take(kDigits, "0-9");
  if (lower) hex ? take(kLower.substr(0, 6), "a-f") : take(kLower, "a-z");
  if (upper) hex ? take(kUpper.substr(0, 6), "A-F") : take(kUpper, "A-Z");
  for (const char letter : joined) {
    if (!letters_.insert(letter).second) continue;
    alphabet_ += letter;
  }
  // Base64 of addresses: six tokens of 22 letters may well be without these two.
  if (lower && upper && random && length_.least >= kShortestBase64) take("-_", has_any(joined, "-_") ? "" : "-_");
  const std::size_t span = length_.most - length_.least;
  const std::size_t margin = random && span == 0 ? 0 : random ? std::max<std::size_t>(span, 2) : length_.most / 2 + 3;
  length_ = {length_.least > margin ? length_.least - margin : 1, length_.most + margin};
  kind_ = Kind::token;
  return true;
}

bool TextModel::is_token(std::string_view text) const {
  if (text.size() < prefix_.size() + suffix_.size()) return false;
  if (!text.starts_with(prefix_) || !text.ends_with(suffix_)) return false;
  text.remove_prefix(prefix_.size());
  text.remove_suffix(suffix_.size());
  return length_.has(text.size()) &&
         std::ranges::all_of(text, [this](char letter) { return letters_.contains(letter); });
}

void TextModel::learn_wording() {
  kind_ = Kind::wording;
  length_ = words_ = {std::numeric_limits<std::size_t>::max(), 0};
  word_share_ = pair_share_ = 1;
  for (const std::string& text : texts_) {
    const std::vector<std::string> words = words_of(text);
    const std::vector<std::string> pairs = letter_pairs_of(words);
    length_ = {std::min(length_.least, text.size()), std::max(length_.most, text.size())};
    words_ = {std::min(words_.least, words.size()), std::max(words_.most, words.size())};
    scripts_.merge(scripts_of(text));
    looks_.insert(look_of(text));
    TextSet other_words;
    TextSet other_pairs;
    for (const std::string& other : texts_) {
      if (&other == &text) continue;
      for (std::string& word : words_of(other)) other_words.insert(std::move(word));
    }
    for (std::string& pair : letter_pairs_of({other_words.begin(), other_words.end()})) {
      other_pairs.insert(std::move(pair));
    }
    word_share_ = std::min(word_share_, share_known(words, other_words));
    pair_share_ = std::min(pair_share_, share_known(pairs, other_pairs));
    known_words_.insert(words.begin(), words.end());
    known_pairs_.insert(pairs.begin(), pairs.end());
  }
  word_share_ *= texts_.size() < kFewTexts ? 0 : kOfWordShare;
  pair_share_ *= kOfPairShare;
  length_ = {length_.least / kStretch, length_.most * kStretch};
  words_ = {std::max<std::size_t>(words_.least / kStretch, 1), words_.most * kStretch};
}

bool TextModel::is_wording(std::string_view text) const {
  const std::vector<std::string> words = words_of(text);
  if (!length_.has(text.size()) || !words_.has(words.size()) || !looks_.contains(look_of(text))) return false;
  if (!std::ranges::includes(scripts_, scripts_of(text))) return false;
  if (words.size() >= kFewWords && share_known(words, known_words_) < word_share_) return false;
  const std::vector<std::string> pairs = letter_pairs_of(words);
  const double chance = kChanceOfPairs / std::sqrt(static_cast<double>(std::max<std::size_t>(pairs.size(), 1)));
  return share_known(pairs, known_pairs_) >= pair_share_ - chance;
}

std::string TextModel::describe() const {
  const std::string empty = seen_.contains("") ? ", or empty" : "";
  const auto counted = [](const Range& range) {
    return range.least == range.most ? fmt::format("{}", range.least)
                                     : fmt::format("{} to {}", range.least, range.most);
  };
  switch (kind_) {
    case Kind::seen:
      return seen_.size() == 1 ? fmt::format("\"{}\"", corpus::printable(*seen_.begin(), kShownText))
                               : fmt::format("one of {} texts", seen_.size());
    case Kind::guid:
      return "an id (GUID)" + empty;
    case Kind::time:
      return "a date and time" + empty;
    case Kind::token: {
      std::string text = fmt::format("a word of {} of [{}]", counted(length_), alphabet_);
      if (!prefix_.empty()) text += fmt::format(" behind \"{}\"", prefix_);
      if (!suffix_.empty()) text += fmt::format(" before \"{}\"", suffix_);
      return corpus::printable(text) + empty;
    }
    case Kind::wording:
      return fmt::format("wording of {} words, some of them known", counted(words_)) + empty;
  }
  return "";
}

}  // namespace replay
