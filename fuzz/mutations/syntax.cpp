// Damage to the syntax itself.
#include <algorithm>

#include "fuzz/byte_edit.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

constexpr std::string_view kGarbage[] = {"}", "]",  ",",    "x",  "null", "{}", "\"",     "//",
                                         ":", " 1", "\x01", "}}", "[",    "{",  "<html>", "\xff"};

/// One of the values of the input, the document not among them; 0 if there is none.
std::uint32_t any_value(Workbench& bench) {
  const std::size_t count = bench.index.nodes().size();
  return count < 2 ? 0 : 1 + bench.random.below(count - 1);
}

}  // namespace

bool truncate(Workbench& bench, std::uint32_t) {
  const std::uint32_t at = any_value(bench);
  if (at == 0) return false;
  const Node& node = bench.index[at];
  const std::size_t middle = node.begin + bench.random.below(node.end - node.begin);
  const std::size_t places[] = {node.begin, node.end,       start_of(node),
                                middle,     node.begin + 1, std::min<std::size_t>(node.end + 1, bench.text().size())};
  const std::size_t place = bench.random.pick(places);
  if (place == 0 || place >= bench.text().size()) return false;
  bench.draft.keep(place);
  return true;
}

bool stray_comma(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  if (!node.is_container()) return false;
  const bool behind = node.children == 0 || !bench.random.one_in(4);
  bench.draft.insert(behind && node.end > node.begin + 1 ? node.end - 1 : node.begin + 1,
                     bench.random.one_in(6) ? ",," : ",");
  bench.draft.finish();
  return true;
}

bool missing_comma(Workbench& bench, std::uint32_t at) {
  const std::uint32_t before = previous_of(bench, at);
  if (before == 0) return false;
  static constexpr std::string_view kInstead[] = {"", " ", ";", "\n", ",,"};
  bench.draft.replace(bench.index[before].end, start_of(bench.index[at]), bench.random.pick(kInstead));
  bench.draft.finish();
  return true;
}

bool comment(Workbench& bench, std::uint32_t at) {
  static constexpr std::string_view kComments[] = {"/* c */", "// c\n", "# c\n", "/*", "//", "<!-- -->"};
  const Node& node = bench.index[at];
  bench.draft.insert(bench.random.one_in(2) ? node.end : start_of(node), bench.random.pick(kComments));
  bench.draft.finish();
  return true;
}

bool second_document(Workbench& bench, std::uint32_t) {
  const std::string_view text = bench.text();
  static constexpr std::string_view kBetween[] = {"", "\n", " ", ",", "\r\n"};
  bench.draft.finish();
  bench.draft.put(bench.random.pick(kBetween));
  const std::string_view other = bench.random.one_in(2) ? bench.vocabulary.notification(bench.random) : text;
  bench.draft.put(other.empty() ? std::string_view("{}") : other);
  return true;
}

bool garbage_at_end(Workbench& bench, std::uint32_t) {
  bench.draft.finish();
  bench.draft.put(bench.random.pick(kGarbage));
  return true;
}

bool wrong_bracket(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  const std::size_t place = bench.random.one_in(2) ? node.begin : node.end - 1;
  static constexpr std::string_view kInstead[] = {"", "{", "}", "[", "]", "\"", "(", "\\"};
  bench.draft.replace(place, place + 1, bench.random.pick(kInstead));
  bench.draft.finish();
  return bench.draft.written() != 0;
}

bool raw_bytes(Workbench& bench, std::uint32_t) {
  bench.draft.finish();
  if (bench.draft.spoilt() || bench.draft.written() == 0) return false;
  const std::span<std::uint8_t> bytes = bench.draft.bytes();
  const std::size_t most = bytes.size() + bench.draft.room();
  const std::size_t size = bench.engine != nullptr ? bench.engine(bytes.data(), bytes.size(), most)
                                                   : edit_bytes(bench.random, bytes.data(), bytes.size(), most);
  bench.draft.resize(size);
  return size != 0;
}

}  // namespace fuzz
