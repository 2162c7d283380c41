// More of the same: arrays, nesting, notifications.
#include <array>

#include "fuzz/escapes.h"
#include "fuzz/ids.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

/// How many more elements of `size` bytes, with a separator each, can be written: `wanted`, or what there is room for.
std::uint32_t that_fit(const Workbench& bench, std::size_t size, std::uint32_t wanted) {
  const std::size_t fit = bench.draft.spare() / (size + 1);
  return fit < wanted ? static_cast<std::uint32_t>(fit) : wanted;
}

/// Gives the last digits of every id in the copy the number of the copy, so that copies are different things whose
/// links still hold.
void renumber(std::span<std::uint8_t> copy, std::span<const IdPlace> places, std::uint32_t number) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (const IdPlace& place : places) {
    std::uint32_t left = number;
    for (std::size_t digit = 1; digit <= 4; ++digit, left >>= 4) {
      copy[place.end - digit] = static_cast<std::uint8_t>(kHex[left & 15]);
    }
  }
}

/// The object with no more than its first members that are no containers: enough of them to be told from others, short
/// enough that many fit.
std::string_view slim(Workbench& bench, std::uint32_t at) {
  constexpr std::size_t kEnough = 120;
  bench.scratch.clear();
  bench.scratch.add('{');
  const std::uint32_t id = bench.index.member(at, name_of("id"));
  if (id != 0 && !bench.index[id].is_container()) bench.scratch.add(whole(bench, id));
  for (std::uint32_t child = at + 1; child < bench.index[at].next; child = bench.index[child].next) {
    if (child == id || bench.index[child].is_container() ||
        bench.scratch.size() + whole(bench, child).size() > 2 * kEnough)
      continue;
    if (bench.scratch.size() > 1) bench.scratch.add(',');
    bench.scratch.add(whole(bench, child));
    if (bench.scratch.size() > kEnough) break;
  }
  return bench.scratch.add('}').view();
}

/// Writes copies of the element behind it: with its ids, or each with ids of its own.
bool repeat(Workbench& bench, std::uint32_t at, bool fresh_ids) {
  std::string_view element = bench.index.value(bench.index[at]);
  const std::uint32_t parent = bench.index[at].parent;
  bench.draft.keep(bench.index[at].end);
  const std::uint32_t wanted = count_to_repeat(bench.random) - 1;
  std::uint32_t copies = that_fit(bench, element.size(), wanted);
  if (copies < wanted && bench.index[at].kind == Kind::object && bench.random.one_in(2)) {
    element = slim(bench, at);
    copies = that_fit(bench, element.size(), wanted);
  }
  if (copies == 0) return false;
  std::array<IdPlace, 16> places;
  const std::size_t ids = fresh_ids ? find_ids(element, places) : 0;
  if (fresh_ids && ids == 0) return false;
  for (std::uint32_t copy = 1; copy <= copies && !bench.draft.spoilt(); ++copy) {
    bench.draft.put(separator_in(parent));
    const std::size_t begin = bench.draft.written();
    bench.draft.put(element);
    if (!bench.draft.spoilt()) renumber(bench.draft.bytes().subspan(begin), {places.data(), ids}, copy);
    bench.focus = {begin, bench.draft.written()};
  }
  bench.draft.finish();
  return true;
}

constexpr std::uint32_t kDepths[] = {1,   2,   3,   8,    16,   17,   32,   64,   100,  128,
                                     129, 256, 512, 1000, 1023, 1024, 1025, 2048, 4096, 20000};

}  // namespace

bool repeat_value(Workbench& bench, std::uint32_t at) {
  std::array<IdPlace, 1> id;
  const bool has_ids = find_ids(bench.index.value(bench.index[at]), id) != 0;
  return repeat(bench, at, has_ids && bench.random.one_in(2));
}

bool repeat_with_fresh_ids(Workbench& bench, std::uint32_t at) {
  return repeat(bench, at, true);
}

bool wrap_value(Workbench& bench, std::uint32_t at) {
  const std::string_view value = bench.index.value(bench.index[at]);
  bench.scratch.clear();
  switch (bench.random.below(4)) {
    case 0:
    case 1:
      bench.scratch.add('[').add(value).add(']');
      break;
    case 2: {
      const std::string_view key = bench.vocabulary.key(bench.random);
      bench.scratch.add("{\"").add(key.empty() ? "value" : key).add("\":").add(value).add('}');
      break;
    }
    default:
      // JSON in a string, as `metadata` has it.
      bench.scratch.add('"');
      escape(value, bench.scratch);
      bench.scratch.add('"');
  }
  return set_value(bench, at, bench.scratch.view());
}

bool grow_array(Workbench& bench, std::uint32_t at) {
  static constexpr std::string_view kElements[] = {"{}",   "[]", "null",          "0",
                                                   "\"\"", "1",  "{\"id\":null}", "{\"id\":\"\"}"};
  const Node& array = bench.index[at];
  std::string_view element = bench.random.pick(kElements);
  if (bench.random.one_in(3)) {
    const std::string_view known = bench.vocabulary.value(element_name(array.name), bench.random);
    if (!known.empty()) element = known;
  }
  // What was there stays half of the time, so that a long array still begins as handlers expect.
  bench.draft.keep(bench.random.one_in(2) ? array.end - 1 : array.begin + 1);
  const bool kept = bench.draft.written() > array.begin + 1 && array.children != 0;
  if (!kept) bench.draft.drop(array.end - 1);
  const std::uint32_t count = that_fit(bench, element.size(), count_to_repeat(bench.random));
  if (count == 0) return false;
  for (std::uint32_t copy = 0; copy < count; ++copy) {
    if (copy != 0 || kept) bench.draft.put(',');
    bench.draft.put(element);
  }
  bench.draft.finish();
  return true;
}

bool nest_value(Workbench& bench, std::uint32_t at) {
  const bool objects = bench.random.one_in(3);
  const std::string_view open = objects ? "{\"a\":" : "[";
  const char close = objects ? '}' : ']';
  const std::size_t fit = bench.draft.spare() / (open.size() + 1);
  const std::uint32_t wanted = bench.random.pick(kDepths);
  const std::size_t depth = fit < wanted ? fit : wanted;
  const Node& node = bench.index[at];
  bench.draft.keep(node.begin);
  for (std::size_t level = 0; level < depth; ++level) bench.draft.put(open);
  bench.draft.keep(node.end);
  for (std::size_t level = 0; level < depth; ++level) bench.draft.put(close);
  bench.draft.finish();
  return depth != 0;
}

}  // namespace fuzz
