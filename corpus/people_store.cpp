#include "corpus/people_store.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "corpus/ascii.h"
#include "corpus/ids.h"
#include "corpus/stand_in.h"

namespace corpus {
namespace {

constexpr std::string_view kNames = "name:";
constexpr std::string_view kIds = "id:";
constexpr std::string_view kPhones = "phone:";
constexpr std::string_view kNumbers = "number:";
constexpr std::string_view kName = "Person-";
constexpr std::string_view kAccount = "person-";
constexpr std::string_view kThread = "redacted";
constexpr std::string_view kPhone = "999";  // no country has this code
constexpr std::string_view kNumber =
    "900";  // a check digit is last. No 0 in front: JSON has such numbers without quotes

std::string hex_of(const Digest& digest, std::size_t digits) {
  std::string hex;
  for (std::size_t i = 0; hex.size() < digits; ++i) append_hex(hex, digest[i % digest.size()]);
  hex.resize(digits);
  return hex;
}

/// As many digits as before, the first ones given.
std::string digits_of(const Digest& digest, std::string_view first, std::size_t count) {
  std::string digits(first.substr(0, count));
  for (std::size_t i = 0; digits.size() < count; ++i) {
    digits.push_back(static_cast<char>('0' + digest[i % digest.size()] % 10));
  }
  return digits;
}

/// The last digit of a number that stands in for one, of all digits before it: with it the sum is a multiple of ten,
/// every other digit counted three times.
char check_digit(std::string_view before) {
  int sum = 0;
  for (std::size_t i = 0; i < before.size(); ++i) sum += (before[i] - '0') * (i % 2 == 0 ? 3 : 1);
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

bool is_number_stand_in(std::string_view digits) {
  return digits.starts_with(kNumber) && digits.back() == check_digit(digits.substr(0, digits.size() - 1));
}

std::string folded(std::string_view text) {
  std::string letters(text);
  std::ranges::transform(letters, letters.begin(), lower);
  return letters;
}

/// What a value is, where it stands without a name, if it goes under several kinds of them: the order in which they
/// come must not decide.
int rank_of(std::string_view kind) {
  constexpr std::array kOrder = {kNumbers, kPhones, kIds, kNames};
  return static_cast<int>(std::ranges::find(kOrder, kind) - kOrder.begin());
}

/// Whether a value is looked for where nothing says what it is. A name of one word may be anything else as well
/// ("Guest"), and so may an id of letters alone: "calls" is part of every path.
bool is_found_again(std::string_view kind, std::string_view value) {
  constexpr std::size_t kShortest = 4;  // what has less is found in too many places
  if (value.size() < kShortest) return false;
  if (kind == kNames) return value.find(' ') != value.npos;
  return kind != kIds || !std::ranges::all_of(value, is_letter);
}

}  // namespace

bool is_person_stand_in(std::string_view text) {
  const auto rest_is_hex = [text](std::string_view prefix, std::size_t least) {
    return text.starts_with(prefix) && text.size() >= prefix.size() + least && is_lower_hex(text.substr(prefix.size()));
  };
  if (rest_is_hex(kName, 8) || rest_is_hex(kAccount, 16) || rest_is_hex(kThread, 16)) return true;
  return all_digits(text) && (text.starts_with(kPhone) || is_number_stand_in(text));
}

bool is_phone_stand_in(std::string_view digits) {
  return digits.starts_with(kPhone);
}

const KnownValues::Entry* PeopleStore::entry_of(std::string_view guid) {
  const auto found = guid_digits(guid);
  const std::string_view digits = found ? std::string_view(found->data(), found->size()) : guid;
  // What is known is neither of those below.
  if (const KnownValues::Entry* known = values_.look_up(digits)) return known;
  if (std::ranges::all_of(digits, [](char digit) { return digit == '0'; })) return nullptr;
  if (is_guid_stand_in(digits, GuidOf::person) || is_guid_stand_in(digits, GuidOf::secret)) return nullptr;
  KnownValues::Entry entry;
  entry.stand_in = entry.embedded = guid_stand_in(hash_.of("id:", digits), GuidOf::person);
  return values_.remember(digits, std::move(entry));
}

std::string PeopleStore::guid(std::string_view guid) {
  const KnownValues::Entry* known = entry_of(guid);
  return known == nullptr ? std::string() : known->in_place_of(guid, true);
}

template <typename Make>
std::string PeopleStore::learn(std::string_view kind, std::string_view value, Make make) {
  const KnownValues::Entry* known = values_.look_up(value);
  if (known != nullptr && known->kind == kind) return known->stand_in;
  // Accounts are written in any case.
  std::string stand_in = make(hash_.of(kind, kind == kIds ? folded(value) : std::string(value)));
  if (!is_found_again(kind, value)) return stand_in;
  if (known != nullptr) {
    if (rank_of(kind) <= rank_of(known->kind)) return stand_in;
    Better& better = better_[std::string(value)];
    if (rank_of(kind) <= better.rank) return stand_in;
    better = {rank_of(kind), stand_in};
    ++outranked_;
    return stand_in;
  }
  KnownValues::Entry entry;
  entry.stand_in = entry.embedded = stand_in;
  entry.kind = kind;
  values_.remember(value, std::move(entry));
  return stand_in;
}

std::string PeopleStore::name(std::string_view name) {
  return learn(kNames, name, [](const Digest& digest) { return std::string(kName) + hex_of(digest, 8); });
}

std::string PeopleStore::account(std::string_view text) {
  return learn(kIds, text, [](const Digest& digest) { return std::string(kAccount) + hex_of(digest, 16); });
}

std::string PeopleStore::phone(std::string_view digits) {
  return learn(kPhones, digits, [digits](const Digest& digest) { return digits_of(digest, kPhone, digits.size()); });
}

std::string PeopleStore::number(std::string_view digits) {
  return learn(kNumbers, digits, [digits](const Digest& digest) {
    std::string number = digits_of(digest, kNumber, digits.size() - 1);
    number.push_back(check_digit(number));
    return number;
  });
}

std::string PeopleStore::mailbox(std::string_view mail) const {
  return fmt::format("{}{}", kAccount, hex_of(hash_.of("mail:", folded(mail)), 16));
}

std::string PeopleStore::thread(std::string_view name) const {
  constexpr std::size_t kShortest = 16;  // hex digits, so that two chats do not become one
  const std::size_t digits = std::max(name.size(), kThread.size() + kShortest) - kThread.size();
  return fmt::format("{}{}", kThread, hex_of(hash_.of("thread:", name), digits));
}

std::string PeopleStore::address(std::string_view text, bool v6) const {
  const Digest digest = hash_.of("address:", folded(text));
  // RFC 3849: addresses for documentation. Of the older kind there are but 762 of those; RFC 2544 has 198.18.0.0/15 for
  // benchmarks. That no two people get the same is likely, not certain.
  if (v6) return fmt::format("2001:db8::{}:{}:{}", 1 + digest[0], 1 + digest[1], 1 + digest[2]);
  return fmt::format("198.{}.{}.{}", 18 + digest[0] % 2, digest[1], 1 + digest[2] % 254);
}

void PeopleStore::find(std::string_view text, std::vector<Secret>& found, std::size_t before) const {
  std::size_t next = before;  // of what was found before
  values_.find(text, [&](Stretch at, const KnownValues::Entry& entry, bool alone) {
    // Most GUIDs have been found under their members, and what was found first counts.
    while (entry.guid && next < found.size() && found[next].at.begin < at.begin) ++next;
    if (entry.guid && next < found.size() && found[next].at == at) return;
    const std::string_view raw = text.substr(at.begin, at.end - at.begin);
    const auto better = better_.empty() ? better_.end() : better_.find(raw);
    found.push_back(
        {at, better == better_.end() ? entry.in_place_of(raw, alone) : better->second.stand_in, Clue::known_person});
  });
}

}  // namespace corpus
