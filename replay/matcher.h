// Which recorded request a live one stands for.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "corpus/exchange.h"
#include "corpus/graph_path.h"
#include "replay/bindings.h"
#include "replay/comparer.h"
#include "replay/noise.h"
#include "replay/plan.h"

namespace replay {

/// A live request and the recorded one that it stands for.
struct Match {
  std::size_t exchange = 0;  ///< index in the recording
  Comparison comparison;     ///< of the two bodies
};

/// For a live request that stands for no recorded one: the recorded one most like it.
struct Nearest {
  std::size_t exchange = 0;
  bool taken = false;                   ///< an earlier live request stands for it already
  std::vector<Difference> differences;  ///< of "method", "path", "query" and body; empty: the same once more
};

/// Matches the bot's requests to the recorded ones by method, canonical path and bindings; among equals the one whose
/// query and body differ least, then the first in the recording. One that would be meant for somebody else, and is one
/// that came already word for word, stands for none: it is that one once more. Each recorded request is taken once;
/// polling as often as it comes. However long the recording, a request is compared with a bounded number of recorded
/// ones.
///
/// The recording, the plan, the bindings and the noise must outlive the matcher.
class Matcher {
 public:
  /// `noise` may be null; what it explains does not count as a difference.
  Matcher(const corpus::Session& recorded, const Plan& plan, Bindings& bindings, std::vector<Pointer> ignored = {},
          const Noise* noise = nullptr);

  /// Takes the recorded request that `live` stands for and binds the ids of both; nothing if there is none left.
  std::optional<Match> take(const corpus::Request& live);
  /// The same for one whose target has been taken apart already.
  std::optional<Match> take(const corpus::Request& live, const corpus::GraphPath& path);

  /// The recorded exchange that answers a polling request: of those for the same thing the last one not later than
  /// `now` in recorded time, else the first; nothing if none was recorded.
  std::optional<std::size_t> poll(const corpus::Request& live, corpus::Micros now) const;

  /// The recorded request most like one that take() found nothing for; nothing if the bot sent none in the recording.
  std::optional<Nearest> nearest(const corpus::Request& live);

  bool taken(std::size_t exchange) const { return taken_[exchange]; }

 private:
  // Recorded requests that are alike, in the order of the recording.
  struct Bucket {
    corpus::GraphPath path;  // of the first
    std::vector<std::size_t> all;
    std::size_t first_untaken = 0;  // index into `all`: what stands before it has been taken
  };
  // By method and path, with ids or without.
  struct Index {
    std::unordered_map<std::string, std::size_t> places;
    std::vector<Bucket> buckets;  // in the order of the recording

    Bucket& at(const std::string& key);
    Bucket* find(const std::string& key);
    const Bucket* find(const std::string& key) const;
  };

  std::vector<std::size_t> candidates(const corpus::Request& live, const corpus::GraphPath& path);
  std::vector<const Bucket*> nearest_kinds(const corpus::Request& live, const corpus::GraphPath& path) const;
  std::span<const std::size_t> around(const Bucket& bucket, std::ptrdiff_t each) const;
  bool fits(const corpus::GraphPath& recorded, const corpus::GraphPath& live) const;
  std::string exact_key(const corpus::Request& live, const corpus::GraphPath& path) const;
  bool says_once_more(const corpus::Request& live);
  Comparison compare(std::size_t exchange, const corpus::Request& live);
  void bind(std::size_t exchange, const corpus::Request& live, const corpus::GraphPath& path,
            const Comparison& comparison);

  const corpus::Session& recorded_;
  Bindings& bindings_;
  Comparer comparer_;
  const Noise* noise_;
  Index exact_;                           // with the recorded ids
  Index shape_;                           // without ids
  Index polls_;                           // without ids, of polling
  std::size_t last_ = 0;                  // the exchange that was taken last
  std::vector<corpus::GraphPath> paths_;  // of the recorded requests
  std::vector<bool> taken_;
};

/// Binds the ids that headers such as Scenario-Id and Client-Request-Id carry on both sides.
void bind_headers(const corpus::Headers& recorded, const corpus::Headers& live, Bindings& bindings);

}  // namespace replay
