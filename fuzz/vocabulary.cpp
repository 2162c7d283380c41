#include "fuzz/vocabulary.h"

#include <algorithm>
#include <iterator>

#include "fuzz/graph_examples.h"
#include "fuzz/names.h"
#include "fuzz/repair.h"

namespace fuzz {
namespace {

// Limits: far above what a few hundred recordings hold, and low enough that a folder of rubbish does no harm.
constexpr std::size_t kMostBytes = std::size_t{8} << 20;
constexpr std::size_t kMostValues = 48;   // of one key
constexpr std::size_t kMostKeys = 128;    // of objects of one name
constexpr std::size_t kMostNames = 4096;  // keys there are at all
constexpr std::size_t kMostOfAShape = 8;  // notifications or payloads that look alike
constexpr std::size_t kMostShapes = 1024;
constexpr std::size_t kLongestValue = 4096;  // larger subtrees are kept as notifications or not at all
constexpr std::size_t kLongestPayload = std::size_t{64} * 1024;

std::uint32_t mix(std::uint32_t hash, std::uint32_t with) {
  return (hash ^ with) * 0x9e3779b1u + (hash >> 15);
}

}  // namespace

Vocabulary::Vocabulary() {
  learn_graph();
  built_in_ = false;
}

void Vocabulary::learn_graph() {
  for (const KnownValues& known : graph_values()) {
    index_.scan(known.values);
    for (std::uint32_t at = 2; at < index_.nodes().size(); at = index_[at].next) {
      keep_once(learned_[name_of(known.key)].values, index_.value(index_[at]), kMostValues);
    }
  }
  for (const std::string_view notification : graph_notifications()) {
    const std::string payload =
        R"({"@odata.type":"#microsoft.graph.commsNotifications","value":[)" + std::string(notification) + "]}";
    learn(payload);
  }
}

void Vocabulary::learn(std::string_view text) {
  if (text.size() >= kMostBytes) return;
  index_.scan(text);
  std::vector<std::string_view> documents;
  for (std::uint32_t root = 1; root < index_.nodes().size(); root = index_[root].next) {
    documents.push_back(index_.value(index_[root]));
  }
  if (!built_in_) ++(documents.size() > 1 ? several_ : single_);
  for (const std::string_view document : documents) learn_document(document, documents.size() == 1);
}

/// Everything in one top-level value. If no batch is in it, the value itself is the payload, unless it is only a line
/// of a session file.
void Vocabulary::learn_document(std::string_view text, bool whole) {
  index_.scan(text);
  const std::string repaired = index_.well_formed() ? std::string() : repair(index_);
  if (!repaired.empty()) index_.scan(repaired);
  if (!index_.well_formed()) return;
  bool batch_seen = false;
  for (std::uint32_t at = 1; at < index_.nodes().size(); ++at) {
    const Node& node = index_[at];
    learn_value(node);
    if (node.name != names::kValue || node.kind != Kind::array || node.children == 0) continue;
    if (index_[at + 1].kind != Kind::object || index_[node.parent].kind != Kind::object) continue;
    learn_batch(at);
    batch_seen = true;
  }
  if (whole && !built_in_) ++(batch_seen ? batches_ : others_);
  if (batch_seen || !whole || !index_[1].is_container()) return;
  keep_shape(payloads_by_shape_, payload_shape(1), index_.value(index_[1]));
}

void Vocabulary::learn_value(const Node& node) {
  if (learned_.size() >= kMostNames && !learned_.contains(node.name)) return;
  const std::string_view value = index_.value(node);
  if (value.size() <= kLongestValue) keep_once(learned_[node.name].values, value, kMostValues);
  if (node.has_key()) keep_once(learned_[index_[node.parent].name].keys, index_.key(node), kMostKeys);
}

void Vocabulary::learn_batch(std::uint32_t batch) {
  const std::uint32_t object = index_[batch].parent;
  for (std::uint32_t at = batch + 1; at < index_[batch].next; at = index_[at].next) {
    if (index_[at].kind == Kind::object) keep_shape(notifications_by_shape_, shape_of(at), index_.value(index_[at]));
  }
  Shapes& payloads = built_in_ ? built_in_payloads_ : batches_by_shape_;
  keep_shape(payloads, payload_shape(object), index_.value(index_[object]));
}

/// What tells kinds of notifications apart: what they are about, what happened, and in which state.
std::uint32_t Vocabulary::shape_of(std::uint32_t notification) const {
  const auto hash_of = [&](std::uint32_t node) { return node == 0 ? 0 : name_of(index_.value(index_[node])); };
  std::uint32_t data = index_.member(notification, names::kResourceData);
  std::uint32_t shape = mix(1, hash_of(index_.member(notification, names::kChangeType)));
  if (data == 0) return shape;
  shape = mix(shape, static_cast<std::uint32_t>(index_[data].kind));
  if (index_[data].kind == Kind::array) {
    // One, two or more participants are different rosters; how many more is not.
    shape = mix(shape, std::min(index_[data].children, 3u));
    if (index_[data].children == 0) return shape;
    ++data;
  }
  for (const std::uint32_t name : {names::kODataType, names::kState, names::kStatus}) {
    shape = mix(shape, hash_of(index_.member(data, name)));
  }
  for (std::uint32_t at = data + 1; at < index_[data].next; at = index_[at].next) shape = mix(shape, index_[at].name);
  return shape;
}

/// The keys of the object, and the first notification if it is a batch.
std::uint32_t Vocabulary::payload_shape(std::uint32_t object) const {
  std::uint32_t shape = static_cast<std::uint32_t>(index_[object].kind);
  for (std::uint32_t at = object + 1; at < index_[object].next; at = index_[at].next) {
    shape = mix(shape, index_[at].name);
    if (index_[at].name != names::kValue || index_[at].kind != Kind::array) continue;
    shape = mix(shape, std::min(index_[at].children, 3u));
    if (index_[at].children != 0) shape = mix(shape, shape_of(at + 1));
  }
  return shape;
}

void Vocabulary::keep_shape(Shapes& shapes, std::uint32_t shape, std::string_view text) {
  if (text.size() > kLongestPayload || (shapes.size() >= kMostShapes && !shapes.contains(shape))) return;
  keep_once(shapes[shape], text, kMostOfAShape);
}

void Vocabulary::keep_once(std::vector<std::uint32_t>& list, std::string_view text, std::size_t limit) {
  if (list.size() >= limit || bytes_ + text.size() > kMostBytes) return;
  const bool known = std::any_of(list.begin(), list.end(), [&](std::uint32_t piece) { return pieces_[piece] == text; });
  if (known) return;
  list.push_back(static_cast<std::uint32_t>(pieces_.size()));
  pieces_.emplace_back(text);
  bytes_ += text.size();
}

void Vocabulary::freeze() {
  names_.assign(learned_.begin(), learned_.end());
  keys_.clear();
  for (const auto& [name, known] : names_) {
    for (const std::uint32_t key : known.keys) keep_key(key);
  }
  const auto flat = [](const Shapes& shapes) {
    std::vector<std::vector<std::uint32_t>> lists;
    for (const auto& [shape, pieces] : shapes) {
      if (!pieces.empty()) lists.push_back(pieces);
    }
    return lists;
  };
  notifications_ = flat(notifications_by_shape_);
  payloads_ = flat(batches_by_shape_);
  if (!mostly_batches()) std::ranges::move(flat(payloads_by_shape_), std::back_inserter(payloads_));
  if (payloads_.empty()) payloads_ = flat(built_in_payloads_);
}

/// Each spelling once, however many objects have the key.
void Vocabulary::keep_key(std::uint32_t key) {
  const bool known =
      std::any_of(keys_.begin(), keys_.end(), [&](std::uint32_t other) { return pieces_[other] == pieces_[key]; });
  if (!known) keys_.push_back(key);
}

const Vocabulary::Name* Vocabulary::find(std::uint32_t name) const {
  const auto found = std::lower_bound(names_.begin(), names_.end(), name,
                                      [](const auto& entry, std::uint32_t wanted) { return entry.first < wanted; });
  return found != names_.end() && found->first == name ? &found->second : nullptr;
}

std::string_view Vocabulary::value(std::uint32_t name, Random& random) const {
  const Name* known = find(name);
  return known == nullptr || known->values.empty() ? std::string_view() : pieces_[random.pick(known->values)];
}

Vocabulary::Member Vocabulary::member(std::uint32_t object, Random& random) const {
  const Name* known = find(object);
  if (known == nullptr || known->keys.empty()) return {};
  const std::string_view key = pieces_[random.pick(known->keys)];
  return {key, value(name_of(key), random)};
}

std::string_view Vocabulary::key(Random& random) const {
  return keys_.empty() ? std::string_view() : pieces_[random.pick(keys_)];
}

std::string_view Vocabulary::pick(const std::vector<std::vector<std::uint32_t>>& shapes, Random& random) const {
  return shapes.empty() ? std::string_view() : pieces_[random.pick(random.pick(shapes))];
}

std::string_view Vocabulary::notification(Random& random) const {
  return pick(notifications_, random);
}

std::string_view Vocabulary::payload(Random& random) const {
  const std::string_view one = pick(payloads_, random);
  const std::string_view other = pick(payloads_, random);
  return other.size() < one.size() ? other : one;
}

}  // namespace fuzz
