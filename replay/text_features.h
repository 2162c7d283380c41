// What can be told of a text without knowing what it means. For the sources of text_model.h alone.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

using TextSet = std::set<std::string, std::less<>>;

/// The words in lower case, without what stands around them. Numbers count as one word "0", GUIDs as "{}".
std::vector<std::string> words_of(std::string_view text);

/// Pairs of neighbouring letters in these words.
std::vector<std::string> letter_pairs_of(const std::vector<std::string>& words);

/// The scripts of its letters: "latin", "cyrillic", …. Signs and emoji have none.
TextSet scripts_of(std::string_view text);

/// What it begins like: "json", "markup", "address", "number", or "text".
std::string look_of(std::string_view text);

/// Whether it is a date and time of ISO 8601: "2026-11-23T10:00:00.5Z", also with an offset, or without either.
bool is_timestamp(std::string_view text);

/// The part of `some` that is in `known`: 1 if there is none.
double share_known(const std::vector<std::string>& some, const TextSet& known);

}  // namespace replay
