// Property: the map of ids stays one to one, whatever is bound in whatever order, and what it rewrites to live ids it
// rewrites back.
#include <algorithm>
#include <cctype>
#include <map>
#include <string>

#include "corpus/ids.h"
#include "fuzz/target.h"
#include "replay/bindings.h"

namespace {

using Map = std::map<std::string, std::string>;

std::string take_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return std::string(line);
}

/// Binds the pair and holds the outcome against a map that is as simple as can be.
void bind(replay::Bindings& bindings, Map& model, const std::string& recorded, const std::string& live) {
  using Outcome = replay::Bindings::Outcome;
  const std::string key = corpus::canonical_id(recorded), value = corpus::canonical_id(live);
  const auto known = model.find(key);
  const bool live_taken = std::ranges::any_of(model, [&](const auto& pair) { return pair.second == value; });
  Outcome expected = live_taken ? Outcome::live_taken : Outcome::bound;
  if (known != model.end()) expected = known->second == value ? Outcome::known : Outcome::recorded_taken;
  FUZZ_ASSERT(bindings.look(recorded, live) == expected);
  FUZZ_ASSERT(bindings.bind(recorded, live) == expected);
  if (expected == Outcome::bound) model.emplace(key, value);
}

std::string lower(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return text;
}

}  // namespace

// The input: pairs of ids, a line each, up to an empty line; then a text to rewrite.
FUZZ_TARGET(bytes) {
  std::string_view text = fuzz::text_of(bytes);
  replay::Bindings bindings;
  Map model;
  bool guids = true;
  for (std::string line = take_line(text); !line.empty() && model.size() < 50; line = take_line(text)) {
    const std::size_t space = std::min(line.find(' '), line.size());
    const std::string recorded = line.substr(0, space), live = line.substr(std::min(space + 1, line.size()));
    if (recorded.empty() || live.empty()) continue;
    guids = guids && corpus::is_guid(recorded) && corpus::is_guid(live);
    bind(bindings, model, recorded, live);
  }
  FUZZ_ASSERT(bindings.size() == model.size());
  for (const auto& [recorded, live] : model) {
    FUZZ_ASSERT(corpus::canonical_id(bindings.live_of(recorded)) == live);
    FUZZ_ASSERT(corpus::canonical_id(bindings.recorded_of(live)) == recorded);
  }
  // A text that holds a live id already has no way back. A GUID of digits alone has no case to keep.
  const std::string live = bindings.to_live(text);
  if (guids && bindings.to_recorded(text) == text)
    FUZZ_ASSERT(lower(bindings.to_recorded(live)) == lower(std::string(text)));
}
