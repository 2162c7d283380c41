// The one map between recorded and live ids of a replay.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace replay {

/// Recorded id <-> live id, one to one, in every spelling. One object serves a whole session: deliveries and the Graph
/// double share it. Ids are kept in canonical form (corpus/ids.h); texts of other kinds, such as a clientContext of the
/// bot's own making, stand for themselves.
class Bindings {
 public:
  /// What bind() found.
  enum class Outcome {
    bound,           ///< new, now bound
    known,           ///< the same pair was bound before
    recorded_taken,  ///< the recorded id is bound to another live one
    live_taken,      ///< the live id is bound to another recorded one
  };

  /// Ties the two together, in any spelling. Changes nothing unless the result is `bound`.
  Outcome bind(std::string_view recorded, std::string_view live);
  /// What bind() would find.
  Outcome look(std::string_view recorded, std::string_view live) const;

  /// The partner of an id in canonical form, as it was given to bind(); empty if there is none.
  /// The view lives until the next bind().
  std::string_view live_of(std::string_view recorded) const;
  std::string_view recorded_of(std::string_view live) const;

  /// `text` with every bound recorded id replaced by its live partner: whole strings of a JSON text, parts between
  /// delimiters (path segments, query values) and GUIDs anywhere. A GUID keeps the spelling that it has in `text`, so
  /// that a message that came with dashes goes out with dashes. Everything else stays as it is, byte for byte.
  std::string to_live(std::string_view text) const;
  /// The same the other way round.
  std::string to_recorded(std::string_view text) const;

  std::size_t size() const { return to_live_.size(); }

 private:
  // Looks texts up as they stand in a message, without a copy of each.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  // Canonical id -> the partner as it was written.
  using Map = std::unordered_map<std::string, std::string, Hash, std::equal_to<>>;

  Map to_live_;
  Map to_recorded_;
};

}  // namespace replay
