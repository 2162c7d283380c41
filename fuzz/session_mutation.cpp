#include "fuzz/session_mutation.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace fuzz {
namespace {

constexpr std::array<std::string_view, kSessionGroups> kNames{"order",      "number",  "time", "batch",   "payload",
                                                              "interleave", "answers", "http", "identity"};

constexpr std::uint32_t kLargestWeight = 1000;  // keeps sums far from any limit; nobody needs finer shares

corpus::Fault invalid(std::string what) {
  return {corpus::Error::invalid, "", std::move(what)};
}

std::string all_groups() {
  std::string list;
  for (const std::string_view name : kNames) list.append(list.empty() ? "" : ", ").append(name);
  return list;
}

std::optional<SessionGroup> group_of(std::string_view word) {
  const auto found = std::ranges::find(kNames, word);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<SessionGroup>(found - kNames.begin());
}

corpus::Fault no_group(std::string_view word) {
  return invalid("no group of mutations is called \"" + std::string(word) + "\": there are " + all_groups());
}

// Each word of the list may itself be a list with commas.
std::vector<std::string_view> split(const std::vector<std::string>& words) {
  std::vector<std::string_view> parts;
  for (std::string_view word : words) {
    for (;;) {
      const auto comma = word.find(',');
      parts.push_back(word.substr(0, comma));
      if (comma == std::string_view::npos) break;
      word.remove_prefix(comma + 1);
    }
  }
  return parts;
}

std::optional<std::uint32_t> weight_of(std::string_view text) {
  std::uint32_t weight = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), weight);
  if (error != std::errc() || end != text.data() + text.size() || weight > kLargestWeight) return std::nullopt;
  return weight;
}

}  // namespace

std::string_view name_of(SessionGroup group) {
  return kNames[static_cast<std::size_t>(group)];
}

GroupWeights default_weights() {
  GroupWeights weights{};
  weights[static_cast<std::size_t>(SessionGroup::order)] = 20;
  weights[static_cast<std::size_t>(SessionGroup::number)] = 20;
  weights[static_cast<std::size_t>(SessionGroup::time)] = 10;
  weights[static_cast<std::size_t>(SessionGroup::batch)] = 8;
  weights[static_cast<std::size_t>(SessionGroup::payload)] = 16;
  weights[static_cast<std::size_t>(SessionGroup::interleave)] = 8;
  weights[static_cast<std::size_t>(SessionGroup::answers)] = 12;
  weights[static_cast<std::size_t>(SessionGroup::http)] = 8;
  weights[static_cast<std::size_t>(SessionGroup::identity)] = 6;
  return weights;
}

corpus::Result<std::vector<SessionGroup>> parse_groups(const std::vector<std::string>& words) {
  std::vector<SessionGroup> groups;
  for (const std::string_view word : split(words)) {
    const auto group = group_of(word);
    if (!group) return std::unexpected(no_group(word));
    if (std::ranges::find(groups, *group) == groups.end()) groups.push_back(*group);
  }
  return groups;
}

corpus::Result<GroupWeights> parse_weights(const std::vector<std::string>& words) {
  GroupWeights weights = default_weights();
  std::array<bool, kSessionGroups> seen{};
  for (const std::string_view word : split(words)) {
    const auto equals = word.find('=');
    if (equals == std::string_view::npos) {
      return std::unexpected(invalid("\"" + std::string(word) + "\" is no weight: write GROUP=NUMBER, as in order=5"));
    }
    const auto group = group_of(word.substr(0, equals));
    if (!group) return std::unexpected(no_group(word.substr(0, equals)));
    const auto weight = weight_of(word.substr(equals + 1));
    if (!weight) {
      return std::unexpected(invalid("\"" + std::string(word) + "\": a weight is a whole number from 0 to " +
                                     std::to_string(kLargestWeight)));
    }
    bool& twice = seen[static_cast<std::size_t>(*group)];
    if (twice) return std::unexpected(invalid("the weight of " + std::string(name_of(*group)) + " stands twice"));
    twice = true;
    weights[static_cast<std::size_t>(*group)] = *weight;
  }
  if (std::ranges::count(weights, 0u) == std::ssize(weights)) {
    return std::unexpected(invalid("every weight is 0: nothing is left to choose from"));
  }
  return weights;
}

}  // namespace fuzz
