#include "fuzz/place_picker.h"

namespace fuzz {
namespace {

/// Of the values that carry the whole payload this many are passed over for one that is not.
constexpr std::uint32_t kEnvelopePassedOver = 6;

bool carries_payload(const JsonIndex& index, const Node& node) {
  return node.parent == 0 || index[node.parent].parent == 0;
}

}  // namespace

PlacePicker::Slot& PlacePicker::find(Table& table, std::uint32_t hash) const {
  std::size_t at = (hash ^ (hash >> 16)) % kSlots;
  while (table[at].stamp == stamp_ && table[at].hash != hash) at = (at + 1) % kSlots;
  Slot& slot = table[at];
  if (slot.stamp != stamp_) slot = {stamp_, hash, 0, 0};
  return slot;
}

std::uint32_t PlacePicker::pick(const JsonIndex& index, std::uint32_t first, std::uint32_t last, Random& random) {
  ++stamp_;
  std::size_t names = 0;
  std::size_t places = 0;
  const bool enveloped = first <= 1;
  for (std::uint32_t at = first; at < last; ++at) {
    const Node& node = index[at];
    if (enveloped && carries_payload(index, node) && !random.one_in(kEnvelopePassedOver)) continue;
    // Never full, or the search for a free slot would not end.
    if (places == kSlots - 1) break;
    Slot& place = find(places_, node.name * 0x9e3779b1u ^ index[node.parent].name);
    if (++place.count > 1) {
      if (random.one_in(place.count)) place.chosen = at;
      continue;
    }
    place.chosen = at;
    ++places;
    Slot& name = find(names_, node.name);
    if (++name.count == 1) used_[names++] = static_cast<std::uint32_t>(&name - names_.data());
    if (name.count == 1 || random.one_in(name.count)) name.chosen = static_cast<std::uint32_t>(&place - places_.data());
  }
  if (names == 0) return first < last ? first : 0;
  return places_[names_[used_[random.below(names)]].chosen].chosen;
}

}  // namespace fuzz
