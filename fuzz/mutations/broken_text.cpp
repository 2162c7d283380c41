// Strings that are none: broken escapes, broken UTF-8, half characters.
#include "fuzz/escapes.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

/// A place between two characters inside of the string's quotes, or behind its opening quote.
std::size_t place_in(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  const std::string_view text = inside(bench.index.value(node));
  std::size_t place = bench.random.below(text.size() + 1);
  while (place != 0 && place < text.size() && (text[place] & '\xc0') == '\x80') --place;
  return node.begin + 1 + place;
}

bool insert_raw(Workbench& bench, std::uint32_t at, std::string_view bytes) {
  bench.draft.insert(place_in(bench, at), bytes);
  bench.draft.finish();
  return true;
}

}  // namespace

bool broken_escape(Workbench& bench, std::uint32_t at) {
  static constexpr std::string_view kEscapes[] = {"\\ud800",
                                                  "\\udc00",
                                                  "\\ud800\\ud800",
                                                  "\\udfff\\ud800",
                                                  "\\uD83D",
                                                  "\\ud83dx",
                                                  "\\u12",
                                                  "\\uzzzz",
                                                  "\\u",
                                                  "\\x41",
                                                  "\\a",
                                                  "\\0",
                                                  "\\'",
                                                  "\\",
                                                  "\\ud83d\\n",
                                                  "\\ud800\\u0041"};
  return insert_raw(bench, at, bench.random.pick(kEscapes));
}

bool broken_utf8(Workbench& bench, std::uint32_t at) {
  using std::string_view_literals::operator""sv;
  static constexpr std::string_view kBytes[] = {"\x80"sv,
                                                "\xbf"sv,
                                                "\xc0\x80"sv,
                                                "\xc1\xbf"sv,
                                                "\xc3"sv,
                                                "\xe2\x82"sv,
                                                "\xe0\x80\xaf"sv,
                                                "\xed\xa0\x80"sv,
                                                "\xed\xb0\x80"sv,
                                                "\xf0\x9f\x98"sv,
                                                "\xf0\x80\x80\x80"sv,
                                                "\xf4\x90\x80\x80"sv,
                                                "\xf8\x88\x80\x80\x80"sv,
                                                "\xfe"sv,
                                                "\xff"sv,
                                                "\0"sv,
                                                "\n"sv,
                                                "\x1f"sv};
  return insert_raw(bench, at, bench.random.pick(kBytes));
}

bool byte_order_mark(Workbench& bench, std::uint32_t) {
  using std::string_view_literals::operator""sv;
  static constexpr std::string_view kMarks[] = {"\xef\xbb\xbf"sv, "\xef\xbb\xbf"sv, "\xff\xfe"sv,
                                                "\xfe\xff"sv,     "\xef\xbb"sv,     "\0"sv};
  bench.draft.insert(0, bench.random.pick(kMarks));
  bench.draft.finish();
  return true;
}

}  // namespace fuzz
