#include "fuzz/mutations/edits.h"

#include "fuzz/escapes.h"

namespace fuzz {

std::size_t start_of(const Node& node) {
  return node.has_key() ? node.key_begin - 1 : node.begin;
}

std::string_view whole(const Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  return bench.text().substr(start_of(node), node.end - start_of(node));
}

std::uint32_t previous_of(const Workbench& bench, std::uint32_t at) {
  std::uint32_t before = 0;
  for (std::uint32_t child = bench.index[at].parent + 1; child < at; child = bench.index[child].next) before = child;
  return before;
}

std::uint32_t sibling_of(const Workbench& bench, std::uint32_t at) {
  const std::uint32_t parent = bench.index[at].parent;
  const std::uint32_t count = bench.index[parent].children;
  if (count < 2) return 0;
  std::uint32_t position = 0;
  for (std::uint32_t child = parent + 1; child < at; child = bench.index[child].next) ++position;
  return bench.index.child(parent, (position + 1 + bench.random.below(count - 1)) % count);
}

char separator_in(std::uint32_t container) {
  return container == 0 ? '\n' : ',';
}

bool set_value(Workbench& bench, std::uint32_t at, std::string_view bytes) {
  const Node& node = bench.index[at];
  bench.draft.replace(node.begin, node.end, bytes);
  bench.draft.finish();
  return true;
}

bool set_text(Workbench& bench, std::uint32_t at, std::string_view text) {
  bench.other.clear();
  bench.other.add('"');
  escape(text, bench.other);
  bench.other.add('"');
  return set_value(bench, at, bench.other.view());
}

void insert_after(Workbench& bench, std::uint32_t at, std::string_view bytes) {
  const Node& node = bench.index[at];
  bench.draft.keep(node.end);
  bench.draft.put(separator_in(node.parent));
  bench.focus.begin = bench.draft.written();
  bench.draft.put(bytes);
  bench.focus.end = bench.draft.written();
}

void insert_before(Workbench& bench, std::uint32_t at, std::string_view bytes) {
  const Node& node = bench.index[at];
  bench.draft.keep(start_of(node));
  bench.focus.begin = bench.draft.written();
  bench.draft.put(bytes);
  bench.focus.end = bench.draft.written();
  bench.draft.put(separator_in(node.parent));
}

void insert_into(Workbench& bench, std::uint32_t container, bool at_end, std::string_view bytes) {
  const Node& node = bench.index[container];
  if (node.children == 0) {
    bench.draft.keep(node.begin + (container == 0 ? 0 : 1));
    bench.focus.begin = bench.draft.written();
    bench.draft.put(bytes);
    bench.focus.end = bench.draft.written();
  } else if (at_end) {
    insert_after(bench, bench.index.child(container, node.children - 1), bytes);
  } else {
    insert_before(bench, container + 1, bytes);
  }
}

void remove(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  const std::uint32_t before = previous_of(bench, at);
  if (before != 0) {
    bench.draft.keep(bench.index[before].end);
    bench.draft.drop(node.end);
    return;
  }
  const bool last = node.next >= bench.index[node.parent].next;
  bench.draft.keep(start_of(node));
  bench.draft.drop(last ? node.end : start_of(bench.index[node.next]));
}

std::string_view text_of(Workbench& bench, std::uint32_t at) {
  bench.scratch.clear();
  unescape(inside(bench.index.value(bench.index[at])), bench.scratch);
  return bench.scratch.view();
}

std::uint32_t another_named(Workbench& bench, std::uint32_t at) {
  const auto count = static_cast<std::uint32_t>(bench.index.nodes().size());
  if (count < 3) return 0;
  // From a place of chance on, the first of the same name: no list of them is needed.
  const std::uint32_t from = bench.random.below(count - 1);
  for (std::uint32_t step = 0; step + 1 < count; ++step) {
    const std::uint32_t node = 1 + (from + step) % (count - 1);
    if (node != at && bench.index[node].name == bench.index[at].name) return node;
  }
  const std::uint32_t node = 1 + from;
  return node == at ? 0 : node;
}

std::uint32_t count_to_repeat(Random& random) {
  static constexpr std::uint32_t kCounts[] = {2,  2,  3,   4,   5,   8,   9,   10,  16,  17,   20,   32,   33,  50,
                                              64, 65, 100, 128, 129, 255, 256, 257, 512, 1000, 1024, 1025, 4097};
  return random.pick(kCounts);
}

}  // namespace fuzz
