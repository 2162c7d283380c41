// Request targets and resource paths in one canonical form.
//
// Graph names one thing in many ways: `/v1.0/…` and `/beta/…`, `/app/calls` and `/communications/calls`, `/answer` and
// `/microsoft.graph.answer`, segments in any case, with and without a slash in front or at the end. Ids keep their case
// (documented in Graph's page on calling the API), but a GUID has several spellings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace corpus {

/// One path segment. `id`: it stands where Graph puts an id, or it is a GUID.
struct PathSegment {
  std::string text;  ///< an id in canonical form, a name of Graph's in lower case, anything else as it was
  bool id = false;

  bool operator==(const PathSegment&) const = default;
};

/// A path that has been taken apart. Paths that are equal name the same thing.
struct GraphPath {
  std::vector<PathSegment> segments;
  std::string query;   ///< as it was, without the question mark
  bool calls = false;  ///< it is about Graph's calls: the first segment is "calls"

  bool operator==(const GraphPath&) const = default;

  /// The path with "{}" for each id: equal for requests of one kind.
  std::string shape() const;
  /// The id behind segment `name` ("calls", "operations", …); empty if there is none.
  std::string_view id_after(std::string_view name) const;
  /// The last segment, empty for the root.
  std::string_view last() const;
};

/// Takes a request target, a resource path or a whole URL apart. Never fails: what is no path of Graph's keeps its
/// segments, with GUIDs as ids.
GraphPath parse_graph_path(std::string_view target);

/// The query of a request target, without the question mark; a view into `target`.
std::string_view query_of(std::string_view target);

/// A query with its parameters decoded and in order: equal for queries that say the same.
std::string canonical_query(std::string_view query);

/// Whether a request with this method and path changes nothing and is sent as often as a timer fires: GET, keepAlive
/// and requests for tokens. Such requests are no causes and are not counted.
bool is_polling(std::string_view method, const GraphPath& path);

}  // namespace corpus
