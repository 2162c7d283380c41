// White space, which means nothing and moves everything: tokens across the 64-byte blocks that SIMD parsers read.
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

constexpr std::size_t kBlock = 64;

void put_spaces(Workbench& bench, std::size_t count) {
  for (std::size_t added = 0; added < count && !bench.draft.spoilt(); ++added) bench.draft.put(' ');
}

/// Writes `space` before every key and every value that is an element.
bool put_between_tokens(Workbench& bench, std::string_view space, std::uint32_t one_in) {
  for (std::uint32_t at = 1; at < bench.index.nodes().size() && !bench.draft.spoilt(); ++at) {
    const Node& node = bench.index[at];
    if (node.parent == 0) continue;  // the lines of a session file stay lines
    if (bench.random.one_in(one_in)) bench.draft.insert(start_of(node), space);
    if (node.has_key() && bench.random.one_in(one_in)) bench.draft.insert(node.begin, space);
  }
  bench.draft.finish();
  return true;
}

}  // namespace

bool space_tokens(Workbench& bench, std::uint32_t) {
  static constexpr std::string_view kSpaces[] = {" ", "\t", "\n", "  ", "\r\n", "\n    "};
  const std::string_view space = bench.random.pick(kSpaces);
  const bool all_fit = bench.draft.spare() > 2 * space.size() * bench.index.nodes().size();
  return put_between_tokens(bench, space, all_fit && bench.random.one_in(2) ? 1 : 16);
}

bool slide_token(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  // Which byte of the token shall be the first of a block: its first, its last, one of them, or the one behind.
  const std::size_t places[] = {node.begin, node.end - 1, node.end,
                                node.begin + bench.random.below(node.end - node.begin), start_of(node)};
  const std::size_t place = bench.random.pick(places);
  const std::size_t wanted = bench.random.one_in(2) ? 0 : bench.random.below(kBlock);
  const std::size_t spaces = (wanted + kBlock - place % kBlock) % kBlock;
  if (spaces == 0) return false;
  bench.draft.keep(bench.random.one_in(4) ? 0 : start_of(node));
  put_spaces(bench, spaces);
  bench.draft.finish();
  return true;
}

bool fill_to_edge(Workbench& bench, std::uint32_t) {
  // The end of the text at the end of a block, one before, one behind; or the last byte that fits.
  const std::size_t size = bench.text().size();
  const std::size_t wanted[] = {0, 1, 63, 62, 32};
  std::size_t spaces = (bench.random.pick(wanted) + kBlock - size % kBlock) % kBlock;
  if (bench.random.one_in(8)) spaces = bench.draft.spare();
  if (spaces == 0 || spaces > bench.draft.spare()) return false;
  const bool in_front = bench.random.one_in(4);
  if (in_front) put_spaces(bench, spaces);
  bench.draft.finish();
  if (!in_front) put_spaces(bench, spaces);
  return true;
}

bool line_ends(Workbench& bench, std::uint32_t) {
  const std::string_view end = bench.random.one_in(2) ? "\r\n" : "\n";
  if (bench.draft.spare() < end.size() * 2 * bench.index.nodes().size()) return false;
  return put_between_tokens(bench, end, 1);
}

}  // namespace fuzz
