#include "replay/comparer.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>

#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "corpus/mentions.h"
#include "corpus/redaction.h"

namespace replay {
namespace {

using simdjson::dom::element;

constexpr std::string_view kAbsent = "(absent)";

// The member whose whole value the bot makes up, whatever it looks like; and the one that holds its own address.
constexpr std::string_view kClientContext = "clientContext";
constexpr std::string_view kCallbackUri = "callbackUri";

// A word in an address that nobody typed is this long (12 random bytes in base64), and has a digit.
constexpr std::size_t kMadeUpLength = 16;

bool contains(const auto& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

std::string shown(const element& value) {
  return simdjson::minify(value);
}

// One comparison under way: walks both texts and collects into the result.
class Walk {
 public:
  Walk(const std::vector<Pointer>& ignored, Author author, const Bindings& bindings)
      : ignored_(ignored), author_(author), bindings_(bindings) {}

  void values(const element& recorded, const element& live);
  void texts(std::string_view recorded, std::string_view live);
  Comparison take() { return std::move(result_); }

 private:
  void objects(const simdjson::dom::object& recorded, const simdjson::dom::object& live);
  void arrays(const simdjson::dom::array& recorded, const simdjson::dom::array& live);
  bool numbers_equal(const element& recorded, const element& live) const;
  bool strings_equal(std::string_view recorded, std::string_view live);
  bool guids_equal(std::string_view recorded, std::string_view live, bool may_be_new);
  bool addresses_equal(std::string_view recorded, std::string_view live);
  bool address_parts_equal(std::string_view recorded, std::string_view live);
  bool paths_equal(std::string_view recorded, std::string_view live);
  bool ids_equal(std::string_view recorded, std::string_view live, bool may_be_new);
  void differ(std::string recorded, std::string live);
  bool in_who() const;
  template <typename F>
  void below(std::string segment, F visit);

  const std::vector<Pointer>& ignored_;
  Author author_;
  const Bindings& bindings_;
  Pointer place_;
  Comparison result_;
};

template <typename F>
void Walk::below(std::string segment, F visit) {
  place_.push_back(std::move(segment));
  const bool skip = std::ranges::any_of(ignored_, [this](const Pointer& pattern) { return covers(pattern, place_); });
  if (!skip) visit();
  place_.pop_back();
}

bool Walk::in_who() const {
  return std::ranges::any_of(place_, corpus::says_who);
}

void Walk::differ(std::string recorded, std::string live) {
  result_.differences.push_back({to_string(place_), std::move(recorded), std::move(live)});
}

void Walk::values(const element& recorded, const element& live) {
  if (recorded.is_object() && live.is_object()) return objects(recorded.get_object(), live.get_object());
  if (recorded.is_array() && live.is_array()) return arrays(recorded.get_array(), live.get_array());
  if (recorded.is_string() && live.is_string()) {
    const std::string_view recorded_text = recorded.get_string().value_unsafe();
    const std::string_view live_text = live.get_string().value_unsafe();
    if (!strings_equal(recorded_text, live_text)) differ(bindings_.to_live(shown(recorded)), shown(live));
    return;
  }
  const bool equal = recorded.is_number() && live.is_number()
                         ? numbers_equal(recorded, live)
                         : recorded.type() == live.type() && shown(recorded) == shown(live);
  if (!equal) differ(bindings_.to_live(shown(recorded)), shown(live));
}

void Walk::objects(const simdjson::dom::object& recorded, const simdjson::dom::object& live) {
  for (const auto& [key, value] : recorded) {
    below(std::string(key), [&] {
      element other;
      if (live.at_key(key).get(other) != simdjson::SUCCESS)
        return differ(bindings_.to_live(shown(value)), std::string(kAbsent));
      values(value, other);
    });
  }
  for (const auto& [key, value] : live) {
    below(std::string(key), [&] {
      element other;
      if (recorded.at_key(key).get(other) != simdjson::SUCCESS) differ(std::string(kAbsent), shown(value));
    });
  }
}

void Walk::arrays(const simdjson::dom::array& recorded, const simdjson::dom::array& live) {
  auto live_item = live.begin();
  std::size_t index = 0;
  for (const element value : recorded) {
    below(std::to_string(index++), [&] {
      if (live_item == live.end()) return differ(bindings_.to_live(shown(value)), std::string(kAbsent));
      values(value, *live_item);
    });
    if (live_item != live.end()) ++live_item;
  }
  for (; live_item != live.end(); ++live_item) {
    below(std::to_string(index++), [&] { differ(std::string(kAbsent), shown(*live_item)); });
  }
}

bool Walk::numbers_equal(const element& recorded, const element& live) const {
  if (recorded.is_int64() && live.is_int64())
    return recorded.get_int64().value_unsafe() == live.get_int64().value_unsafe();
  if (recorded.is_uint64() && live.is_uint64())
    return recorded.get_uint64().value_unsafe() == live.get_uint64().value_unsafe();
  double left = 0;
  double right = 0;
  return recorded.get_double().get(left) == simdjson::SUCCESS && live.get_double().get(right) == simdjson::SUCCESS &&
         left == right;
}

bool Walk::ids_equal(std::string_view recorded, std::string_view live, bool may_be_new) {
  const Bindings::Outcome outcome = bindings_.look(recorded, live);
  const bool same = corpus::same_id(recorded, live);
  if (outcome == Bindings::Outcome::live_taken && may_be_new) {
    result_.ambiguous.push_back({std::string(recorded), std::string(live)});
  }
  if (outcome == Bindings::Outcome::recorded_taken || outcome == Bindings::Outcome::live_taken) return false;
  if (outcome == Bindings::Outcome::bound && !same && !may_be_new) return false;
  result_.pairs.push_back({std::string(recorded), std::string(live)});
  return true;
}

// The same text around GUIDs that stand for each other. On failure the pairs found so far are in the result.
bool Walk::guids_equal(std::string_view recorded, std::string_view live, bool may_be_new) {
  const std::vector<corpus::Span> left = corpus::find_guids(recorded);
  const std::vector<corpus::Span> right = corpus::find_guids(live);
  if (left.size() != right.size()) return false;
  std::size_t left_done = 0;
  std::size_t right_done = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (recorded.substr(left_done, left[i].begin - left_done) != live.substr(right_done, right[i].begin - right_done)) {
      return false;
    }
    if (!ids_equal(left[i].of(recorded), right[i].of(live), may_be_new)) return false;
    left_done = left[i].begin + left[i].length;
    right_done = right[i].begin + right[i].length;
  }
  return recorded.substr(left_done) == live.substr(right_done);
}

// Two names of one resource: other prefix, other spelling.
bool Walk::paths_equal(std::string_view recorded, std::string_view live) {
  const corpus::GraphPath left = corpus::parse_graph_path(recorded);
  const corpus::GraphPath right = corpus::parse_graph_path(live);
  if (!left.calls || !right.calls || left.shape() != right.shape() || left.query != right.query) return false;
  for (std::size_t i = 0; i < left.segments.size(); ++i) {
    if (left.segments[i].id && !ids_equal(left.segments[i].text, right.segments[i].text, true)) return false;
  }
  return true;
}

bool Walk::address_parts_equal(std::string_view recorded, std::string_view live) {
  const auto made_up = [](std::string_view part) {
    return part.size() >= kMadeUpLength && part.find_first_of("0123456789") != std::string_view::npos;
  };
  if (recorded == live) return true;
  return made_up(recorded) && made_up(live) ? ids_equal(recorded, live, true) : guids_equal(recorded, live, true);
}

// Two addresses of the bot. Its origin may be another one (a tunnel then, this machine now), and parts of the path may
// be made up for one call; the rest says which of its handlers is to be called.
bool Walk::addresses_equal(std::string_view recorded, std::string_view live) {
  const corpus::GraphPath left = corpus::parse_graph_path(recorded);
  const corpus::GraphPath right = corpus::parse_graph_path(live);
  const auto ends_in_slash = [](std::string_view url) { return url.substr(0, url.find('?')).ends_with('/'); };
  if (left.segments.size() != right.segments.size() || ends_in_slash(recorded) != ends_in_slash(live)) return false;
  for (std::size_t i = 0; i < left.segments.size(); ++i) {
    if (!address_parts_equal(left.segments[i].text, right.segments[i].text)) return false;
  }
  const std::string left_query = corpus::canonical_query(left.query);
  const std::string right_query = corpus::canonical_query(right.query);
  return left_query == right_query || guids_equal(left_query, right_query, true);
}

bool Walk::strings_equal(std::string_view recorded, std::string_view live) {
  if (corpus::is_stand_in(recorded) || corpus::is_stand_in(live)) return true;
  if (recorded.empty() || live.empty()) return recorded == live;
  const bool is_callback = !place_.empty() && place_.back() == kCallbackUri;
  if (is_callback && !addresses_equal(recorded, live)) return false;
  const bool made_by_bot = is_callback || (!place_.empty() && place_.back() == kClientContext);
  const bool may_be_new = author_ == Author::graph || !in_who();
  if (made_by_bot || !bindings_.live_of(recorded).empty()) return ids_equal(recorded, live, made_by_bot || may_be_new);
  if (recorded.find(corpus::kStandInPrefix) != std::string_view::npos) {
    return guids_equal(corpus::without_stand_ins(recorded), corpus::without_stand_ins(live), may_be_new);
  }
  const std::size_t pairs = result_.pairs.size();
  if (guids_equal(recorded, live, may_be_new)) return true;
  result_.pairs.resize(pairs);
  return recorded.find("calls/") != std::string_view::npos && paths_equal(recorded, live);
}

void Walk::texts(std::string_view recorded, std::string_view live) {
  if (!strings_equal(recorded, live)) differ(bindings_.to_live(recorded), std::string(live));
}

}  // namespace

struct Comparer::Parsers {
  simdjson::dom::parser recorded;
  simdjson::dom::parser live;
};

Comparer::Comparer(std::vector<Pointer> ignored)
    : parsers_(std::make_unique<Parsers>()), ignored_(std::move(ignored)) {}
Comparer::~Comparer() = default;
Comparer::Comparer(Comparer&&) noexcept = default;
Comparer& Comparer::operator=(Comparer&&) noexcept = default;

Comparison Comparer::bodies(std::string_view recorded, std::string_view live, Author author, const Bindings& bindings) {
  Walk walk(ignored_, author, bindings);
  element recorded_root;
  element live_root;
  const bool both_json =
      parsers_->recorded.parse(recorded.data(), recorded.size()).get(recorded_root) == simdjson::SUCCESS &&
      parsers_->live.parse(live.data(), live.size()).get(live_root) == simdjson::SUCCESS;
  if (both_json) {
    walk.values(recorded_root, live_root);
  } else {
    walk.texts(recorded, live);
  }
  return walk.take();
}

Comparison Comparer::texts(std::string_view recorded, std::string_view live, Author author, const Bindings& bindings) {
  const std::vector<Pointer> nothing_ignored;
  Walk walk(nothing_ignored, author, bindings);
  walk.texts(recorded, live);
  return walk.take();
}

}  // namespace replay
