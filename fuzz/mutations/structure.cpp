// Values removed, moved, exchanged.
#include <array>
#include <utility>

#include "fuzz/escapes.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

/// True if one of the two values lies in the other.
bool nested(const Workbench& bench, std::uint32_t one, std::uint32_t other) {
  const std::uint32_t first = std::min(one, other);
  return std::max(one, other) < bench.index[first].next;
}

/// The member as text: the key in quotes, a colon, the value.
std::string_view member_text(Workbench& bench, std::string_view key, std::string_view value) {
  bench.scratch.clear();
  bench.scratch.add('"').add(key).add("\":").add(value);
  return bench.scratch.view();
}

/// An object of the document other than the one that `at` is a member of, and not within `at`; 0 if there is none.
std::uint32_t other_object(Workbench& bench, std::uint32_t at) {
  const auto count = static_cast<std::uint32_t>(bench.index.nodes().size());
  const std::uint32_t from = bench.random.below(count - 1);
  for (std::uint32_t step = 0; step + 1 < count; ++step) {
    const std::uint32_t node = 1 + (from + step) % (count - 1);
    const bool within = node >= at && node < bench.index[at].next;
    if (bench.index[node].kind == Kind::object && node != bench.index[at].parent && !within) return node;
  }
  return 0;
}

}  // namespace

bool drop_value(Workbench& bench, std::uint32_t at) {
  remove(bench, at);
  bench.draft.finish();
  return true;
}

bool swap_siblings(Workbench& bench, std::uint32_t at) {
  const std::uint32_t other = sibling_of(bench, at);
  if (other == 0) return false;
  const Node& first = bench.index[std::min(at, other)];
  const Node& second = bench.index[std::max(at, other)];
  // Members keep their keys half of the time: then only their order changes. Otherwise two keys get the wrong values.
  const bool values_only = first.has_key() && bench.random.one_in(2);
  const auto begin = [&](const Node& node) { return values_only ? std::size_t{node.begin} : start_of(node); };
  const auto bytes = [&](const Node& node) { return bench.text().substr(begin(node), node.end - begin(node)); };
  bench.draft.replace(begin(first), first.end, bytes(second));
  bench.draft.replace(begin(second), second.end, bytes(first));
  bench.draft.finish();
  return true;
}

bool shuffle_siblings(Workbench& bench, std::uint32_t at) {
  std::array<std::uint32_t, 128> children;
  std::size_t count = 0;
  const Node& container = bench.index[at];
  for (std::uint32_t child = at + 1; child < container.next && count < children.size();
       child = bench.index[child].next) {
    children[count++] = child;
  }
  if (count < 2) return false;
  std::array<std::uint32_t, 128> order = children;
  const bool reversed = bench.random.one_in(3);
  for (std::size_t left = count; left > 1; --left) {
    const std::size_t other = reversed ? (count - left < left - 1 ? count - left : left - 1) : bench.random.below(left);
    std::swap(order[left - 1], order[other]);
  }
  for (std::size_t place = 0; place < count; ++place) {
    const Node& old = bench.index[children[place]];
    bench.draft.replace(start_of(old), old.end, whole(bench, order[place]));
  }
  bench.draft.finish();
  return true;
}

bool copy_value(Workbench& bench, std::uint32_t at) {
  const std::uint32_t from = another_named(bench, at);
  if (from == 0) return false;
  if (bench.index.value(bench.index[from]) == bench.index.value(bench.index[at])) return false;
  return set_value(bench, at, bench.index.value(bench.index[from]));
}

bool splice_value(Workbench& bench, std::uint32_t at) {
  const std::string_view value = bench.vocabulary.value(bench.index[at].name, bench.random);
  if (value.empty() || value == bench.index.value(bench.index[at])) return false;
  bench.draft.keep(bench.index[at].begin);
  bench.focus = {bench.draft.written(), bench.draft.written() + value.size()};
  return set_value(bench, at, value);
}

bool unwrap_value(Workbench& bench, std::uint32_t at) {
  const Node& container = bench.index[at];
  const std::uint32_t child = bench.index.child(at, bench.random.below(container.children));
  return set_value(bench, at, bench.index.value(bench.index[child]));
}

bool empty_value(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  const std::string_view empty = node.kind == Kind::object ? "{}" : node.kind == Kind::array ? "[]" : "\"\"";
  return bench.index.value(node) != empty && set_value(bench, at, empty);
}

bool move_member(Workbench& bench, std::uint32_t at) {
  const std::uint32_t object = other_object(bench, at);
  if (object == 0) return false;
  const std::string_view member = whole(bench, at);
  const bool keep = bench.random.one_in(4);  // at both places: which one does a reader believe?
  if (object < at) {
    // An object that contains the member is added to at its begin, or the draft would have to go back.
    insert_into(bench, object, nested(bench, object, at) ? false : bench.random.one_in(2), member);
    if (!keep) remove(bench, at);
  } else {
    if (!keep) remove(bench, at);
    insert_into(bench, object, bench.random.one_in(2), member);
  }
  bench.draft.finish();
  return true;
}

bool insert_member(Workbench& bench, std::uint32_t at) {
  const Node& object = bench.index[at];
  for (int attempt = 0; attempt < 4; ++attempt) {
    const Vocabulary::Member member = bench.vocabulary.member(object.name, bench.random);
    if (member.value.empty()) return false;
    // What is there already is the business of duplicates.
    if (bench.index.member(at, name_of(member.key)) != 0) continue;
    insert_into(bench, at, !bench.random.one_in(3), member_text(bench, member.key, member.value));
    bench.draft.finish();
    return true;
  }
  return false;
}

bool rename_key(Workbench& bench, std::uint32_t at) {
  const Node& node = bench.index[at];
  const std::string_view old = bench.index.key(node);
  std::string_view key = bench.vocabulary.member(bench.index[node.parent].name, bench.random).key;
  if (key.empty() || bench.random.one_in(4)) key = bench.vocabulary.key(bench.random);
  if (bench.random.one_in(6)) key = bench.random.one_in(2) ? std::string_view() : std::string_view("unknownMember");
  if (key == old) return false;
  bench.draft.replace(node.key_begin, node.key_end, key);
  bench.draft.finish();
  return true;
}

}  // namespace fuzz
