#include "corpus/secret_store.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <utility>

namespace corpus {
namespace {

constexpr std::size_t kMostValues = 4096;
constexpr std::size_t kMostBytes = 8 << 20;
constexpr std::size_t kLongest = 16 << 10;  // longer values are no tokens, and would push all others out

bool is_alphanumeric(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/// Whether no letter or digit touches the stretch.
bool stands_apart(std::string_view text, Stretch at) {
  return (at.begin == 0 || !is_alphanumeric(text[at.begin - 1])) &&
         (at.end == text.size() || !is_alphanumeric(text[at.end]));
}

/// Whether the stretch holds a part of a stand-in. (A password may well be "redacted".)
bool touches_stand_in(std::string_view text, Stretch at) {
  constexpr std::size_t kSize = StandIn{}.size();
  const std::size_t first = at.begin < kSize ? 0 : at.begin - kSize + 1;
  const std::string_view around = text.substr(first, at.end - first + kSize);
  for (std::size_t begin = around.find(kStandInPrefix); begin < at.end - first;
       begin = around.find(kStandInPrefix, begin + 1)) {
    if (is_stand_in(around.substr(begin, kSize))) return true;
  }
  return false;
}

}  // namespace

StandIn SecretStore::stand_in(std::string_view value) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), reinterpret_cast<const unsigned char*>(value.data()),
       value.size(), hash.data(), &size);
  static constexpr std::string_view kHex = "0123456789abcdef";
  StandIn text;
  char* at = std::ranges::copy(kStandInPrefix, text.begin()).out;
  for (std::size_t i = 0; i < 8; ++i) {
    *at++ = kHex[hash[i] >> 4];
    *at++ = kHex[hash[i] & 15];
  }
  return text;
}

StandIn SecretStore::learn(std::string_view value, std::string_view spelling) {
  const auto known = by_value_.find(value);
  const StandIn stand_in = known == by_value_.end() ? this->stand_in(value) : known->second->stand_in;
  if (known == by_value_.end()) remember(value, stand_in);
  if (spelling != value && !by_value_.contains(spelling)) remember(spelling, stand_in);
  return stand_in;
}

void SecretStore::remember(std::string_view value, const StandIn& stand_in) {
  if (value.size() > kLongest) return;
  Entry& entry = entries_.emplace_back(Entry{std::string(value), stand_in});
  by_value_.emplace(entry.value, &entry);
  if (value.size() >= long_values_.kShortest) {
    entry.region = long_values_.add(entry.value);
  } else if (value.size() >= short_values_.kShortest) {
    entry.region = short_values_.add(entry.value);
  }
  bytes_ += value.size();
  ++learned_;
  while (entries_.size() > kMostValues || bytes_ > kMostBytes) forget_oldest();
}

void SecretStore::forget_oldest() {
  const std::string_view value = entries_.front().value;
  if (value.size() >= long_values_.kShortest) {
    long_values_.remove(value, entries_.front().region);
  } else if (value.size() >= short_values_.kShortest) {
    short_values_.remove(value, entries_.front().region);
  }
  bytes_ -= value.size();
  by_value_.erase(value);
  entries_.pop_front();
}

void SecretStore::find(std::string_view text, std::vector<Secret>& found) const {
  const auto is_value = [&](std::size_t begin, std::size_t length) {
    const Stretch at{begin, begin + length};
    const auto known = by_value_.find(text.substr(begin, length));
    if (known == by_value_.end()) return false;
    if (length < long_values_.kShortest && !stands_apart(text, at)) return false;
    if (!touches_stand_in(text, at)) found.push_back({at, known->second->stand_in});
    return true;
  };
  long_values_.find(text, is_value);
  short_values_.find(text, is_value);
}

}  // namespace corpus
