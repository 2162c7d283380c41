#include "corpus/graph_path.h"

#include <algorithm>
#include <array>

#include "corpus/ids.h"

namespace corpus {
namespace {

// Collections whose next segment is an id, unless it is one of the actions below.
constexpr std::array<std::string_view, 5> kCollections = {"calls", "participants", "operations",
                                                          "contentsharingsessions", "audioroutinggroups"};

// Actions on a collection: they stand where an id would.
constexpr std::array<std::string_view, 4> kCollectionActions = {"invite", "muteall", "configuremixer",
                                                                "logteleconferencedevicequality"};

constexpr std::string_view kQualifier = "microsoft.graph.";

bool contains(const auto& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return lower;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Percent-decodes a segment; a broken escape stays as it is.
std::string decoded(std::string_view segment) {
  if (segment.find('%') == std::string_view::npos) return std::string(segment);
  std::string text;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    if (segment[i] == '%' && i + 2 < segment.size()) {
      const int high = hex_value(segment[i + 1]);
      const int low = hex_value(segment[i + 2]);
      if (high >= 0 && low >= 0) {
        text += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    text += segment[i];
  }
  return text;
}

std::vector<std::string> split_segments(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (!segment.empty()) segments.push_back(decoded(segment));
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  }
  return segments;
}

std::string_view without_origin(std::string_view target) {
  const std::size_t scheme = target.find("://");
  const std::size_t first = target.find_first_of("/?#");
  if (scheme == std::string_view::npos || first < scheme) return target;
  const std::size_t path = target.find_first_of("/?#", scheme + 3);
  return path == std::string_view::npos ? std::string_view() : target.substr(path);
}

// Graph's version, if something stands behind it: both name the same things.
std::size_t version_segments(const std::vector<std::string>& segments) {
  return segments.size() > 1 && (lowered(segments[0]) == "beta" || lowered(segments[0]) == "v1.0") ? 1 : 0;
}

// How many segments in front of "calls" say nothing about which thing is meant; npos if it is no path of calls.
std::size_t calls_at(const std::vector<std::string>& segments) {
  std::size_t at = version_segments(segments);
  if (at < segments.size() && (lowered(segments[at]) == "app" || lowered(segments[at]) == "communications")) ++at;
  if (at == 0 || at >= segments.size() || lowered(segments[at]) != "calls") return std::string::npos;
  return at;
}

PathSegment call_segment(const std::string& text, bool behind_collection) {
  std::string name = lowered(text);
  if (name.starts_with(kQualifier)) name.erase(0, kQualifier.size());
  if (is_guid(text)) return {canonical_id(text), true};
  if (behind_collection && !contains(kCollectionActions, name) && !contains(kCollections, name)) return {text, true};
  return {std::move(name), false};
}

}  // namespace

std::string GraphPath::shape() const {
  std::string text;
  for (const PathSegment& segment : segments) {
    text += '/';
    text += segment.id ? "{}" : segment.text;
  }
  return text;
}

std::string_view GraphPath::id_after(std::string_view name) const {
  for (std::size_t i = 1; i < segments.size(); ++i) {
    if (segments[i].id && segments[i - 1].text == name) return segments[i].text;
  }
  return {};
}

std::string_view GraphPath::last() const {
  return segments.empty() ? std::string_view() : std::string_view(segments.back().text);
}

GraphPath parse_graph_path(std::string_view target) {
  target = without_origin(target);
  GraphPath path;
  path.query = query_of(target);
  const std::vector<std::string> segments = split_segments(target.substr(0, target.find('?')));
  const std::size_t calls = calls_at(segments);
  path.calls = calls != std::string::npos;
  bool behind_collection = false;
  for (std::size_t i = path.calls ? calls : version_segments(segments); i < segments.size(); ++i) {
    if (path.calls) {
      path.segments.push_back(call_segment(segments[i], behind_collection));
    } else {
      path.segments.push_back({canonical_id(segments[i]), is_guid(segments[i])});
    }
    behind_collection = path.calls && !path.segments.back().id && contains(kCollections, path.segments.back().text);
  }
  return path;
}

std::string_view query_of(std::string_view target) {
  const std::size_t question = target.find('?');
  return question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
}

std::string canonical_query(std::string_view query) {
  std::vector<std::string> parameters;
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    std::string parameter(query.substr(0, end));
    std::ranges::replace(parameter, '+', ' ');
    if (!parameter.empty()) parameters.push_back(decoded(parameter));
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
  }
  std::ranges::sort(parameters);
  std::string text;
  for (const std::string& parameter : parameters) text += (text.empty() ? "" : "&") + parameter;
  return text;
}

bool is_polling(std::string_view method, const GraphPath& path) {
  if (method == "GET" || method == "HEAD") return true;
  if (method != "POST") return false;
  if (path.calls) return path.last() == "keepalive";
  return path.last() == "token" && path.shape().find("/oauth2/") != std::string::npos;
}

}  // namespace corpus
