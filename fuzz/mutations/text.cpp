// Strings and keys: spelled otherwise, longer, shorter, with characters that few expect. All of it stays valid.
#include <algorithm>

#include "fuzz/byte_edit.h"
#include "fuzz/escapes.h"
#include "fuzz/json_lexer.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

/// Around the sizes of buffers and of simdjson's blocks.
constexpr std::uint32_t kLengths[] = {0,   1,   2,   3,   4,   7,    8,    9,    15,   16,   17,   31,   32,
                                      33,  36,  37,  50,  63,  64,   65,   100,  127,  128,  129,  255,  256,
                                      257, 300, 511, 512, 513, 1000, 1023, 1024, 1025, 2048, 4095, 4096, 4097};

/// Of one to four bytes, so that a limit in bytes falls inside of them.
constexpr std::string_view kFillers[] = {"a", "a", "0", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};

/// Inside of JSON strings, as JSON spells them.
constexpr std::string_view kSpecial[] = {"",
                                         " ",
                                         "  ",
                                         "\\u0000",
                                         "a\\u0000",
                                         "\\u0000b",
                                         "a\\u0000b",
                                         "null",
                                         "true",
                                         "0",
                                         "-1",
                                         "1x",
                                         " 1",
                                         "1 ",
                                         "+1",
                                         "0x10",
                                         "1e5",
                                         "1.5",
                                         "NaN",
                                         "99999999999999999999",
                                         "%s%s%n",
                                         "../../x",
                                         "\\\"",
                                         "\\\\",
                                         "\\n",
                                         "\\r\\n",
                                         "\\t",
                                         "\x7f",
                                         "\xef\xbb\xbf",
                                         "\xe2\x80\xa8",
                                         "\xe2\x80\xae",
                                         "\xe2\x80\x8b",
                                         "\xef\xbf\xbd",
                                         "\xf4\x8f\xbf\xbf",
                                         "\xf0\x9f\x98\x80",
                                         "e\xcc\x81",
                                         "\xc3\x9f",
                                         "\xc4\xb0",
                                         "\\ud83d\\ude00",
                                         "\\u2028",
                                         "\\ufeff",
                                         "{}",
                                         "{\\\"id\\\":1}",
                                         "[",
                                         "<b>&amp;</b>",
                                         "'; --",
                                         "28:2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93",
                                         "+12065550142",
                                         "W/\\\"1\\\"",
                                         ",",
                                         ":",
                                         "/",
                                         "#"};

constexpr std::string_view kDates[] = {"0000-00-00T00:00:00Z",
                                       "0001-01-01T00:00:00Z",
                                       "1969-12-31T23:59:59Z",
                                       "1970-01-01T00:00:00Z",
                                       "2016-12-31T23:59:60Z",
                                       "2024-02-29T12:00:00Z",
                                       "2023-02-29T12:00:00Z",
                                       "2038-01-19T03:14:08Z",
                                       "9999-12-31T23:59:59Z",
                                       "10000-01-01T00:00:00Z",
                                       "2026-13-01T00:00:00Z",
                                       "2026-03-05T25:00:00Z",
                                       "2026-03-05T10:11:12",
                                       "2026-03-05",
                                       "2026-03-05T10:11:12.123456789Z",
                                       "2026-03-05T10:11:12.Z",
                                       "2026-03-05T10:11:12+14:00",
                                       "2026-03-05 10:11:12Z",
                                       "2026-03-05T10:11:12-99:99",
                                       "-2026-03-05T10:11:12Z",
                                       "/Date(1519383910000)/",
                                       "20260305T101112Z",
                                       "2026-3-5T1:1:1Z",
                                       "Thu, 05 Mar 2026 10:11:12 GMT"};

/// Adds the inside of a string with some of its characters as escapes: one, or all, in digits of either case.
void add_respelled(std::string_view inside, Random& random, Scratch& out) {
  const std::size_t only = random.one_in(3) ? std::string_view::npos : random.below(inside.size());
  for (std::size_t at = 0; at < inside.size();) {
    const std::size_t escaped = inside[at] == '\\' ? std::max<std::size_t>(escape_length(inside, at), 2) : 0;
    const std::size_t length = escaped != 0 ? escaped : std::max<std::size_t>(utf8_length(inside, at), 1);
    const bool chosen = escaped == 0 && (only == std::string_view::npos || (only >= at && only < at + length));
    const std::uint32_t character = chosen ? character_at(inside, at, length) : 0;
    if (chosen && character == '/') {
      out.add("\\/");
    } else if (chosen && character >= 0x10000) {
      add_escape(0xd800 + ((character - 0x10000) >> 10), out);
      add_escape(0xdc00 + ((character - 0x10000) & 0x3ff), out);
    } else if (chosen) {
      add_escape(character, out);
    } else {
      out.add(inside.substr(at, length));
    }
    at += length;
  }
}

/// Makes bench.scratch `length` bytes long, give or take a character: cut, or filled with `filler`.
void resize(Workbench& bench, std::size_t length, std::string_view filler) {
  std::size_t size = std::min(bench.scratch.size(), length);
  // A character of several bytes is not cut; it goes.
  const std::string_view text = bench.scratch.view();
  while (size != 0 && size < text.size() && (text[size] & '\xc0') == '\x80') --size;
  bench.scratch.resize(size);
  // The first filler may be ASCII, so that longer characters straddle the length instead of ending at it.
  const std::size_t shift = bench.random.below(filler.size());
  if (length > size) bench.scratch.add(std::string_view("aaaa").substr(0, std::min(shift, length - size)));
  while (bench.scratch.size() < length) bench.scratch.add(filler);
}

/// A length that there is room for.
std::size_t length_that_fits(Workbench& bench, std::size_t now) {
  for (int attempt = 0; attempt < 4; ++attempt) {
    const std::size_t length = bench.random.pick(kLengths);
    if (length <= now + bench.draft.spare()) return length;
  }
  return 0;
}

/// The place of a character's first byte, by chance.
std::size_t boundary_in(std::string_view text, Random& random) {
  std::size_t place = random.below(text.size() + 1);
  while (place != 0 && place < text.size() && (text[place] & '\xc0') == '\x80') --place;
  return place;
}

}  // namespace

bool respell_text(Workbench& bench, std::uint32_t at) {
  const std::string_view text = inside(bench.index.value(bench.index[at]));
  if (text.empty()) return false;
  bench.scratch.clear();
  bench.scratch.add('"');
  add_respelled(text, bench.random, bench.scratch);
  bench.scratch.add('"');
  return set_value(bench, at, bench.scratch.view());
}

bool escape_key(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  if (node.key_begin == node.key_end) return false;
  bench.scratch.clear();
  add_respelled(bench.index.key(node), bench.random, bench.scratch);
  bench.draft.replace(node.key_begin, node.key_end, bench.scratch.view());
  bench.draft.finish();
  return true;
}

bool special_text(Workbench& bench, std::uint32_t at) {
  bench.scratch.clear();
  bench.scratch.add('"').add(bench.random.pick(kSpecial)).add('"');
  return set_value(bench, at, bench.scratch.view());
}

bool insert_text(Workbench& bench, std::uint32_t at) {
  const std::string_view text = text_of(bench, at);
  const std::uint32_t how = bench.random.below(3);
  const std::size_t place = how == 0 ? 0 : how == 1 ? text.size() : boundary_in(text, bench.random);
  bench.other.clear();
  bench.other.add('"');
  escape(text.substr(0, place), bench.other);
  bench.other.add(bench.random.pick(kSpecial));
  escape(text.substr(place), bench.other);
  bench.other.add('"');
  return set_value(bench, at, bench.other.view());
}

bool resize_text(Workbench& bench, std::uint32_t at) {
  text_of(bench, at);
  const std::size_t length = length_that_fits(bench, bench.scratch.size());
  resize(bench, length, bench.random.pick(kFillers));
  return set_text(bench, at, bench.scratch.view());
}

bool resize_key(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  bench.scratch.clear();
  unescape(bench.index.key(node), bench.scratch);
  resize(bench, length_that_fits(bench, bench.scratch.size()), bench.random.pick(kFillers));
  bench.other.clear();
  escape(bench.scratch.view(), bench.other);
  bench.draft.replace(node.key_begin, node.key_end, bench.other.view());
  bench.draft.finish();
  return true;
}

bool edit_text(Workbench& bench, std::uint32_t at) {
  const std::size_t size = text_of(bench, at).size();
  // Room for what an engine inserts; more would only move the bytes that matter out of its reach.
  const std::size_t most = std::min<std::size_t>(size + 64, Scratch::kRoom);
  const ByteMutation edit = bench.engine;
  auto* bytes = reinterpret_cast<std::uint8_t*>(bench.scratch.data());
  const std::size_t length =
      edit != nullptr && size != 0 ? edit(bytes, size, most) : edit_bytes(bench.random, bytes, size, most);
  bench.scratch.resize(length);
  return set_text(bench, at, bench.scratch.view());
}

bool date_text(Workbench& bench, std::uint32_t at) {
  return set_text(bench, at, bench.random.pick(kDates));
}

}  // namespace fuzz
