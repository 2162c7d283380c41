#include "corpus/leak_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace corpus {
namespace {

constexpr std::string_view kSpace = " \t\r";

/// Takes the next word off the line.
std::string_view take_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(kSpace), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kSpace));
  line.remove_prefix(word.size());
  line.remove_prefix(std::min(line.find_first_not_of(kSpace), line.size()));
  return word;
}

std::optional<LeakRule::Of> kind_of(std::string_view word) {
  using enum LeakRule::Of;
  constexpr std::pair<std::string_view, LeakRule::Of> kKinds[] = {
      {"member", member}, {"header", header}, {"value", value}, {"rule", rule}};
  const auto* const kind = std::ranges::find(kKinds, word, &std::pair<std::string_view, LeakRule::Of>::first);
  return kind == std::end(kKinds) ? std::nullopt : std::optional(kind->second);
}

Result<LeakRule> rule_of(std::string_view line) {
  const auto fault = [](std::string what) { return std::unexpected(Fault{Error::invalid, "", std::move(what)}); };
  const std::string name(take_word(line));
  const std::string_view word = take_word(line);
  const auto kind = kind_of(word);
  if (!kind) return fault(fmt::format("expected member, header or value behind '{}', found '{}'", name, word));
  const std::string text(line.substr(0, line.find_last_not_of(kSpace) + 1));
  if (text.empty()) return fault("a pattern is missing");
  if (*kind == LeakRule::Of::rule && name != "allow") return fault("only 'allow' takes the name of a rule");
  auto pattern = Pattern::compile(text, *kind != LeakRule::Of::value);
  if (!pattern) return fault(fmt::format("'{}' is no pattern: {}", text, pattern.error().what));
  return LeakRule{name, *kind, std::move(*pattern)};
}

}  // namespace

Result<LeakRules> LeakRules::parse(std::string_view text, const std::string& path) {
  LeakRules rules;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t first = line.find_first_not_of(kSpace);
    if (first == line.npos || line[first] == '#') continue;
    auto rule = rule_of(line);
    if (!rule) return std::unexpected(Fault{Error::invalid, fmt::format("{}:{}", path, number), rule.error().what});
    rules.rules_.push_back(std::move(*rule));
  }
  return rules;
}

bool LeakRules::allows(std::string_view text, std::size_t begin, std::size_t end) const {
  return std::ranges::any_of(rules_, [&](const LeakRule& rule) {
    return rule.of == LeakRule::Of::value && rule.allows() && rule.pattern.covers(text, begin, end);
  });
}

std::string_view LeakRules::find(LeakRule::Of of, std::string_view text, bool allowing) const {
  const auto meant = [&](const LeakRule& rule) {
    return rule.of == of && rule.allows() == allowing && rule.pattern.matches(text);
  };
  const auto rule = std::ranges::find_if(rules_, meant);
  return rule == rules_.end() ? std::string_view() : std::string_view(rule->name);
}

}  // namespace corpus
