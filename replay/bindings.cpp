#include "replay/bindings.h"

#include <vector>

#include "corpus/ids.h"
#include "corpus/json_scan.h"
#include "corpus/json_text.h"

namespace replay {
namespace {

using corpus::Span;

struct Replacement {
  Span span;
  std::string text;
};

// No id, context or address is longer: a clientContext has at most 256 characters, URLs are kept below 2,000 by habit.
constexpr std::size_t kLongestBound = 2048;

// A shorter text that is no GUID ("1", "audio") may stand anywhere by chance: it is an id only where an id stands.
constexpr std::size_t kShortest = 8;

// Characters that end a part of a longer string: of a path, a query, a URL, a JSON text, prose. A colon is none of
// them ("28:<guid>", thread ids): a GUID behind one is found anyway.
bool is_delimiter(char c) {
  constexpr std::string_view kDelimiters = "/?&=#\"'\\,;()<>[]{} \t\r\n";
  return kDelimiters.find(c) != std::string_view::npos;
}

std::string_view partner(const auto& map, std::string_view text) {
  const auto digits = corpus::guid_digits(text);
  const auto found = map.find(digits ? std::string_view(digits->data(), digits->size()) : text);
  return found == map.end() ? std::string_view() : std::string_view(found->second);
}

// The partner in the spelling of the place it goes to: GUID for GUID; other texts know one spelling only.
std::string in_place_of(std::string_view place, std::string_view with) {
  if (corpus::is_guid(place) && corpus::is_guid(with)) return corpus::spelled_like(corpus::canonical_id(with), place);
  return std::string(with);
}

// Where the JSON string that starts at the quote `begin` ends (the closing quote); npos if it does not.
std::size_t closing_quote(std::string_view text, std::size_t begin) {
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i;
    }
  }
  return std::string_view::npos;
}

// Whether the text ends where the value of a clientContext begins.
bool is_context(std::string_view before) {
  const std::size_t colon = before.find_last_not_of(" \t\r\n");
  return colon != std::string_view::npos && before.substr(0, colon + 1).ends_with("\"clientContext\":");
}

// The partner of the inside of a JSON string, itself fit to stand there. The map knows texts without escapes.
std::string string_partner(const auto& map, std::string_view inner) {
  std::string unescaped;
  if (inner.find('\\') != std::string_view::npos) corpus::append_unescaped(unescaped, inner);
  const std::string_view with = partner(map, unescaped.empty() ? inner : std::string_view(unescaped));
  if (with.empty()) return {};
  std::string quoted;
  corpus::append_json_string(quoted, in_place_of(inner, with));
  return quoted.substr(1, quoted.size() - 2);
}

// Ids inside a piece of text without bound strings: parts between delimiters first, then GUIDs within a part.
void replace_parts(const auto& map, std::string_view text, std::size_t begin, std::size_t end,
                   std::vector<Replacement>& out) {
  for (std::size_t i = begin; i < end;) {
    if (is_delimiter(text[i])) {
      ++i;
      continue;
    }
    std::size_t stop = i;
    while (stop < end && !is_delimiter(text[stop])) ++stop;
    const std::string_view part = text.substr(i, stop - i);
    const bool by_chance = part.size() < kShortest && (i == 0 || text[i - 1] != '/');
    if (const std::string_view whole = by_chance ? std::string_view() : partner(map, part); !whole.empty()) {
      out.push_back({{i, part.size()}, in_place_of(part, whole)});
    } else if (part.size() > 32) {  // shorter ones cannot hold a GUID and something else
      for (const Span& guid : corpus::find_guids(part)) {
        const std::string_view place = guid.of(part);
        const std::string_view with = partner(map, place);
        if (!with.empty()) out.push_back({{i + guid.begin, guid.length}, in_place_of(place, with)});
      }
    }
    i = stop;
  }
}

// A text that is bound as a whole may hold delimiters itself (a URL, a context with blanks), so strings come first.
std::vector<Replacement> replacements(const auto& map, std::string_view text) {
  std::vector<Replacement> out;
  const std::string_view bound = text.size() <= kLongestBound ? partner(map, text) : std::string_view();
  if (!bound.empty()) {
    out.push_back({{0, text.size()}, in_place_of(text, bound)});
    return out;
  }
  std::size_t done = 0;
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"', done)) {
    replace_parts(map, text, done, quote, out);
    const std::size_t close = closing_quote(text, quote);
    if (close == std::string_view::npos) {
      done = quote + 1;
      continue;
    }
    const std::string_view inner = text.substr(quote + 1, close - quote - 1);
    const bool by_chance = inner.size() < kShortest && !is_context(text.substr(0, quote));
    if (std::string whole = by_chance ? std::string() : string_partner(map, inner); !whole.empty()) {
      out.push_back({{quote + 1, inner.size()}, std::move(whole)});
    } else {
      replace_parts(map, text, quote + 1, close, out);
    }
    done = close + 1;
  }
  replace_parts(map, text, done, text.size(), out);
  return out;
}

std::string rewritten(const auto& map, std::string_view text) {
  if (map.empty()) return std::string(text);
  std::string result;
  result.reserve(text.size());
  std::size_t done = 0;
  for (const Replacement& replacement : replacements(map, text)) {
    result += text.substr(done, replacement.span.begin - done);
    result += replacement.text;
    done = replacement.span.begin + replacement.span.length;
  }
  return result.append(text.substr(done));
}

}  // namespace

Bindings::Outcome Bindings::look(std::string_view recorded, std::string_view live) const {
  const std::string_view bound_live = partner(to_live_, recorded);
  if (!bound_live.empty()) {
    return corpus::canonical_id(bound_live) == corpus::canonical_id(live) ? Outcome::known : Outcome::recorded_taken;
  }
  return partner(to_recorded_, live).empty() ? Outcome::bound : Outcome::live_taken;
}

Bindings::Outcome Bindings::bind(std::string_view recorded, std::string_view live) {
  const Outcome outcome = look(recorded, live);
  if (outcome == Outcome::bound && !recorded.empty() && !live.empty()) {
    to_live_.emplace(corpus::canonical_id(recorded), live);
    to_recorded_.emplace(corpus::canonical_id(live), recorded);
  }
  return outcome;
}

std::string_view Bindings::live_of(std::string_view recorded) const {
  return partner(to_live_, recorded);
}

std::string_view Bindings::recorded_of(std::string_view live) const {
  return partner(to_recorded_, live);
}

std::string Bindings::to_live(std::string_view text) const {
  return rewritten(to_live_, text);
}

std::string Bindings::to_recorded(std::string_view text) const {
  return rewritten(to_recorded_, text);
}

}  // namespace replay
