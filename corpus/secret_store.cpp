#include "corpus/secret_store.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "corpus/ascii.h"
#include "corpus/ids.h"
#include "corpus/json_scan.h"
#include "corpus/stand_in.h"
#include "corpus/stretches.h"

namespace corpus {
namespace {

constexpr std::size_t kShortest = 8;
constexpr std::size_t kShortestInWords = 15;

/// Words of the protocol and of everyday language: a secret of so few letters and nothing else has no other marks.
bool is_word(std::string_view value) {
  constexpr std::size_t kLongestWord = 11;  // "established"
  constexpr std::string_view kLonger[] = {
      "participants",        "communications",   "notification",    "notifications",       "authorization",
      "application",         "transferring",     "clientContext",   "onlineMeetingId",     "notificationUrl",
      "requestedModalities", "subscriptionId",   "organizationId",  "applicationInstance", "acceptedModalities",
      "participantId",       "resourceLinkType", "replacesContext", "clientCredentials"};
  const auto is_value = [value](std::string_view word) { return same_word(word, value); };
  return std::ranges::all_of(value, is_letter) &&
         (value.size() <= kLongestWord || std::ranges::any_of(kLonger, is_value));
}

bool is_upper(char byte) {
  return byte >= 'A' && byte <= 'Z';
}

/// What a session is full of and may be a secret all the same (`Cookie: last=/api/calls; since=2026-11-23`): paths,
/// dates, and names of types.
bool is_everyday(std::string_view value) {
  const auto any = [value](auto is_kind) { return std::ranges::any_of(value, is_kind); };
  // A slash may also begin base64, which has letters of all kinds.
  if (value.starts_with('/')) return !any(is_digit) || !any(is_upper);
  constexpr std::string_view kDate = "0000-00-00";
  const auto is_like = [](char byte, char pattern) { return pattern == '0' ? is_digit(byte) : byte == pattern; };
  if (value.size() >= kDate.size() && std::ranges::equal(value.substr(0, kDate.size()), kDate, is_like))
    return value.find_first_not_of("0123456789-+:.TZ") == value.npos;
  return any([](char byte) { return byte == '.'; }) && !any([](char byte) { return !is_letter(byte) && byte != '.'; });
}

KnownValues::Search search_of(std::string_view value) {
  if (value.size() < kShortest || is_word(value) || is_everyday(value)) return KnownValues::Search::nowhere;
  return value.size() < kShortestInWords ? KnownValues::Search::apart : KnownValues::Search::everywhere;
}

/// Puts quotes around the stand-ins of what is a number of a JSON text: a word there would break it.
void quote_numbers(std::string_view text, std::span<Secret> found) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos || (text[first] != '{' && text[first] != '[')) return;
  const auto is_number = [text](const Secret& secret) {
    return std::ranges::all_of(text.substr(secret.at.begin, secret.at.end - secret.at.begin), is_digit);
  };
  if (std::ranges::none_of(found, is_number)) return;
  std::ranges::stable_sort(found, {}, [](const Secret& secret) { return secret.at.begin; });
  JsonScanner scanner(text);
  JsonToken token;
  for (Secret& secret : found) {
    if (!is_number(secret)) continue;
    while (token.end <= secret.at.begin && scanner.next(token)) continue;
    if (token.kind != JsonToken::Kind::scalar || secret.at.begin < token.begin || token.end < secret.at.end) continue;
    secret.at = {token.begin, token.end};
    secret.stand_in = '"' + secret.stand_in + '"';
  }
}

}  // namespace

void put_stand_ins(std::string& text, std::vector<Secret>& secrets) {
  const auto comes_first = [](const Secret* a, const Secret* b) {
    return std::pair(a->at.begin, b->at.end) < std::pair(b->at.begin, a->at.end);
  };
  // Nearly always there are few, and a stable sort takes memory first.
  constexpr std::size_t kFew = 32;
  std::array<const Secret*, kFew> few;
  std::vector<const Secret*> many(secrets.size() > kFew ? secrets.size() : 0);
  const std::span<const Secret*> sorted = many.empty() ? std::span(few).first(secrets.size()) : std::span(many);
  std::ranges::transform(secrets, sorted.begin(), [](const Secret& secret) { return &secret; });
  if (many.empty()) {
    for (std::size_t i = 1; i < sorted.size(); ++i) {
      const auto place =
          std::upper_bound(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(i), sorted[i], comes_first);
      std::rotate(place, sorted.begin() + static_cast<std::ptrdiff_t>(i),
                  sorted.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    }
  } else {
    std::ranges::stable_sort(sorted, comes_first);
  }
  std::string replaced;
  replaced.reserve(text.size());
  std::size_t end = 0;
  for (const Secret* secret : sorted) {
    if (secret->at.begin >= end) {
      replaced.append(text, end, secret->at.begin - end);
      replaced.append(secret->stand_in);
    }
    end = std::max(end, secret->at.end);
  }
  replaced.append(text, end);
  text = std::move(replaced);
}

bool is_inert(std::string_view text) {
  static constexpr auto kInert = [] {
    std::array<bool, 256> inert{};
    for (int byte = 0; byte < 128; ++byte) {
      const char letter = static_cast<char>(byte);
      inert[static_cast<std::size_t>(byte)] =
          is_alphanumeric(letter) || letter == '.' || letter == '-' || letter == '_' || letter == '~';
    }
    return inert;
  }();
  return std::ranges::all_of(text, [](char byte) { return kInert[static_cast<unsigned char>(byte)]; });
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
  const std::size_t before = found.size();
  std::optional<Stretches> stand_ins;  // looked for once something is found: that is rare
  values_.find(text, [&](Stretch at, const KnownValues::Entry& entry, bool alone) {
    if (!stand_ins) stand_ins.emplace(stand_ins_in(text));
    // A password may well be "redacted".
    if (stand_ins->touch(at)) return;
    const std::string_view raw = text.substr(at.begin, at.end - at.begin);
    found.push_back({at, entry.in_place_of(raw, alone), Clue::known_secret, entry.inert});
  });
  if (found.size() > before) quote_numbers(text, std::span(found).subspan(before));
}

bool SecretStore::shows_in(std::string_view letters) const {
  bool shows = false;
  values_.find(letters, [&shows](Stretch, const KnownValues::Entry&, bool) { shows = true; });
  return shows;
}

}  // namespace corpus
