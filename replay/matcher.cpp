#include "replay/matcher.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "corpus/ids.h"

namespace replay {
namespace {

using corpus::GraphPath;
using corpus::Header;
using corpus::Request;

// A bot has rarely more than a handful of equal requests under way; comparing a request with every equal one of a long
// recording would take time that grows with its square.
constexpr std::size_t kWindow = 32;

constexpr std::array<std::string_view, 2> kChainHeaders = {"scenario-id", "client-request-id"};

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(x) == lower(y);
  });
}

const Header* find_header(const corpus::Headers& headers, std::string_view name) {
  const auto found = std::ranges::find_if(headers, [&](const Header& header) { return same_name(header.name, name); });
  return found == headers.end() ? nullptr : &*found;
}

std::string shape_key(const Request& request, const GraphPath& path) {
  return request.method + ' ' + path.shape();
}

std::string exact_text(const Request& request, const GraphPath& path) {
  std::string key = request.method + ' ';
  for (const corpus::PathSegment& segment : path.segments) key += '/' + segment.text;
  return path.query.empty() ? key : key + '?' + path.query;
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

// How well a candidate fits; lower is better. Ids that are equal already fit better than ids that could stand for each
// other.
std::size_t cost(const Comparison& comparison) {
  const auto renamed = std::ranges::count_if(comparison.pairs, [](const Pair& pair) {
    return corpus::canonical_id(pair.recorded) != corpus::canonical_id(pair.live);
  });
  constexpr std::size_t kWorseThanAnyRenaming = 1000;
  return (comparison.differences.size() + comparison.ambiguous.size()) * kWorseThanAnyRenaming +
         static_cast<std::size_t>(renamed);
}

}  // namespace

Matcher::Matcher(const corpus::Session& recorded, const Plan& plan, Bindings& bindings, std::vector<Pointer> ignored)
    : recorded_(recorded), plan_(plan), bindings_(bindings), comparer_(std::move(ignored)), taken_(plan.steps.size()) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    if (plan.steps[i].role == Role::delivery) continue;
    const Request& request = recorded.exchanges[i].request;
    const GraphPath path = corpus::parse_graph_path(request.target);
    if (plan.steps[i].role == Role::polling) {
      polls_[shape_key(request, path)].push_back(i);
    } else {
      exact_[exact_text(request, path)].push_back(i);
      shape_[shape_key(request, path)].push_back(i);
    }
  }
}

std::string Matcher::exact_key(const Request& live, const GraphPath& path) const {
  GraphPath recorded = path;
  for (corpus::PathSegment& segment : recorded.segments) {
    const std::string_view known = bindings_.recorded_of(segment.text);
    if (!known.empty()) segment.text = corpus::canonical_id(known);
  }
  recorded.query = bindings_.to_recorded(path.query);
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

std::vector<std::size_t> Matcher::candidates(const Request& live) {
  const GraphPath path = corpus::parse_graph_path(live.target);
  std::vector<std::size_t> found;
  const auto collect = [&](Index& index, const std::string& key) {
    const auto bucket = index.find(key);
    if (bucket == index.end()) return;
    while (!bucket->second.empty() && taken_[bucket->second.front()]) bucket->second.pop_front();
    for (const std::size_t i : bucket->second) {
      if (found.size() == kWindow) return;
      if (!taken_[i] && fits(corpus::parse_graph_path(recorded_.exchanges[i].request.target), path)) found.push_back(i);
    }
  };
  collect(exact_, exact_key(live, path));
  if (found.empty()) collect(shape_, shape_key(live, path));
  return found;
}

Comparison Matcher::compare(std::size_t exchange, const Request& live) {
  return comparer_.bodies(recorded_.exchanges[exchange].request.body, live.body, Author::bot, bindings_);
}

std::optional<Match> Matcher::take(const Request& live) {
  std::optional<Match> best;
  for (const std::size_t candidate : candidates(live)) {
    Comparison comparison = compare(candidate, live);
    if (!best || cost(comparison) < cost(best->comparison)) best = Match{candidate, std::move(comparison)};
  }
  if (best) {
    taken_[best->exchange] = true;
    bind(best->exchange, live, best->comparison);
  }
  return best;
}

void Matcher::bind(std::size_t exchange, const Request& live, const Comparison& comparison) {
  const Request& recorded = recorded_.exchanges[exchange].request;
  const GraphPath left = corpus::parse_graph_path(recorded.target);
  const GraphPath right = corpus::parse_graph_path(live.target);
  for (std::size_t i = 0; i < right.segments.size(); ++i) {
    if (right.segments[i].id) bindings_.bind(left.segments[i].text, right.segments[i].text);
  }
  for (const Pair& pair : comparison.pairs) bindings_.bind(pair.recorded, pair.live);
  bind_headers(recorded.headers, live.headers, bindings_);
}

std::optional<std::size_t> Matcher::poll(const Request& live, corpus::Micros now) const {
  const GraphPath path = corpus::parse_graph_path(live.target);
  const auto bucket = polls_.find(shape_key(live, path));
  if (bucket == polls_.end()) return std::nullopt;
  std::optional<std::size_t> best;
  for (const std::size_t i : bucket->second) {
    if (!fits(corpus::parse_graph_path(recorded_.exchanges[i].request.target), path)) continue;
    if (best && recorded_.exchanges[i].sent > now) break;
    best = i;
  }
  return best;
}

std::optional<Nearest> Matcher::nearest(const Request& live) {
  const GraphPath path = corpus::parse_graph_path(live.target);
  using Rank = std::tuple<bool, std::size_t, std::size_t, bool>;  // other method, other path, other body, taken
  std::optional<Nearest> best;
  Rank best_rank;
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    if (plan_.steps[i].role != Role::request) continue;
    const Request& request = recorded_.exchanges[i].request;
    const GraphPath other = corpus::parse_graph_path(request.target);
    const Rank rough{request.method != live.method, distance(other, path) + !fits(other, path), 0, false};
    if (best && rough > best_rank) continue;
    Comparison comparison = compare(i, live);
    const Rank rank{std::get<0>(rough), std::get<1>(rough), cost(comparison), taken_[i]};
    if (best && rank >= best_rank) continue;
    best_rank = rank;
    best = Nearest{i, taken_[i], std::move(comparison.differences)};
  }
  if (!best) return best;
  const Request& request = recorded_.exchanges[best->exchange].request;
  std::vector<Difference> line;
  if (std::get<0>(best_rank)) line.push_back({"method", request.method, live.method});
  if (std::get<1>(best_rank) != 0) line.push_back({"path", bindings_.to_live(request.target), live.target});
  best->differences.insert(best->differences.begin(), line.begin(), line.end());
  return best;
}

void bind_headers(const corpus::Headers& recorded, const corpus::Headers& live, Bindings& bindings) {
  for (const std::string_view name : kChainHeaders) {
    const Header* left = find_header(recorded, name);
    const Header* right = find_header(live, name);
    if (left != nullptr && right != nullptr && corpus::is_guid(left->value) && corpus::is_guid(right->value)) {
      bindings.bind(left->value, right->value);
    }
  }
}

}  // namespace replay
