#include "replay/bindings.h"

#include <algorithm>

#include "corpus/ids.h"
#include "corpus/json_scan.h"
#include "corpus/json_text.h"

namespace replay {
namespace {

using corpus::Span;

// No id, context or address is longer: a clientContext has at most 256 characters, URLs are kept below 2,000 by habit.
constexpr std::size_t kLongestBound = 2048;

// A shorter text that is no GUID ("1", "audio") may stand anywhere by chance: it is an id only where an id stands.
constexpr std::size_t kShortest = 8;

// Characters that end a part of a longer string: of a path, a query, a URL, a JSON text, prose. A colon is none of
// them ("28:<guid>", thread ids): a GUID behind one is found anyway. A table, because every byte is asked for.
constexpr auto kDelimiters = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("/?&=#\"'\\,;()<>[]{} \t\r\n")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool is_delimiter(char c) {
  return kDelimiters[static_cast<unsigned char>(c)];
}

bool has_upper(std::string_view text) {
  unsigned upper = 0;  // without a branch for each byte
  for (const char c : text) upper |= static_cast<unsigned char>(c - 'A') < 26u;
  return upper != 0;
}

// The partner in the spelling of the place it goes to: GUID for GUID; other texts know one spelling only. Mostly both
// have the same one: then `with` itself is given back, and `spelled` is left alone.
std::string_view in_place_of(std::string_view place, std::string_view with, std::string& spelled) {
  if (place.size() == with.size() && !has_upper(place) && !has_upper(with)) return with;
  if (!corpus::is_guid(place) || !corpus::is_guid(with)) return with;
  spelled = corpus::spelled_like(corpus::canonical_id(with), place);
  return spelled;
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

}  // namespace

std::string_view Bindings::Map::find(std::string_view id) const {
  if (const auto guid = corpus::guid_bits(id)) {
    const Partner* partner = guids_.find(*guid);
    if (partner == nullptr) return {};
    return partner->size != 0 ? std::string_view(partner->text.data(), partner->size) : others_[partner->other];
  }
  if (!lengths_[id.size() % lengths_.size()]) return {};
  const auto found = texts_.find(id);
  return found == texts_.end() ? std::string_view() : std::string_view(found->second);
}

void Bindings::Map::add(std::string_view id, std::string_view partner) {
  if (const auto guid = corpus::guid_bits(id)) {
    Partner kept;
    if (corpus::is_guid(partner)) {
      kept.size = static_cast<std::uint8_t>(partner.copy(kept.text.data(), kept.text.size()));
    } else {
      only_guids_ = false;
      kept.other = static_cast<std::uint32_t>(others_.size());
      others_.emplace_back(partner);
    }
    guids_.add(*guid, kept);
  } else {
    texts_.emplace(id, partner);
    lengths_.set(id.size() % lengths_.size());
    only_guids_ = only_guids_ && id == partner && corpus::find_guids(id).empty();
  }
}

// Writes one text with its ids replaced, behind what is there.
class Bindings::Rewriter {
 public:
  Rewriter(const Map& map, std::string_view text, std::string& out) : map_(map), text_(text), out_(out) {}
  void write();

 private:
  void guids(std::size_t begin, std::size_t end);
  bool string(std::size_t begin, std::size_t end);
  void parts(std::size_t begin, std::size_t end);
  void part(std::size_t begin, std::size_t end);
  void replace(std::size_t begin, std::size_t end, std::string_view with);

  const Map& map_;
  std::string_view text_;
  std::string& out_;
  std::size_t done_ = 0;  // what stands before this has been written
  std::string spelled_;   // room for a partner in another spelling than its own
};

void Bindings::Rewriter::replace(std::size_t begin, std::size_t end, std::string_view with) {
  out_.append(text_, done_, begin - done_).append(with);
  done_ = end;
}

void Bindings::Rewriter::guids(std::size_t begin, std::size_t end) {
  const std::string_view piece = text_.substr(begin, end - begin);
  for (const Span& guid : corpus::find_guids(piece)) {
    const std::string_view place = guid.of(piece);
    const std::string_view with = map_.find(place);
    if (!with.empty())
      replace(begin + guid.begin, begin + guid.begin + guid.length, in_place_of(place, with, spelled_));
  }
}

// The inside of a JSON string, if it is bound as a whole. The map knows texts without escapes.
bool Bindings::Rewriter::string(std::size_t begin, std::size_t end) {
  const std::string_view inner = text_.substr(begin, end - begin);
  if (inner.size() < kShortest && !is_context(text_.substr(0, begin - 1))) return false;
  std::string unescaped;
  if (inner.find('\\') != std::string_view::npos) corpus::append_unescaped(unescaped, inner);
  const std::string_view with = map_.find(unescaped.empty() ? inner : std::string_view(unescaped));
  if (with.empty()) return false;
  if (corpus::is_guid(inner) && corpus::is_guid(with)) {  // nothing in it has to be escaped
    replace(begin, end, in_place_of(inner, with, spelled_));
    return true;
  }
  std::string quoted;
  corpus::append_json_string(quoted, in_place_of(inner, with, spelled_));
  replace(begin, end, std::string_view(quoted).substr(1, quoted.size() - 2));
  return true;
}

// Ids inside a piece of text without bound strings: parts between delimiters first, then GUIDs within a part.
void Bindings::Rewriter::parts(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end;) {
    if (is_delimiter(text_[i])) {
      ++i;
      continue;
    }
    std::size_t stop = i;
    while (stop < end && !is_delimiter(text_[stop])) ++stop;
    part(i, stop);
    i = stop;
  }
}

void Bindings::Rewriter::part(std::size_t begin, std::size_t end) {
  const std::string_view part = text_.substr(begin, end - begin);
  const char before = begin == 0 ? '\0' : text_[begin - 1];
  if (part.size() < kShortest && before != '/') return;  // there by chance
  if (const std::string_view whole = map_.find(part); !whole.empty()) {
    replace(begin, end, in_place_of(part, whole, spelled_));
  } else if (part.size() > 32) {  // shorter ones cannot hold a GUID and something else
    guids(begin, end);
  }
}

// A text that is bound as a whole may hold delimiters itself (a URL, a context with blanks), so strings come first.
// Where all is GUIDs, nothing but an escape could hide one from a look at the text as it stands.
void Bindings::Rewriter::write() {
  if (map_.only_guids() && text_.find('\\') == std::string_view::npos) {
    guids(0, text_.size());
    out_.append(text_, done_);
    return;
  }
  const std::string_view bound = text_.size() <= kLongestBound ? map_.find(text_) : std::string_view();
  if (!bound.empty()) return replace(0, text_.size(), in_place_of(text_, bound, spelled_));
  std::size_t looked_at = 0;
  for (std::size_t quote = text_.find('"'); quote != std::string_view::npos; quote = text_.find('"', looked_at)) {
    parts(looked_at, quote);
    const std::size_t close = closing_quote(text_, quote);
    if (close == std::string_view::npos) {
      looked_at = quote + 1;
      continue;
    }
    if (!string(quote + 1, close)) parts(quote + 1, close);
    looked_at = close + 1;
  }
  parts(looked_at, text_.size());
  out_.append(text_, done_);
}

Bindings::Outcome Bindings::look(std::string_view recorded, std::string_view live) const {
  const std::string_view bound_live = to_live_.find(recorded);
  if (!bound_live.empty()) return corpus::same_id(bound_live, live) ? Outcome::known : Outcome::recorded_taken;
  return to_recorded_.find(live).empty() ? Outcome::bound : Outcome::live_taken;
}

Bindings::Outcome Bindings::bind(std::string_view recorded, std::string_view live) {
  const Outcome outcome = look(recorded, live);
  if (outcome == Outcome::bound && !recorded.empty() && !live.empty()) {
    to_live_.add(recorded, live);
    to_recorded_.add(live, recorded);
  }
  return outcome;
}

std::string_view Bindings::live_of(std::string_view recorded) const {
  return to_live_.find(recorded);
}

std::string_view Bindings::recorded_of(std::string_view live) const {
  return to_recorded_.find(live);
}

std::string Bindings::to_live(std::string_view text) const {
  std::string result;
  if (to_live_.empty()) return result.append(text);
  result.reserve(text.size());
  Rewriter(to_live_, text, result).write();
  return result;
}

std::string Bindings::to_recorded(std::string_view text) const {
  std::string result;
  append_recorded(result, text);
  return result;
}

void Bindings::append_recorded(std::string& out, std::string_view text) const {
  if (to_recorded_.empty()) {
    out += text;
  } else {
    Rewriter(to_recorded_, text, out).write();
  }
}

}  // namespace replay
