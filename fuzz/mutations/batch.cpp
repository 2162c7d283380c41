// Two notifications about the same thing where there was one: what handlers are rarely ready for.
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"
#include "fuzz/names.h"

namespace fuzz {
namespace {

/// A value to be written instead of another. With node 0 it says nothing.
struct Change {
  std::uint32_t node = 0;
  std::string_view value;
};

/// Puts a copy of the notification with up to two changes, which must be in the order of the text.
void put_changed(Workbench& bench, std::uint32_t at, Change first, Change second = {}) {
  std::size_t from = bench.index[at].begin;
  bench.focus.begin = bench.draft.written();
  for (const Change& change : {first, second}) {
    if (change.node == 0) continue;
    bench.draft.put(bench.text().substr(from, bench.index[change.node].begin - from));
    bench.draft.put(change.value);
    from = bench.index[change.node].end;
  }
  bench.draft.put(bench.text().substr(from, bench.index[at].end - from));
  bench.focus.end = bench.draft.written();
}

/// Both in the order of the text.
void put_changed_sorted(Workbench& bench, std::uint32_t at, Change one, Change other) {
  const bool in_order = one.node <= other.node;
  put_changed(bench, at, in_order ? one : other, in_order ? other : one);
}

/// The member of what the notification is about.
std::uint32_t data_member(const Workbench& bench, std::uint32_t at, std::uint32_t name) {
  const std::uint32_t data = bench.index.member(at, names::kResourceData);
  return data == 0 ? 0 : bench.index.member(data, name);
}

/// Puts the notification as the one that ends its call.
void put_deleted(Workbench& bench, std::uint32_t at, std::uint32_t change_type) {
  const std::uint32_t state = bench.random.one_in(3) ? 0 : data_member(bench, at, names::kState);
  put_changed_sorted(bench, at, {change_type, "\"deleted\""}, {state, "\"terminated\""});
}

/// One of the members of the notification or of what it is about, which most tell one notification from another.
std::uint32_t telling_member(Workbench& bench, std::uint32_t at) {
  const std::uint32_t candidates[] = {bench.index.member(at, names::kChangeType), data_member(bench, at, names::kState),
                                      data_member(bench, at, names::kStatus),
                                      bench.index.member(at, names::kResourceData)};
  const std::uint32_t from = bench.random.below(std::size(candidates));
  for (std::size_t step = 0; step < std::size(candidates); ++step) {
    const std::uint32_t candidate = candidates[(from + step) % std::size(candidates)];
    if (candidate != 0) return candidate;
  }
  return 0;
}

}  // namespace

bool repeat_notification(Workbench& bench, std::uint32_t at) {
  const std::string_view notification = bench.index.value(bench.index[at]);
  const std::uint32_t place = bench.random.below(3);
  if (place == 0) insert_after(bench, at, notification);
  if (place == 1) insert_before(bench, at, notification);
  if (place == 2) insert_into(bench, bench.index[at].parent, true, notification);
  bench.draft.finish();
  return true;
}

bool change_and_repeat(Workbench& bench, std::uint32_t at) {
  const std::uint32_t member = telling_member(bench, at);
  const std::string_view value = member == 0 ? "" : bench.vocabulary.value(bench.index[member].name, bench.random);
  if (value.empty() || value == bench.index.value(bench.index[member])) return false;
  const Node& notification = bench.index[at];
  const bool before = bench.random.one_in(2);
  bench.draft.keep(before ? notification.begin : notification.end);
  if (!before) bench.draft.put(separator_in(notification.parent));
  put_changed(bench, at, {member, value});
  if (before) bench.draft.put(separator_in(notification.parent));
  bench.draft.finish();
  return true;
}

bool delete_before(Workbench& bench, std::uint32_t at) {
  const std::uint32_t change_type = bench.index.member(at, names::kChangeType);
  if (change_type == 0) return false;
  bench.draft.keep(bench.index[at].begin);
  put_deleted(bench, at, change_type);
  bench.draft.put(separator_in(bench.index[at].parent));
  bench.draft.finish();
  return true;
}

bool delete_after(Workbench& bench, std::uint32_t at) {
  const std::uint32_t change_type = bench.index.member(at, names::kChangeType);
  if (change_type == 0) return false;
  const char separator = separator_in(bench.index[at].parent);
  bench.draft.keep(bench.index[at].end);
  bench.draft.put(separator);
  put_deleted(bench, at, change_type);
  if (bench.random.one_in(2)) {
    bench.draft.put(separator);
    put_changed(bench, at, {});
  }
  bench.draft.finish();
  return true;
}

bool complete_twice(Workbench& bench, std::uint32_t at) {
  static constexpr std::string_view kEnds[] = {"\"completed\"", "\"failed\"", "\"completed\"", "\"Completed\"",
                                               "\"running\""};
  const std::uint32_t status = data_member(bench, at, names::kStatus);
  if (status == 0) return false;
  const bool set_first = bench.random.one_in(2);
  if (set_first) bench.draft.replace(bench.index[status].begin, bench.index[status].end, bench.random.pick(kEnds));
  bench.draft.keep(bench.index[at].end);
  bench.draft.put(separator_in(bench.index[at].parent));
  put_changed(bench, at, {bench.random.one_in(3) ? 0 : status, bench.random.pick(kEnds)});
  bench.draft.finish();
  return true;
}

}  // namespace fuzz
