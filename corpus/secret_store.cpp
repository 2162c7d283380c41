#include "corpus/secret_store.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "corpus/ascii.h"
#include "corpus/ids.h"
#include "corpus/stand_in.h"
#include "corpus/stretches.h"

namespace corpus {
namespace {

constexpr std::size_t kShortest = 8;
constexpr std::size_t kShortestInWords = 15;

/// Words of the protocol and of everyday language: a secret of so few letters and nothing else has no other marks.
bool is_word(std::string_view value) {
  constexpr std::size_t kLongestWord = 11;  // "established"
  constexpr std::string_view kLonger[] = {"participants",  "communications", "notification", "notifications",
                                          "authorization", "application",    "transferring"};
  const auto is_value = [value](std::string_view word) { return same_word(word, value); };
  return std::ranges::all_of(value, is_letter) &&
         (value.size() <= kLongestWord || std::ranges::any_of(kLonger, is_value));
}

KnownValues::Search search_of(std::string_view value) {
  if (value.size() < kShortest || is_word(value)) return KnownValues::Search::nowhere;
  return value.size() < kShortestInWords ? KnownValues::Search::apart : KnownValues::Search::everywhere;
}

}  // namespace

void put_stand_ins(std::string& text, std::vector<Secret>& secrets) {
  const auto comes_first = [](const Secret& a, const Secret& b) {
    return std::pair(a.at.begin, b.at.end) < std::pair(b.at.begin, a.at.end);
  };
  // Nearly always there is one, and a stable sort takes memory first.
  if (secrets.size() > 1) std::ranges::stable_sort(secrets, comes_first);
  std::string replaced;
  replaced.reserve(text.size());
  std::size_t end = 0;
  for (const Secret& secret : secrets) {
    if (secret.at.begin >= end) {
      replaced.append(text, end, secret.at.begin - end);
      replaced.append(secret.stand_in);
    }
    end = std::max(end, secret.at.end);
  }
  replaced.append(text, end);
  text = std::move(replaced);
}

bool is_inert(std::string_view text) {
  return std::ranges::all_of(text, [](char byte) {
    return is_alphanumeric(byte) || byte == '.' || byte == '-' || byte == '_' || byte == '~';
  });
}

std::string SecretStore::known(std::string_view value, std::string_view spelling, bool& inert) {
  const KnownValues::Entry* entry = values_.look_up(value);
  if (entry == nullptr) return {};
  std::string stand_in = entry->in_place_of(value, true);
  inert = entry->inert && spelling == value;
  if (spelling != value) values_.add_spelling(value, spelling);
  return stand_in;
}

void SecretStore::learn(std::string_view value, std::string_view spelling, std::string_view stand_in) {
  KnownValues::Entry entry;
  entry.stand_in = is_guid(value) ? canonical_id(stand_in) : std::string(stand_in);
  entry.embedded = plain_stand_in(digest(value));
  entry.search = search_of(value);
  entry.inert = is_inert(value) && is_inert(stand_in);
  values_.remember(value, std::move(entry));
  if (spelling != value) values_.add_spelling(value, spelling);
}

void SecretStore::find(std::string_view text, std::vector<Secret>& found) const {
  std::optional<Stretches> stand_ins;  // looked for once something is found: that is rare
  values_.find(text, [&](Stretch at, const KnownValues::Entry& entry, bool alone) {
    if (!stand_ins) stand_ins.emplace(stand_ins_in(text));
    // A password may well be "redacted".
    if (stand_ins->touch(at)) return;
    const std::string_view raw = text.substr(at.begin, at.end - at.begin);
    found.push_back({at, entry.in_place_of(raw, alone), Clue::known_secret, entry.inert});
  });
}

}  // namespace corpus
