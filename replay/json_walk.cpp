#include "replay/json_walk.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "corpus/mentions.h"
#include "replay/participant_names.h"

namespace replay {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string shown(const element& value) {
  return simdjson::minify(value);
}

bool same_number(const element& recorded, const element& live) {
  if (recorded.is_int64() && live.is_int64())
    return recorded.get_int64().value_unsafe() == live.get_int64().value_unsafe();
  if (recorded.is_uint64() && live.is_uint64())
    return recorded.get_uint64().value_unsafe() == live.get_uint64().value_unsafe();
  double left = 0;
  double right = 0;
  return recorded.get_double().get(left) == simdjson::SUCCESS && live.get_double().get(right) == simdjson::SUCCESS &&
         left == right;
}

// What is compared only to align arrays, in one array: bounds what a hostile body costs.
constexpr std::size_t kMostTried = 50'000;

std::vector<element> elements_of(const array& list) {
  std::vector<element> elements;
  for (const element value : list) elements.push_back(value);
  return elements;
}

}  // namespace

Pointer JsonWalk::pointer() const {
  Pointer pointer;
  for (const Segment& segment : place_) {
    pointer.push_back(segment.is_index ? std::to_string(segment.index) : std::string(segment.name));
  }
  return pointer;
}

bool JsonWalk::ignores_this() const {
  if (ignored_.empty()) return false;
  const Pointer here = pointer();
  return std::ranges::any_of(ignored_, [&](const Pointer& pattern) { return covers(pattern, here); });
}

void JsonWalk::differ(std::string recorded, std::string live, std::string_view where) {
  Pointer here = pointer();
  here.erase(here.begin(), here.begin() + static_cast<std::ptrdiff_t>(shown_for_));
  std::string place = shown_;
  for (const std::string& part : {to_string(here), std::string(where)}) {
    if (!place.empty() && !part.empty()) place += ' ';
    place += part;
  }
  differences_.push_back({std::move(place), std::move(recorded), std::move(live)});
}

bool JsonWalk::same_text(std::string_view recorded, std::string_view live) {
  TextMatch::Spot spot;
  if (!place_.empty()) spot.who = place_.back().who;
  // The elements of an array of texts have no name of their own.
  if (!place_.empty() && !place_.back().is_index) spot.member = place_.back().name;
  return match_.same(recorded, live, spot);
}

void JsonWalk::values(const element& recorded, const element& live) {
  ++visited_;
  if (recorded.is_object() && live.is_object()) {
    return objects(recorded.get_object().value_unsafe(), live.get_object().value_unsafe());
  }
  if (recorded.is_array() && live.is_array()) {
    return arrays(elements_of(recorded.get_array().value_unsafe()), elements_of(live.get_array().value_unsafe()));
  }
  bool same = false;
  if (recorded.is_string() && live.is_string()) {
    same = same_text(recorded.get_string().value_unsafe(), live.get_string().value_unsafe());
  } else if (recorded.is_number() && live.is_number()) {
    same = same_number(recorded, live);
  } else {
    same = recorded.type() == live.type() && shown(recorded) == shown(live);
  }
  if (!same) note(&recorded, &live);
}

void JsonWalk::note(const element* recorded, const element* live) {
  differs_ = true;
  if (trying_) return;
  differ(recorded != nullptr ? match_.bindings().to_live(shown(*recorded)) : std::string(kAbsent),
         live != nullptr ? shown(*live) : std::string(kAbsent));
}

JsonWalk::Segment JsonWalk::member(std::string_view name) const {
  const bool who = !place_.empty() && place_.back().who;
  // Whom Graph speaks of need not be known: its ids may all be new.
  return {name, 0, false, who || (author_ == Author::bot && corpus::says_who(name))};
}

JsonWalk::Segment JsonWalk::index(std::size_t place) const {
  return {{}, place, true, !place_.empty() && place_.back().who};
}

void JsonWalk::below(const Segment& segment, const element* recorded, const element* live) {
  place_.push_back(segment);
  if (!ignores_this()) {
    recorded != nullptr&& live != nullptr ? values(*recorded, *live) : note(recorded, live);
  }
  place_.pop_back();
}

void JsonWalk::in_part(std::string_view name, std::string_view shown, const std::function<void()>& visit) {
  const std::string before = shown_;
  const std::size_t before_for = shown_for_;
  place_.push_back(member(name));
  if (!shown_.empty()) shown_ += ' ';
  shown_ += shown;
  shown_for_ = place_.size();
  if (!ignores_this()) visit();
  place_.pop_back();
  shown_ = before;
  shown_for_ = before_for;
}

// Members mostly stand in the same order: then none has to be looked for.
void JsonWalk::objects(const object& recorded, const object& live) {
  auto next = live.begin();
  bool in_order = true;
  for (const auto& [key, value] : recorded) {
    element other;
    bool there = true;
    if (next != live.end() && next.key() == key) {
      other = next.value();
      ++next;
    } else {
      in_order = false;
      there = live.at_key(key).get(other) == simdjson::SUCCESS;
    }
    below(member(key), &value, there ? &other : nullptr);
    if (trying_ && differs_) return;
  }
  if (in_order && next == live.end()) return;
  for (const auto& [key, value] : live) {
    element other;
    if (recorded.at_key(key).get(other) != simdjson::SUCCESS) below(member(key), nullptr, &value);
  }
}

bool JsonWalk::same_values(std::size_t place, const element& recorded, const element& live) {
  const bool was_trying = std::exchange(trying_, true);
  const bool differed = std::exchange(differs_, false);
  below(index(place), &recorded, &live);
  trying_ = was_trying;
  return !std::exchange(differs_, differed);
}

bool JsonWalk::same_by_place(const Elements& recorded, const Elements& live) {
  if (recorded.size() != live.size()) return false;
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    if (!same_values(i, recorded[i], live[i])) return false;
  }
  return true;
}

std::vector<Aligned> JsonWalk::aligned(const Elements& recorded, const Elements& live) {
  const Bindings& bindings = match_.bindings();
  const auto in_live = [&](std::string_view id) {
    const std::string_view partner = bindings.live_of(id);
    return partner.empty() ? id : partner;
  };
  std::vector<Names> recorded_names;
  std::vector<Names> live_names;
  for (const element& value : recorded) recorded_names.push_back(participant_names(value, in_live));
  for (const element& value : live) live_names.push_back(participant_names(value, std::identity()));
  const auto named = [](const Names& names) { return !names.empty(); };
  if (std::ranges::any_of(recorded_names, named) && std::ranges::any_of(live_names, named) &&
      std::ranges::none_of(recorded, replaces_call) && std::ranges::none_of(live, replaces_call)) {
    return align_by_name(recorded_names, live_names);
  }
  const std::size_t visited = visited_;
  return align_by_place(recorded.size(), live.size(), [&](std::size_t i, std::size_t j) {
    const TextMatch::Mark mark = match_.mark();
    const bool same = visited_ - visited < kMostTried && same_values(i, recorded[i], live[j]);
    match_.forget(mark);
    return same;
  });
}

// What came too much is named by its place among what came, everything else by its place in the recording.
void JsonWalk::arrays(const Elements& recorded, const Elements& live) {
  const TextMatch::Mark mark = match_.mark();
  if (same_by_place(recorded, live)) return;
  if (trying_) {
    differs_ = true;
    return;
  }
  match_.forget(mark);
  for (const Aligned& pair : aligned(recorded, live)) {
    below(index(pair.recorded ? *pair.recorded : *pair.live), pair.recorded ? &recorded[*pair.recorded] : nullptr,
          pair.live ? &live[*pair.live] : nullptr);
  }
}

}  // namespace replay
