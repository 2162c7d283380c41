#include "replay/matcher.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <ranges>
#include <tuple>

#include "corpus/ids.h"
#include "corpus/mentions.h"
#include "replay/body_parts.h"

namespace replay {
namespace {

using corpus::GraphPath;
using corpus::Header;
using corpus::Request;

// A bot has rarely more than a handful of equal requests under way; comparing a request with every equal one of a long
// recording would take time that grows with its square.
constexpr std::size_t kWindow = 32;

// The same for looking whether the ids of a path fit, which costs less than comparing bodies.
constexpr std::size_t kWideWindow = 256;

constexpr std::array<std::string_view, 2> kChainHeaders = {"scenario-id", "client-request-id"};

std::string shape_key(const Request& request, const GraphPath& path) {
  return request.method + ' ' + path.shape();
}

std::string exact_text(const Request& request, const GraphPath& path) {
  std::string key = request.method + ' ';
  for (const corpus::PathSegment& segment : path.segments) key += '/' + segment.text;
  return key;
}

// How far two paths are apart: segments that differ, and those that only one of them has.
std::size_t distance(const GraphPath& a, const GraphPath& b) {
  const std::size_t common = std::min(a.segments.size(), b.segments.size());
  std::size_t different = std::max(a.segments.size(), b.segments.size()) - common;
  for (std::size_t i = 0; i < common; ++i) {
    if (a.segments[i] != b.segments[i] && !(a.segments[i].id && b.segments[i].id)) ++different;
  }
  return different;
}

bool is_for_another(const Comparison& comparison) {
  return std::ranges::any_of(comparison.differences, [](const Difference& difference) {
    const auto place = parse_pointer(difference.pointer);
    return place && std::ranges::any_of(*place, corpus::says_who);
  });
}

// How well a candidate fits; lower is better. Ids that are equal already fit better than ids that could stand for each
// other.
std::size_t cost(const Comparison& comparison) {
  const auto renamed = std::ranges::count_if(
      comparison.pairs, [](const Pair& pair) { return !corpus::same_id(pair.recorded, pair.live); });
  constexpr std::size_t kWorseThanAnyRenaming = 1000;
  return (comparison.differences.size() + comparison.ambiguous.size()) * kWorseThanAnyRenaming +
         static_cast<std::size_t>(renamed);
}

}  // namespace

Matcher::Bucket& Matcher::Index::at(const std::string& key) {
  const auto [place, added] = places.try_emplace(key, buckets.size());
  return added ? buckets.emplace_back() : buckets[place->second];
}

Matcher::Bucket* Matcher::Index::find(const std::string& key) {
  const auto place = places.find(key);
  return place == places.end() ? nullptr : &buckets[place->second];
}

const Matcher::Bucket* Matcher::Index::find(const std::string& key) const {
  const auto place = places.find(key);
  return place == places.end() ? nullptr : &buckets[place->second];
}

Matcher::Matcher(const corpus::Session& recorded, const Plan& plan, Bindings& bindings, std::vector<Pointer> ignored,
                 const Noise* noise)
    : recorded_(recorded),
      bindings_(bindings),
      comparer_(std::move(ignored)),
      noise_(noise),
      paths_(plan.steps.size()),
      taken_(plan.steps.size()) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].role == Role::delivery) continue;
    const Request& request = recorded.exchanges[i].request;
    const GraphPath& path = paths_[i] = corpus::parse_graph_path(request.target);
    if (plan.steps[i].role == Role::request) exact_.at(exact_text(request, path)).all.push_back(i);
    Bucket& bucket = (plan.steps[i].role == Role::polling ? polls_ : shape_).at(shape_key(request, path));
    if (bucket.all.empty()) bucket.path = path;
    bucket.all.push_back(i);
  }
}

std::string Matcher::exact_key(const Request& live, const GraphPath& path) const {
  GraphPath recorded = path;
  for (corpus::PathSegment& segment : recorded.segments) {
    const std::string_view known = bindings_.recorded_of(segment.text);
    if (!known.empty()) segment.text = corpus::canonical_id(known);
  }
  return exact_text(live, recorded);
}

bool Matcher::fits(const GraphPath& recorded, const GraphPath& live) const {
  if (recorded.segments.size() != live.segments.size()) return false;
  for (std::size_t i = 0; i < live.segments.size(); ++i) {
    if (!live.segments[i].id) continue;
    const Bindings::Outcome outcome = bindings_.look(recorded.segments[i].text, live.segments[i].text);
    if (outcome == Bindings::Outcome::recorded_taken || outcome == Bindings::Outcome::live_taken) return false;
  }
  return true;
}

std::vector<std::size_t> Matcher::candidates(const Request& live, const GraphPath& path) {
  std::vector<std::size_t> found;
  const auto collect = [&](Bucket* bucket) {
    if (bucket == nullptr) return;
    std::size_t& at = bucket->first_untaken;
    while (at < bucket->all.size() && taken_[bucket->all[at]]) ++at;
    const std::size_t end = std::min(bucket->all.size(), at + kWideWindow);
    for (std::size_t place = at; place < end && found.size() < kWindow; ++place) {
      const std::size_t i = bucket->all[place];
      if (!taken_[i] && fits(paths_[i], path)) found.push_back(i);
    }
  };
  collect(exact_.find(exact_key(live, path)));
  if (found.empty()) collect(shape_.find(shape_key(live, path)));
  return found;
}

Comparison Matcher::compare(std::size_t exchange, const Request& live) {
  const Request& recorded = recorded_.exchanges[exchange].request;
  Comparison comparison = comparer_.bodies(body_of(recorded), body_of(live), Author::bot, bindings_);
  const std::string left = corpus::canonical_query(corpus::query_of(recorded.target));
  const std::string right = corpus::canonical_query(corpus::query_of(live.target));
  if (left != right) {
    Comparison query = comparer_.texts(left, right, Author::bot, bindings_);
    for (Difference& difference : query.differences) {
      difference.pointer = "query";
      if (left.empty()) difference.recorded = kAbsent;
      if (right.empty()) difference.live = kAbsent;
      comparison.differences.insert(comparison.differences.begin(), std::move(difference));
    }
    std::ranges::move(query.pairs, std::back_inserter(comparison.pairs));
    std::ranges::move(query.ambiguous, std::back_inserter(comparison.ambiguous));
  }
  comparison.explained = take_explained(noise_, exchange, Part::request, comparison.differences);
  return comparison;
}

// Whether it is, word for word, a request that came already.
bool Matcher::says_once_more(const Request& live) {
  const GraphPath path = corpus::parse_graph_path(live.target);
  const Bucket* bucket = exact_.find(exact_key(live, path));
  if (bucket == nullptr) return false;
  return std::ranges::any_of(around(*bucket, kWindow), [&](std::size_t i) {
    if (!taken_[i]) return false;
    const Comparison comparison = compare(i, live);
    return comparison.differences.empty() && comparison.ambiguous.empty();
  });
}

std::optional<Match> Matcher::take(const Request& live) {
  return take(live, corpus::parse_graph_path(live.target));
}

std::optional<Match> Matcher::take(const Request& live, const GraphPath& path) {
  std::optional<Match> best;
  for (const std::size_t candidate : candidates(live, path)) {
    Comparison comparison = compare(candidate, live);
    if (best && cost(comparison) >= cost(best->comparison)) continue;
    best = Match{candidate, std::move(comparison)};
    if (cost(best->comparison) == 0) break;
  }
  if (best && is_for_another(best->comparison) && says_once_more(live)) return std::nullopt;
  if (best) {
    taken_[best->exchange] = true;
    last_ = best->exchange;
    bind(best->exchange, live, path, best->comparison);
  }
  return best;
}

void Matcher::bind(std::size_t exchange, const Request& live, const GraphPath& right, const Comparison& comparison) {
  const Request& recorded = recorded_.exchanges[exchange].request;
  const GraphPath& left = paths_[exchange];
  for (std::size_t i = 0; i < right.segments.size(); ++i) {
    if (right.segments[i].id) bindings_.bind(left.segments[i].text, right.segments[i].text);
  }
  for (const Pair& pair : comparison.pairs) bindings_.bind(pair.recorded, pair.live);
  bind_headers(recorded.headers, live.headers, bindings_);
}

std::optional<std::size_t> Matcher::poll(const Request& live, corpus::Micros now) const {
  const GraphPath path = corpus::parse_graph_path(live.target);
  const Bucket* bucket = polls_.find(shape_key(live, path));
  if (bucket == nullptr) return std::nullopt;
  const std::string query = corpus::canonical_query(bindings_.to_recorded(path.query));
  std::optional<std::size_t> other;  // the same thing, asked with another query
  const auto answers = [&](std::size_t i) {
    const GraphPath& recorded = paths_[i];
    if (!fits(recorded, path)) return false;
    if (!other) other = i;
    return corpus::canonical_query(recorded.query) == query;
  };
  const auto sent = [this](std::size_t i) { return recorded_.exchanges[i].sent; };
  const auto later = std::ranges::upper_bound(bucket->all, now, {}, sent);
  const std::ranges::subrange before(later - std::min<std::ptrdiff_t>(later - bucket->all.begin(), kWideWindow), later);
  for (const std::size_t i : std::views::reverse(before)) {
    if (answers(i)) return i;
  }
  for (const std::size_t i : std::ranges::subrange(later, bucket->all.end()) | std::views::take(kWideWindow)) {
    if (answers(i)) return i;
  }
  return other;
}

// Where to look for a request like this one: what was asked of the same thing; else what is of the same kind; else the
// kinds whose method and path are closest.
std::vector<const Matcher::Bucket*> Matcher::nearest_kinds(const Request& live, const GraphPath& path) const {
  if (const Bucket* same = exact_.find(exact_key(live, path))) return {same};
  if (const Bucket* alike = shape_.find(shape_key(live, path))) return {alike};
  std::vector<const Bucket*> closest;
  std::pair<bool, std::size_t> best;
  for (const Bucket& bucket : shape_.buckets) {
    const Request& request = recorded_.exchanges[bucket.all.front()].request;
    const std::pair rank{request.method != live.method, distance(bucket.path, path)};
    if (!closest.empty() && rank > best) continue;
    if (rank < best) closest.clear();
    best = rank;
    if (closest.size() < kWindow) closest.push_back(&bucket);
  }
  return closest;
}

// Of a bucket those about where the replay is, at most so many to either side: a request too many is mostly like one of
// the same time.
std::span<const std::size_t> Matcher::around(const Bucket& bucket, std::ptrdiff_t each) const {
  const auto here = std::ranges::lower_bound(bucket.all, last_);
  return {here - std::min(here - bucket.all.begin(), each), here + std::min(bucket.all.end() - here, each)};
}

std::optional<Nearest> Matcher::nearest(const Request& live) {
  const GraphPath path = corpus::parse_graph_path(live.target);
  using Rank = std::tuple<bool, std::size_t, std::size_t, bool>;  // other method, other path, other body, taken
  std::optional<Nearest> best;
  Rank best_rank;
  const std::vector<const Bucket*> kinds = nearest_kinds(live, path);
  for (const Bucket* bucket : kinds) {
    for (const std::size_t i :
         around(*bucket, static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, kWindow / kinds.size())))) {
      const Request& request = recorded_.exchanges[i].request;
      const GraphPath& other = paths_[i];
      Comparison comparison = compare(i, live);
      const Rank rank{request.method != live.method, distance(other, path) + !fits(other, path), cost(comparison),
                      taken_[i]};
      if (best && rank >= best_rank) continue;
      best_rank = rank;
      best = Nearest{i, taken_[i], std::move(comparison.differences)};
    }
  }
  if (!best) return best;
  const Request& request = recorded_.exchanges[best->exchange].request;
  std::vector<Difference> line;
  if (std::get<0>(best_rank)) line.push_back({"method", request.method, live.method});
  if (std::get<1>(best_rank) != 0) line.push_back({"path", request.target, bindings_.to_recorded(live.target)});
  best->differences.insert(best->differences.begin(), line.begin(), line.end());
  return best;
}

void bind_headers(const corpus::Headers& recorded, const corpus::Headers& live, Bindings& bindings) {
  for (const std::string_view name : kChainHeaders) {
    const std::string_view left = header_value(recorded, name);
    const std::string_view right = header_value(live, name);
    if (corpus::is_guid(left) && corpus::is_guid(right)) bindings.bind(left, right);
  }
}

}  // namespace replay
