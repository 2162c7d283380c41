// The one map between recorded and live ids of a replay.
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "replay/guid_map.h"

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
  /// The same, written behind what `out` holds already.
  void append_recorded(std::string& out, std::string_view text) const;

  std::size_t size() const { return to_live_.size(); }

 private:
  // One direction: id -> the partner as it was written. Every string of every message is looked up here, so GUIDs have
  // a table of their own: they are looked up by their digits, and all that is no GUID in a table that is mostly small.
  class Map {
   public:
    // The view lives until the next add(); empty: there is none.
    std::string_view find(std::string_view id) const;
    void add(std::string_view id, std::string_view partner);
    bool empty() const { return size() == 0; }
    // Whether all that there is to replace in a text are GUIDs: what else is known stands for itself and holds none.
    bool only_guids() const { return only_guids_; }
    std::size_t size() const { return guids_.size() + texts_.size(); }

   private:
    // The partner of a GUID: mostly a GUID itself, and then as it was written.
    struct Partner {
      std::array<char, 36> text{};
      std::uint8_t size = 0;    // 0: it is in others_
      std::uint32_t other = 0;  // where
    };
    struct HashText {
      using is_transparent = void;
      std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    GuidMap<Partner> guids_;
    std::vector<std::string> others_;
    std::unordered_map<std::string, std::string, HashText, std::equal_to<>> texts_;
    // The lengths that texts have, modulo its size: most strings of a message are told to be none of them by that.
    std::bitset<256> lengths_;
    bool only_guids_ = true;
  };

  class Rewriter;

  Map to_live_;
  Map to_recorded_;
};

}  // namespace replay
