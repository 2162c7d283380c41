#include "fuzz/crossing.h"

#include "fuzz/mutations/edits.h"

namespace fuzz {
namespace {

/// What is crossed with what.
struct Pair {
  Workbench& bench;
  const JsonIndex& donor;
  std::uint32_t donor_batch;
};

bool has_messages(const JsonIndex& index, std::uint32_t batch) {
  return batch != Workbench::kNoBatch && index[batch].children != 0;
}

std::string_view any_message(Pair& pair) {
  const std::uint32_t count = pair.donor[pair.donor_batch].children;
  return pair.donor.value(pair.donor[pair.donor.child(pair.donor_batch, pair.bench.random.below(count))]);
}

/// One of the donor's notifications, somewhere into the batch or in place of one.
bool take_message(Pair& pair) {
  Workbench& bench = pair.bench;
  if (!has_messages(pair.donor, pair.donor_batch) || bench.batch == Workbench::kNoBatch) return false;
  const std::string_view message = any_message(pair);
  const std::uint32_t count = bench.index[bench.batch].children;
  const std::uint32_t place = bench.random.below(count + 1);
  if (place == count) {
    insert_into(bench, bench.batch, true, message);
  } else if (bench.random.one_in(4)) {
    return set_value(bench, bench.index.child(bench.batch, place), message);
  } else {
    insert_before(bench, bench.index.child(bench.batch, place), message);
  }
  bench.draft.finish();
  return true;
}

/// All of the donor's notifications: behind those that are there, or one after each of them.
bool take_batch(Pair& pair) {
  Workbench& bench = pair.bench;
  if (!has_messages(pair.donor, pair.donor_batch) || !has_messages(bench.index, bench.batch)) return false;
  const bool by_turns = !bench.random.one_in(3);
  std::uint32_t own = bench.batch + 1;
  std::uint32_t last = own;
  std::uint32_t theirs = pair.donor_batch + 1;
  const std::uint32_t end = pair.donor[pair.donor_batch].next;
  for (; own < bench.index[bench.batch].next; own = bench.index[own].next) {
    last = own;
    if (!by_turns || theirs >= end) continue;
    insert_after(bench, own, pair.donor.value(pair.donor[theirs]));
    theirs = pair.donor[theirs].next;
  }
  bench.draft.keep(bench.index[last].end);
  for (; theirs < end; theirs = pair.donor[theirs].next) {
    bench.draft.put(separator_in(bench.batch));
    bench.draft.put(pair.donor.value(pair.donor[theirs]));
  }
  bench.focus = {};
  bench.draft.finish();
  return true;
}

/// A value of the donor that has that name, by chance; 0 if it has none.
std::uint32_t find_named(Pair& pair, std::uint32_t name) {
  const auto count = static_cast<std::uint32_t>(pair.donor.nodes().size());
  const std::uint32_t from = pair.bench.random.below(count - 1);
  for (std::uint32_t step = 0; step + 1 < count; ++step) {
    const std::uint32_t node = 1 + (from + step) % (count - 1);
    if (pair.donor[node].name == name) return node;
  }
  return 0;
}

/// The donor's value for one of the names that both have.
bool take_value(Pair& pair, PlacePicker& picker) {
  Workbench& bench = pair.bench;
  const auto count = static_cast<std::uint32_t>(bench.index.nodes().size());
  for (int attempt = 0; attempt < 4; ++attempt) {
    const std::uint32_t at = picker.pick(bench.index, 1, count, bench.random);
    const std::uint32_t from = find_named(pair, bench.index[at].name);
    if (from == 0) continue;
    const std::string_view value = pair.donor.value(pair.donor[from]);
    if (value == bench.index.value(bench.index[at])) continue;
    bench.draft.keep(bench.index[at].begin);
    bench.focus = {bench.draft.written(), bench.draft.written() + value.size()};
    return set_value(bench, at, value);
  }
  return false;
}

/// A member that an object of the donor has and the object of the same name here lacks.
bool take_member(Pair& pair, PlacePicker& picker) {
  Workbench& bench = pair.bench;
  const auto count = static_cast<std::uint32_t>(pair.donor.nodes().size());
  for (int attempt = 0; attempt < 4; ++attempt) {
    const std::uint32_t from = picker.pick(pair.donor, 1, count, bench.random);
    const Node& member = pair.donor[from];
    if (!member.has_key()) continue;
    for (std::uint32_t at = 1; at < bench.index.nodes().size(); ++at) {
      const bool same = bench.index[at].kind == Kind::object && bench.index[at].name == pair.donor[member.parent].name;
      if (!same || bench.index.member(at, member.name) != 0) continue;
      insert_into(bench, at, true, pair.donor.text().substr(start_of(member), member.end - start_of(member)));
      bench.draft.finish();
      return true;
    }
  }
  return false;
}

}  // namespace

bool cross(Workbench& bench, const JsonIndex& donor, PlacePicker& picker) {
  if (bench.index.nodes().size() < 2 || donor.nodes().size() < 2) return false;
  Pair pair{bench, donor, find_batch(donor)};
  switch (bench.random.below(8)) {
    case 0:
    case 1:
    case 2:
      return take_message(pair);
    case 3:
      return take_batch(pair);
    case 4:
    case 5:
      return take_value(pair, picker);
    default:
      return take_member(pair, picker);
  }
}

}  // namespace fuzz
