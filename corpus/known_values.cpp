#include "corpus/known_values.h"

#include "corpus/ascii.h"
#include "corpus/ids.h"

namespace corpus {
namespace {

constexpr std::size_t kLongestValue = 16 << 10;  // longer values are no tokens, and would push all others out

}  // namespace

std::string KnownValues::Entry::in_place_of(std::string_view raw, bool alone) const {
  if (guid && is_guid(raw)) return spelled_like(stand_in, raw);
  return alone ? stand_in : embedded;
}

const KnownValues::Entry* KnownValues::look_up(std::string_view value) {
  auto known = by_text_.find(value);
  if (known == by_text_.end() && guids_ > 0) {
    if (const auto digits = guid_digits(value)) known = by_text_.find({digits->data(), digits->size()});
  }
  if (known == by_text_.end()) return nullptr;
  see(known->second);
  ++seen_;
  return known->second;
}

const KnownValues::Entry* KnownValues::remember(std::string_view value, Entry entry) {
  if (value.size() > kLongestValue) return nullptr;
  entries_.push_back(std::move(entry));
  Entry& kept = entries_.back();
  kept.self = std::prev(entries_.end());
  kept.guid = is_guid(value);
  guids_ += kept.guid ? 1 : 0;
  add(kept, kept.guid ? canonical_id(value) : std::string(value));
  const auto too_many = [&] { return values_ > limits_.values || bytes_ > limits_.bytes; };
  while (entries_.size() > 1 && too_many()) forget_oldest();
  return &kept;
}

void KnownValues::add_spelling(std::string_view value, std::string_view spelling) {
  const auto known = by_text_.find(value);
  // A bound for who spells one value in ever new ways.
  constexpr std::size_t kMostSpellings = 16;
  if (known == by_text_.end() || known->second->guid || by_text_.contains(spelling)) return;
  if (known->second->spellings.size() < kMostSpellings) add(*known->second, std::string(spelling));
}

void KnownValues::add(Entry& entry, std::string_view text) {
  if (text.size() > kLongestValue) return;
  Spelled& spelled = entry.spellings.emplace_back(Spelled{std::string(text), 0});
  by_text_.emplace(spelled.text, &entry);
  if (!entry.guid && entry.search != Search::nowhere) index(spelled);
  ++values_;
  bytes_ += text.size();
  ++learned_;
}

void KnownValues::index(Spelled& spelled) {
  if (spelled.text.size() >= long_.kShortest) {
    spelled.region = long_.add(spelled.text);
  } else if (spelled.text.size() >= short_.kShortest) {
    spelled.region = short_.add(spelled.text);
  } else if (spelled.text.size() >= tiny_.kShortest) {
    spelled.region = tiny_.add(spelled.text);
  }
}

void KnownValues::forget_oldest() {
  const Entry& entry = entries_.front();
  for (const Spelled& spelled : entry.spellings) {
    by_text_.erase(spelled.text);
    --values_;
    bytes_ -= spelled.text.size();
    if (entry.guid || entry.search == Search::nowhere) continue;
    if (spelled.text.size() >= long_.kShortest) {
      long_.remove(spelled.text, spelled.region);
    } else if (spelled.text.size() >= short_.kShortest) {
      short_.remove(spelled.text, spelled.region);
    } else if (spelled.text.size() >= tiny_.kShortest) {
      tiny_.remove(spelled.text, spelled.region);
    }
  }
  guids_ -= entry.guid ? 1 : 0;
  entries_.pop_front();
}

bool KnownValues::stands_apart(std::string_view text, Stretch at) {
  return (at.begin == 0 || !is_alphanumeric(text[at.begin - 1])) &&
         (at.end == text.size() || !is_alphanumeric(text[at.end]));
}

const KnownValues::Entry* KnownValues::known_guid(std::string_view guid) const {
  const auto digits = guid_digits(guid);
  const auto known = by_text_.find({digits->data(), digits->size()});
  return known == by_text_.end() || !known->second->guid ? nullptr : known->second;
}

}  // namespace corpus
