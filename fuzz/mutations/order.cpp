// Etags and sequence numbers: backwards, equal, with gaps, at the edges.
#include <algorithm>
#include <array>
#include <charconv>

#include "fuzz/escapes.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"
#include "fuzz/names.h"

namespace fuzz {
namespace {

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

/// The longest run of digits that begins first, with the minus before it.
Range digits_in(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size() && !is_digit(text[begin])) begin += text.substr(begin).starts_with("\\u") ? 6 : 1;
  begin = std::min(begin, text.size());
  std::size_t end = begin;
  while (end < text.size() && is_digit(text[end])) ++end;
  return {begin != 0 && begin != end && text[begin - 1] == '-' ? begin - 1 : begin, end};
}

bool has_digits(std::string_view text) {
  const Range place = digits_in(text);
  return place.begin != place.end;
}

/// Older, the same in another spelling of the number, newer, or far away.
void add_moved(std::string_view digits, Random& random, Scratch& out) {
  static constexpr std::int64_t kSteps[] = {-1, -1, -1, -2, -10, -1000, 1, 2, 3, 10, 100, 1000, 100000, -100000};
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  // Unsigned, because the number may stand at an edge already.
  const auto moved =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(number) + static_cast<std::uint64_t>(random.pick(kSteps)));
  std::array<char, 24> written;
  const auto end = std::to_chars(written.data(), written.data() + written.size(), moved).ptr;
  out.add({written.data(), static_cast<std::size_t>(end - written.data())});
}

constexpr std::string_view kEdges[] = {"0",
                                       "1",
                                       "-1",
                                       "9",
                                       "10",
                                       "99",
                                       "100",
                                       "32767",
                                       "32768",
                                       "65535",
                                       "65536",
                                       "2147483647",
                                       "2147483648",
                                       "-2147483648",
                                       "4294967295",
                                       "4294967296",
                                       "9007199254740993",
                                       "9223372036854775807",
                                       "-9223372036854775808",
                                       "9223372036854775808",
                                       "18446744073709551615"};

/// Writes the input with `digits` for the digits of the value, whatever is around them. Of a number with a fraction or
/// an exponent nothing stays around: together they could be more than any reader takes.
bool set_digits(Workbench& bench, std::uint32_t at, std::string_view digits) {
  const Node& node = bench.index[at];
  const bool fraction = bench.index.value(node).find_first_of(".eE") != std::string_view::npos;
  if (node.kind == Kind::number && fraction) return set_value(bench, at, digits);
  const Range place = digits_in(bench.index.value(node));
  if (place.begin == place.end) return false;
  bench.draft.replace(node.begin + place.begin, node.begin + place.end, digits);
  bench.draft.finish();
  return true;
}

}  // namespace

bool age_value(Workbench& bench, std::uint32_t at) {
  const std::string_view value = bench.index.value(bench.index[at]);
  const Range place = digits_in(value);
  if (place.begin == place.end) return false;
  bench.scratch.clear();
  add_moved(value.substr(place.begin, place.end - place.begin), bench.random, bench.scratch);
  return set_digits(bench, at, bench.scratch.view());
}

bool order_edge(Workbench& bench, std::uint32_t at) {
  if (set_digits(bench, at, bench.random.pick(kEdges))) return true;
  return set_value(bench, at, bench.random.pick(kEdges));
}

bool respell_order(Workbench& bench, std::uint32_t at) {
  static constexpr std::string_view kOthers[] = {"W/\"\"", "\"\"",       "",         "W/",       "W/\"",
                                                 "*",      "W/\"x\"",    "x",        "W/\"-1\"", "1.0",
                                                 "-",      "W/\"5\"6\"", "w/\"51\"", "W/51",     "\"51\""};
  const std::string_view value = bench.index.value(bench.index[at]);
  const Range place = digits_in(value);
  const std::string_view digits = value.substr(place.begin, place.end - place.begin);
  bench.scratch.clear();
  switch (digits.empty() ? 0 : bench.random.below(7)) {
    case 0:
    case 1:
      bench.scratch.add(bench.random.pick(kOthers));
      break;
    case 2:
      bench.scratch.add("W/\"").add(digits).add('"');
      break;
    case 3:
      bench.scratch.add('"').add(digits).add('"');
      break;
    case 4:
      bench.scratch.add(digits);
      break;
    case 5:
      bench.scratch.add("W/\"0").add(digits).add('"');
      break;
    default:
      bench.scratch.add("W/\"").add(digits).add("x\"");
  }
  return set_text(bench, at, bench.scratch.view());
}

namespace {

/// One of the orders in the notification, each as likely as the others; 0 if it has none.
std::uint32_t order_in(Workbench& bench, std::uint32_t notification) {
  std::uint32_t order = 0;
  std::uint32_t seen = 0;
  for (std::uint32_t node = notification; node < bench.index[notification].next; ++node) {
    const std::string_view value = bench.index.value(bench.index[node]);
    const bool whole = bench.index[node].kind != Kind::number || value.find_first_of(".eE") == std::string_view::npos;
    const bool found = (traits_of(bench, node) & is_order) != 0 && whole && has_digits(value);
    if (found && bench.random.one_in(++seen)) order = node;
  }
  return order;
}

/// Two copies of a notification that has no order: each gets one, in the first object that it is about.
bool order_both(Workbench& bench, std::uint32_t at) {
  struct Pair {
    std::string_view newer, older;
  };
  static constexpr Pair kPairs[] = {
      {R"("@odata.etag":"W/\"10\"")", R"("@odata.etag":"W/\"9\"")"},
      {R"("@odata.etag":"W/\"5445\"")", R"("@odata.etag":"W/\"5445\"")"},
      {R"("@odata.etag":"W/\"7\"")", R"("@odata.etag":"W/\"3\"")"},
      {R"("sequenceNumber":10)", R"("sequenceNumber":9)"},
      {R"("sequenceNumber":2)", R"("sequenceNumber":2)"},
      {R"("sequenceNumber":1)", R"("sequenceNumber":1000000)"},
      {R"("rosterSequenceNumber":10)", R"("rosterSequenceNumber":9)"},
      {R"("rosterSequenceNumber":2147483647)", R"("rosterSequenceNumber":2147483648)"},
  };
  std::uint32_t object = bench.index.member(at, names::kResourceData);
  if (object == 0) object = at;
  while (bench.index[object].kind == Kind::array && bench.index[object].children != 0) ++object;
  const Node& node = bench.index[object];
  if (node.kind != Kind::object || node.children == 0) return false;
  const Pair& pair = bench.random.pick(kPairs);
  const Node& notification = bench.index[at];
  const std::size_t place = node.begin + 1;
  bench.draft.insert(place, pair.newer);
  bench.draft.put(',');
  bench.draft.keep(notification.end);
  bench.draft.put(separator_in(notification.parent));
  bench.draft.put(bench.text().substr(notification.begin, place - notification.begin));
  bench.draft.put(pair.older);
  bench.draft.put(',');
  bench.draft.put(bench.text().substr(place, notification.end - place));
  bench.draft.finish();
  return true;
}

}  // namespace

/// The notification once more, behind itself, with one order that is older, equal or far off.
bool older_after_newer(Workbench& bench, std::uint32_t at) {
  const std::uint32_t order = order_in(bench, at);
  if (order == 0 || bench.random.one_in(4)) return order_both(bench, at);
  const Node& notification = bench.index[at];
  const std::string_view text = bench.text();
  const std::string_view value = bench.index.value(bench.index[order]);
  const Range place = digits_in(value);
  bench.scratch.clear();
  add_moved(value.substr(place.begin, place.end - place.begin), bench.random, bench.scratch);
  const std::size_t begin = bench.index[order].begin + place.begin;
  const std::size_t end = bench.index[order].begin + place.end;
  bench.draft.keep(notification.end);
  bench.draft.put(separator_in(notification.parent));
  bench.focus.begin = bench.draft.written();
  bench.draft.put(text.substr(notification.begin, begin - notification.begin));
  bench.draft.put(bench.scratch.view());
  bench.draft.put(text.substr(end, notification.end - end));
  bench.focus.end = bench.draft.written();
  bench.draft.finish();
  return true;
}

}  // namespace fuzz
