#include "corpus/graph_path.h"

#include <algorithm>
#include <array>

#include "corpus/ascii.h"
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
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower);
  return result;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Percent-decodes a segment; a broken escape stays as it is.
std::string decoded(std::string_view segment) {
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

// A GUID in its canonical form, anything else as it is.
PathSegment segment_of(std::string_view text) {
  if (const auto digits = guid_digits(text)) return {std::string(digits->data(), digits->size()), true};
  if (text.find('%') == std::string_view::npos) return {std::string(text), false};
  const std::string plain = decoded(text);
  return {canonical_id(plain), is_guid(plain)};
}

std::vector<PathSegment> split_segments(std::string_view path) {
  std::vector<PathSegment> segments;
  segments.reserve(static_cast<std::size_t>(std::ranges::count(path, '/')) + 1);
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    if (!segment.empty()) segments.push_back(segment_of(segment));
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  }
  return segments;
}

std::string_view without_origin(std::string_view target) {
  if (target.starts_with('/')) return target;  // nearly all do
  const std::size_t scheme = target.find("://");
  const std::size_t first = target.find_first_of("/?#");
  if (scheme == std::string_view::npos || first < scheme) return target;
  const std::size_t path = target.find_first_of("/?#", scheme + 3);
  return path == std::string_view::npos ? std::string_view() : target.substr(path);
}

bool is_word(const PathSegment& segment, std::string_view word) {
  return same_word(segment.text, word);
}

// Graph's version, if something stands behind it: both name the same things.
std::size_t version_segments(const std::vector<PathSegment>& segments) {
  return segments.size() > 1 && (is_word(segments[0], "beta") || is_word(segments[0], "v1.0")) ? 1 : 0;
}

// How many segments in front of "calls" say nothing about which thing is meant; npos if it is no path of calls.
std::size_t calls_at(const std::vector<PathSegment>& segments) {
  std::size_t at = version_segments(segments);
  if (at < segments.size() && (is_word(segments[at], "app") || is_word(segments[at], "communications"))) ++at;
  if (at == 0 || at >= segments.size() || !is_word(segments[at], "calls")) return std::string::npos;
  return at;
}

// Says what a segment of a path of calls is that is no GUID.
void name_call_segment(PathSegment& segment, bool behind_collection) {
  std::string name = lowered(segment.text);
  if (name.starts_with(kQualifier)) name.erase(0, kQualifier.size());
  segment.id = behind_collection && !contains(kCollectionActions, name) && !contains(kCollections, name);
  if (!segment.id) segment.text = std::move(name);
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
  path.segments = split_segments(target.substr(0, target.find('?')));
  const std::size_t calls = calls_at(path.segments);
  path.calls = calls != std::string::npos;
  const std::size_t before = path.calls ? calls : version_segments(path.segments);
  path.segments.erase(path.segments.begin(), path.segments.begin() + static_cast<std::ptrdiff_t>(before));
  bool behind_collection = false;
  for (PathSegment& segment : path.segments) {
    if (path.calls && !segment.id) name_call_segment(segment, behind_collection);
    behind_collection = path.calls && !segment.id && contains(kCollections, segment.text);
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
