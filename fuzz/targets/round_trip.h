// What every parser of payloads has to keep, whatever it is given.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "corpus/parse_error.h"
#include "fuzz/target.h"

namespace fuzz {

/// What is refused is refused for a reason and at a place of the text, and a person is told both; what is taken can be
/// written, and is taken again for the same. `parse` and `again` are parsers with memory of their own, called with a
/// text.
template <typename Parse, typename Again>
void round_trip(std::string_view text, Parse parse, Again again) {
  const auto parsed = parse(text);
  if (!parsed) {
    const corpus::ParseError& error = parsed.error();
    FUZZ_ASSERT(!error.what.empty());
    FUZZ_ASSERT(error.offset <= text.size());
    FUZZ_ASSERT(error.pointer.empty() || error.pointer.front() == '/');
    FUZZ_ASSERT(to_string(error).ends_with(error.what + ", byte " + std::to_string(error.offset)));
    return;
  }
  const std::string written = write(*parsed);
  const auto second = again(written);
  FUZZ_ASSERT(second);
  FUZZ_ASSERT(*second == *parsed);
  FUZZ_ASSERT(write(*second) == written);
}

/// A parser is used on where it has been moved to, and what it has parsed and warned of moves with it. `parsed` is what
/// it parsed last.
template <typename Parser, typename Value>
void assert_movable(Parser& parser, const Value& parsed) {
  const std::string before = write(parsed);
  const corpus::Warnings warnings = parser.warnings();
  Parser moved(std::move(parser));
  FUZZ_ASSERT(write(parsed) == before);
  FUZZ_ASSERT(moved.warnings().list == warnings.list && moved.warnings().more == warnings.more);
  for (const corpus::Warning& warning : warnings.list) FUZZ_ASSERT(to_string(warning).ends_with(warning.what));
  parser = std::move(moved);
}

/// A byte order mark moves places by its bytes, adds a warning, and changes nothing else. A body behind one is never
/// read straight from its text, so this also holds the two ways of reading against each other. `parse` is called with
/// one of the parsers and a text.
template <typename Parser, typename Parse>
void assert_mark_passed_over(std::string_view text, Parser& parser, Parser& other, Parse parse) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) return;
  const auto parsed = parse(parser, text);
  const auto marked = parse(other, std::string(kMark).append(text));
  FUZZ_ASSERT(parsed.has_value() == marked.has_value());
  if (parsed) {
    FUZZ_ASSERT(*parsed == *marked);
  } else {
    const corpus::ParseError& error = parsed.error();
    FUZZ_ASSERT((marked.error() == corpus::ParseError{error.what, error.pointer, error.offset + kMark.size()}));
  }
  const corpus::Warnings& fewer = parser.warnings();
  const corpus::Warnings& more = other.warnings();
  FUZZ_ASSERT(fewer.list.size() + fewer.more + 1 == more.list.size() + more.more);
  for (std::size_t at = 0; at + 1 < more.list.size(); ++at) FUZZ_ASSERT(fewer.list[at] == more.list[at + 1]);
}

/// A parser with lower limits takes a body for the same, or refuses it for one of them. `parsed` and `limited` are what
/// two parsers make of it.
template <typename Parsed>
void assert_limits_only(const Parsed& parsed, const Parsed& limited) {
  if (limited) {
    FUZZ_ASSERT(parsed && *limited == *parsed);
  } else if (parsed) {
    const std::string_view what = limited.error().what;
    FUZZ_ASSERT(what.starts_with("longer than ") || what.starts_with("nested deeper than ") ||
                what.starts_with("expected no more than "));
  }
}

}  // namespace fuzz
