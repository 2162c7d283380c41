// Numbers, and strings that hold them.
#include <algorithm>
#include <array>
#include <charconv>

#include "fuzz/escapes.h"
#include "fuzz/json_lexer.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

/// Edges of the types that handlers keep numbers in, of tables that they index, and of arithmetic on them.
constexpr std::string_view kEdges[] = {"0",
                                       "1",
                                       "-1",
                                       "2",
                                       "9",
                                       "10",
                                       "99",
                                       "100",
                                       "127",
                                       "128",
                                       "-128",
                                       "255",
                                       "256",
                                       "599",
                                       "600",
                                       "999",
                                       "1000",
                                       "9999",
                                       "10000",
                                       "32767",
                                       "32768",
                                       "-32768",
                                       "-32769",
                                       "65535",
                                       "65536",
                                       "99999",
                                       "1000000",
                                       "2147483647",
                                       "2147483648",
                                       "-2147483648",
                                       "-2147483649",
                                       "4294967295",
                                       "4294967296",
                                       "9007199254740992",
                                       "9007199254740993",
                                       "9223372036854775807",
                                       "-9223372036854775808",
                                       "9223372036854775808",
                                       "18446744073709551615"};

/// Numbers that are JSON, but no integers, or not as most spell them.
constexpr std::string_view kSpellings[] = {"0.0",
                                           "-0",
                                           "-0.0",
                                           "1.0",
                                           "1e0",
                                           "1E+2",
                                           "100e-2",
                                           "0.5",
                                           "-0.5",
                                           "1.5",
                                           "1e9",
                                           "1e10",
                                           "1e18",
                                           "1e19",
                                           "1e30",
                                           "1e300",
                                           "1e-300",
                                           "1e-400",
                                           "5e-324",
                                           "1.7976931348623157e308",
                                           "0.1e1",
                                           "2.5e1",
                                           "-1e3",
                                           "0.30000000000000004",
                                           "123456789012345678.0",
                                           "0e0"};

constexpr std::string_view kBroken[] = {"01",
                                        "-01",
                                        "00",
                                        "1.",
                                        ".5",
                                        "+1",
                                        "1e",
                                        "1e+",
                                        "0x10",
                                        "1_000",
                                        "-",
                                        "NaN",
                                        "nan",
                                        "Infinity",
                                        "-Infinity",
                                        "1e400",
                                        "-1e400",
                                        "1,5",
                                        "١",
                                        "1 2",
                                        "0b1",
                                        "100000000000000000000",
                                        "18446744073709551616",
                                        "-9223372036854775809"};

/// Where the value's digits may be written: the value, or between the quotes of a string.
Range place_of(const Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  const std::size_t quote = node.kind == Kind::string && node.end - node.begin >= 2 ? 1 : 0;
  return {node.begin + quote, node.end - quote};
}

bool set_number(Workbench& bench, std::uint32_t at, std::string_view number) {
  const Range place = place_of(bench, at);
  if (bench.text().substr(place.begin, place.end - place.begin) == number) return false;
  bench.draft.replace(place.begin, place.end, number);
  bench.draft.finish();
  return true;
}

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

}  // namespace

bool number_edge(Workbench& bench, std::uint32_t at) {
  return set_number(bench, at, bench.random.pick(kEdges));
}

bool nudge_number(Workbench& bench, std::uint32_t at) {
  const Range place = place_of(bench, at);
  const std::string_view old = bench.text().substr(place.begin, place.end - place.begin);
  std::int64_t number = 0;
  const auto read = std::from_chars(old.data(), old.data() + old.size(), number);
  if (read.ec != std::errc() || number < -1000000000000 || number > 1000000000000) return false;
  const std::int64_t step = 1 + bench.random.below(bench.random.one_in(2) ? 3 : 1000);
  const std::int64_t moved[] = {number + 1, number - 1,  number + step, number - step,
                                -number,    number * 10, number / 2,    number * 256};
  std::array<char, 24> written;
  const auto end = std::to_chars(written.data(), written.data() + written.size(), bench.random.pick(moved)).ptr;
  return set_number(bench, at, {written.data(), static_cast<std::size_t>(end - written.data())});
}

bool respell_number(Workbench& bench, std::uint32_t at) {
  const Range place = place_of(bench, at);
  const std::string_view old = bench.text().substr(place.begin, place.end - place.begin);
  const bool whole = !old.empty() && old.find_first_not_of("0123456789") == std::string_view::npos;
  if (!whole || bench.random.one_in(2)) return set_number(bench, at, bench.random.pick(kSpellings));
  static constexpr std::string_view kEnds[] = {".0", "e0", "E+0", ".5", "e-1", "e1", ".000", ".25"};
  // The same number, or nearly, spelled otherwise; leading zeros would be no JSON.
  bench.scratch.clear();
  bench.scratch.add(old).add(bench.random.pick(kEnds));
  return set_number(bench, at, bench.scratch.view());
}

bool number_from_text(Workbench& bench, std::uint32_t at) {
  const std::string_view text = inside(bench.index.value(bench.index[at]));
  std::size_t begin = 0;
  while (begin < text.size() && !is_digit(text[begin])) ++begin;
  std::size_t end = begin;
  while (end < text.size() && is_digit(text[end])) ++end;
  // Leading zeros are no number.
  while (begin + 1 < end && text[begin] == '0') ++begin;
  const std::string_view digits = text.substr(begin, end - begin);
  if (digits.empty() || digits.size() > 18) return false;
  return set_value(bench, at, digits);
}

bool digit_run(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  const std::string_view value = bench.index.value(node);
  std::size_t place = bench.random.below(value.size());
  for (std::size_t step = 0; step < value.size() && !is_digit(value[place]); ++step) place = (place + 1) % value.size();
  // In an escape a digit more would make another character, or none.
  if (!is_digit(value[place]) || value.find("\\u") < place) return false;
  static constexpr std::uint32_t kRuns[] = {1, 2, 5, 9, 10, 18, 19, 20, 30, 40, 64, 100, 256, 400};
  std::size_t count = bench.random.pick(kRuns);
  // Numbers stay within 64 bits: longer ones are for broken_number, since many readers refuse them.
  if (node.kind == Kind::number) {
    if (value.find_first_of(".eE") != std::string_view::npos || value.size() > 17) return false;
    count = std::min<std::size_t>(count, 18 - value.size());
  }
  const char digit = bench.random.one_in(2) ? '9' : bench.random.one_in(2) ? '1' : '0';
  bench.draft.keep(node.begin + place + 1);
  for (std::size_t added = 0; added < count; ++added) bench.draft.put(digit);
  // A number that begins with 0 takes no digit behind it.
  bench.draft.finish();
  return node.kind != Kind::number || value[value[0] == '-' ? 1 : 0] != '0';
}

bool broken_number(Workbench& bench, std::uint32_t at) {
  const Range place = place_of(bench, at);
  const bool quoted = bench.index[at].kind == Kind::string;
  if (quoted) return set_value(bench, at, bench.random.pick(kBroken));
  bench.draft.replace(place.begin, place.end, bench.random.pick(kBroken));
  bench.draft.finish();
  return true;
}

}  // namespace fuzz
