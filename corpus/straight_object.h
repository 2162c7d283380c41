// How corpus/straight_reader.h reads an object; included there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "corpus/straight_reader.h"

namespace corpus {

template <typename T>
const char* StraightReader::read(const char* at, T& out) {
  using Table = FieldTable<T>;
  if (*at != '{' || depth_ == 0) return nullptr;
  at = next(at + 1);
  if (*at == '}') return next(at + 1);
  --depth_;
  std::uint64_t seen = 0;
  std::uint8_t* const guesses = memory_.guesses().of<T>();
  for (std::uint8_t* guess = guesses;; at = next(at + 1)) {
    std::size_t index = *guess;
    at = member_at<T>(at, index);
    if (at == nullptr) return nullptr;
    if (index == Table::kCount) {
      at = pass_.value(at, depth_);
    } else {
      *guess = static_cast<std::uint8_t>(index);
      guess = guesses + index + 1;
      if (seen & Table::kBits[index]) return nullptr;
      seen |= Table::kBits[index];
      if (Table::kTexts[index] != nullptr && *at == '"') {
        std::string_view text;
        at = pass_.string(at, text);
        (out.*(Table::kTexts[index])).emplace(text);
      } else {
        at = kReads<T>[index](*this, at, out);
      }
    }
    if (at == nullptr) return nullptr;
    if (*at == ',') continue;
    ++depth_;
    return *at == '}' ? next(at + 1) : nullptr;
  }
}

/// Which member of T has its key there: `index` is a guess, and becomes the answer, kCount for one that T does not
/// have.
template <typename T>
[[gnu::always_inline]] inline const char* StraightReader::member_at(const char* at, std::size_t& index) {
  using Table = FieldTable<T>;
  if (index < Table::kCount && Table::kForms[index].stands_at(at)) return next(at + Table::kForms[index].size());
  std::string_view key;
  at = pass_.key(at, key);
  const int found = at == nullptr ? Table::kNames.kNone : Table::kNames.find_padded(key);
  index = found == Table::kNames.kNone ? Table::kCount : static_cast<std::size_t>(found);
  return at;
}

template <typename T>
const char* StraightReader::read(const char* at, Ref<T>& out) {
  if (*at != '{') return pass_.null(at);
  if (!take_values(1, 1)) return nullptr;
  T& target = memory_.arena().make<T>(1).front();
  out = Ref<T>(&target);
  return read(at, target);
}

}  // namespace corpus
