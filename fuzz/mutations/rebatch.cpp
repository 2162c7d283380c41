// Notifications put together, taken apart and exchanged across batches.
#include <array>

#include "fuzz/ids.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"
#include "fuzz/names.h"

namespace fuzz {
namespace {

/// Inserts the notification somewhere into the batch.
void insert_somewhere(Workbench& bench, std::uint32_t batch, std::string_view notification) {
  const std::uint32_t count = bench.index[batch].children;
  const std::uint32_t place = bench.random.below(count + 1);
  if (place == count) {
    insert_into(bench, batch, true, notification);
  } else {
    insert_before(bench, bench.index.child(batch, place), notification);
  }
}

/// Adds the notification with `call` for the id that it begins with, wherever that stands, each spelled as before.
void add_for_call(std::string_view notification, std::string_view call, Scratch& out) {
  std::array<IdPlace, 64> places;
  const std::size_t count = find_ids(notification, places);
  std::size_t from = 0;
  for (const IdPlace& place : std::span(places.data(), count)) {
    if (place.hash != places[0].hash) continue;
    out.add(notification.substr(from, place.begin - from));
    add_id_like(call, notification.substr(place.begin, place.end - place.begin), out);
    from = place.end;
  }
  out.add(notification.substr(from));
}

/// Puts the notification with only the children [first, last) of what it is about.
void put_part(Workbench& bench, std::uint32_t at, std::uint32_t data, std::uint32_t first, std::uint32_t last) {
  const std::string_view text = bench.text();
  const Node& node = bench.index[data];
  const std::size_t begin = start_of(bench.index[bench.index.child(data, first)]);
  const std::size_t end = bench.index[bench.index.child(data, last - 1)].end;
  bench.draft.put(text.substr(bench.index[at].begin, node.begin + 1 - bench.index[at].begin));
  bench.draft.put(text.substr(begin, end - begin));
  bench.draft.put(text.substr(node.end - 1, bench.index[at].end - (node.end - 1)));
}

}  // namespace

bool splice_notification(Workbench& bench, std::uint32_t at) {
  const std::string_view notification = bench.vocabulary.notification(bench.random);
  if (notification.empty()) return false;
  insert_somewhere(bench, at, notification);
  bench.draft.finish();
  return true;
}

bool continue_call(Workbench& bench, std::uint32_t at) {
  const std::string_view notification = bench.vocabulary.notification(bench.random);
  std::array<IdPlace, 1> call;
  const std::string_view current = bench.index.value(bench.index[at]);
  if (notification.empty() || find_ids(current, call) == 0) return false;
  bench.scratch.clear();
  add_for_call(notification, current.substr(call[0].begin, call[0].end - call[0].begin), bench.scratch);
  if (bench.random.one_in(3)) {
    insert_before(bench, at, bench.scratch.view());
  } else {
    insert_after(bench, at, bench.scratch.view());
  }
  bench.draft.finish();
  return true;
}

bool split_notification(Workbench& bench, std::uint32_t at) {
  const std::uint32_t data = bench.index.member(at, names::kResourceData);
  const std::uint32_t count = data == 0 ? 0 : bench.index[data].children;
  if (count < 2) return false;
  const std::uint32_t cut = 1 + bench.random.below(count - 1);
  const bool turned = bench.random.one_in(3);
  bench.draft.keep(bench.index[at].begin);
  put_part(bench, at, data, turned ? cut : 0, turned ? count : cut);
  bench.draft.put(separator_in(bench.index[at].parent));
  put_part(bench, at, data, turned ? 0 : cut, turned ? cut : count);
  bench.draft.drop(bench.index[at].end);
  bench.draft.finish();
  return true;
}

bool merge_notifications(Workbench& bench, std::uint32_t at) {
  const std::uint32_t other = sibling_of(bench, at);
  const std::uint32_t into = bench.index.member(at, names::kResourceData);
  const std::uint32_t from = other == 0 ? 0 : bench.index.member(other, names::kResourceData);
  if (into == 0 || from == 0) return false;
  const Node& target = bench.index[into];
  const Node& source = bench.index[from];
  if (target.kind != source.kind || !target.is_container() || source.children == 0) return false;
  const std::string_view added = bench.text().substr(source.begin + 1, source.end - source.begin - 2);
  const bool remove_first = other < at && bench.random.one_in(2);
  const bool remove_last = other > at && bench.random.one_in(2);
  if (remove_first) remove(bench, other);
  insert_into(bench, into, true, added);
  if (remove_last) remove(bench, other);
  bench.draft.finish();
  return true;
}

bool exchange_members(Workbench& bench, std::uint32_t at) {
  const std::uint32_t other = sibling_of(bench, at);
  const std::uint32_t count = bench.index[at].children;
  if (other == 0 || count == 0) return false;
  const std::uint32_t member = bench.index.child(at, bench.random.below(count));
  const std::uint32_t same = bench.index.member(other, bench.index[member].name);
  if (same == 0 || bench.index.value(bench.index[same]) == bench.index.value(bench.index[member])) return false;
  const Node& first = bench.index[std::min(member, same)];
  const Node& second = bench.index[std::max(member, same)];
  bench.draft.replace(first.begin, first.end, bench.index.value(second));
  bench.draft.replace(second.begin, second.end, bench.index.value(first));
  bench.draft.finish();
  return true;
}

}  // namespace fuzz
