// Ids: the same one written otherwise, two that become one, one that becomes two.
#include <array>

#include "fuzz/escapes.h"
#include "fuzz/ids.h"
#include "fuzz/mutations/edits.h"
#include "fuzz/mutations/mutations.h"

namespace fuzz {
namespace {

constexpr std::size_t kMostIds = 512;

/// The ids of the input, and one of them: each id as likely as the others, however often it stands there.
struct Ids {
  std::array<IdPlace, kMostIds> places;
  std::size_t count = 0;

  std::span<const IdPlace> all() const { return {places.data(), count}; }
};

void find(const Workbench& bench, Ids& ids) {
  ids.count = find_ids(bench.text(), ids.places);
}

std::string_view bytes_of(const Workbench& bench, const IdPlace& place) {
  return bench.text().substr(place.begin, place.end - place.begin);
}

/// A place of an id that differs from that of `than`, by chance; nothing if there is only one id.
const IdPlace* another_id(Workbench& bench, const Ids& ids, const IdPlace& than) {
  const std::uint32_t from = bench.random.below(ids.count);
  for (std::size_t step = 0; step < ids.count; ++step) {
    const IdPlace& place = ids.places[(from + step) % ids.count];
    if (place.hash != than.hash) return &place;
  }
  return nullptr;
}

/// The first id within the value at `at`; nothing if it has none, or too many ids stand before.
const IdPlace* id_in(const Workbench& bench, const Ids& ids, std::uint32_t at) {
  for (const IdPlace& place : ids.all()) {
    if (place.begin >= bench.index[at].begin && place.end <= bench.index[at].end) return &place;
  }
  return nullptr;
}

/// Adds the id with one digit, or all of them, exchanged for others.
void add_different(std::string_view id, Random& random, Scratch& out) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const bool all = random.one_in(2);
  const std::size_t place = id.size() - 1 - random.below(6);
  const std::uint32_t shift = 1 + random.below(15);
  for (std::size_t at = 0; at < id.size(); ++at) {
    const char byte = id[at];
    const bool changed = byte != '-' && (all || at == place);
    const int digit = byte <= '9' ? byte - '0' : (byte | 0x20) - 'a' + 10;
    out.add(changed ? kHex[(static_cast<std::uint32_t>(digit) + shift) & 15] : byte);
  }
}

/// The id cut, lengthened, with a wrong letter, empty, or of another form altogether.
void add_malformed(std::string_view id, Random& random, Scratch& out) {
  static constexpr std::string_view kOthers[] = {
      "",    "0",    "00000000-0000-0000-0000-000000000000", "+12065550142",
      "28:", "null", "ffffffff-ffff-ffff-ffff-ffffffffffff", "19:meeting_x@thread.v2"};
  const std::uint32_t how = random.below(4);
  if (how == 0) {
    out.add(random.pick(kOthers));
  } else if (how == 1) {
    out.add(id.substr(0, id.size() - 1 - random.below(8)));
  } else if (how == 2) {
    out.add(id.substr(0, id.size() - 1)).add(random.one_in(2) ? "x" : "g");
  } else {
    out.add(id).add(random.one_in(2) ? id.substr(0, 1) : " ");
  }
}

void add_respelled(std::string_view id, Random& random, Scratch& out) {
  add_id(id, static_cast<IdSpelling>(random.below(kIdSpellings)), out);
}

/// Writes the input with `replacement` for every id equal to `wanted`; where `in_style`, as each place spells it.
void replace_everywhere(Workbench& bench, const Ids& ids, std::uint32_t wanted, std::string_view replacement,
                        bool in_style) {
  for (const IdPlace& place : ids.all()) {
    if (place.hash != wanted) continue;
    bench.other.clear();
    if (in_style) add_id_like(replacement, bytes_of(bench, place), bench.other);
    bench.draft.replace(place.begin, place.end, in_style ? bench.other.view() : replacement);
  }
  bench.draft.finish();
}

/// Writes the input with what write(id) puts into the scratch in place of the first id within the value at `at`. False
/// if there is none, or nothing else would stand there.
template <typename Write>
bool rewrite_id(Workbench& bench, std::uint32_t at, Write write) {
  Ids ids;
  find(bench, ids);
  const IdPlace* place = id_in(bench, ids, at);
  if (place == nullptr) return false;
  bench.scratch.clear();
  write(bytes_of(bench, *place));
  if (bench.scratch.view() == bytes_of(bench, *place)) return false;
  bench.draft.replace(place->begin, place->end, bench.scratch.view());
  bench.draft.finish();
  return true;
}

/// The same wherever this id stands; where `in_style`, as each place spells it.
template <typename Write>
bool rewrite_id_everywhere(Workbench& bench, std::uint32_t at, bool in_style, Write write) {
  Ids ids;
  find(bench, ids);
  const IdPlace* place = id_in(bench, ids, at);
  if (place == nullptr) return false;
  bench.scratch.clear();
  write(bytes_of(bench, *place));
  replace_everywhere(bench, ids, place->hash, bench.scratch.view(), in_style);
  return true;
}

}  // namespace

bool respell_id(Workbench& bench, std::uint32_t at) {
  return rewrite_id(bench, at, [&](std::string_view id) { add_respelled(id, bench.random, bench.scratch); });
}

bool respell_id_everywhere(Workbench& bench, std::uint32_t at) {
  return rewrite_id_everywhere(bench, at, false,
                               [&](std::string_view id) { add_respelled(id, bench.random, bench.scratch); });
}

bool equal_ids(Workbench& bench, std::uint32_t at) {
  Ids ids;
  find(bench, ids);
  const IdPlace* place = id_in(bench, ids, at);
  const IdPlace* other = place == nullptr ? nullptr : another_id(bench, ids, *place);
  if (other == nullptr) return false;
  bench.scratch.clear();
  add_id_like(bytes_of(bench, *other), bytes_of(bench, *place), bench.scratch);
  bench.draft.replace(place->begin, place->end, bench.scratch.view());
  bench.draft.finish();
  return true;
}

bool equal_ids_everywhere(Workbench& bench, std::uint32_t at) {
  Ids ids;
  find(bench, ids);
  const IdPlace* place = id_in(bench, ids, at);
  const IdPlace* other = place == nullptr ? nullptr : another_id(bench, ids, *place);
  if (other == nullptr) return false;
  replace_everywhere(bench, ids, place->hash, bytes_of(bench, *other), true);
  return true;
}

bool split_id(Workbench& bench, std::uint32_t at) {
  return rewrite_id(bench, at, [&](std::string_view id) {
    bench.random.one_in(3) ? add_malformed(id, bench.random, bench.scratch)
                           : add_different(id, bench.random, bench.scratch);
  });
}

bool fresh_id_everywhere(Workbench& bench, std::uint32_t at) {
  return rewrite_id_everywhere(bench, at, true,
                               [&](std::string_view id) { add_different(id, bench.random, bench.scratch); });
}

bool equal_values(Workbench& bench, std::uint32_t at) {
  const std::uint32_t other = another_named(bench, at);
  if (other == 0 || bench.index[other].name != bench.index[at].name) return false;
  const std::string_view value = bench.index.value(bench.index[other]);
  return value != bench.index.value(bench.index[at]) && set_value(bench, at, value);
}

}  // namespace fuzz
