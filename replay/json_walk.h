// Two JSON texts, recorded and live, gone through together. For the comparer.
#pragma once

#include <simdjson.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "replay/array_alignment.h"
#include "replay/comparer.h"
#include "replay/text_match.h"

namespace replay {

/// Collects where two values differ. One object serves one comparison, also of several texts: parts of a body, say. The
/// patterns and `match` must outlive it.
class JsonWalk {
 public:
  JsonWalk(const std::vector<Pointer>& ignored, Author author, TextMatch& match)
      : ignored_(ignored), author_(author), match_(match) {}

  /// Compares two values; the parsers that hold them must not have been used again.
  void values(const simdjson::dom::element& recorded, const simdjson::dom::element& live);
  /// Whether two texts at the place where the walk is say the same.
  bool same_text(std::string_view recorded, std::string_view live);
  /// Notes that the place where the walk is differs: at `where` in it, if that is not empty.
  void differ(std::string recorded, std::string live, std::string_view where = {});

  /// Enters a part or field of a body, unless it is to be ignored: `shown` is how the places in it begin for people.
  void in_part(std::string_view name, std::string_view shown, const std::function<void()>& visit);

  const TextMatch& match() const { return match_; }
  std::vector<Difference> take() { return std::move(differences_); }

 private:
  // One step down from the root: a member, or an element of an array.
  struct Segment {
    std::string_view name;
    std::size_t index = 0;
    bool is_index = false;
    bool who = false;  // this or one above says who is meant
  };

  using Elements = std::vector<simdjson::dom::element>;

  void objects(const simdjson::dom::object& recorded, const simdjson::dom::object& live);
  void arrays(const Elements& recorded, const Elements& live);
  bool same_by_place(const Elements& recorded, const Elements& live);
  bool same_values(std::size_t place, const simdjson::dom::element& recorded, const simdjson::dom::element& live);
  std::vector<Aligned> aligned(const Elements& recorded, const Elements& live);
  // One of the two may be absent.
  void below(const Segment& segment, const simdjson::dom::element* recorded, const simdjson::dom::element* live);
  void note(const simdjson::dom::element* recorded, const simdjson::dom::element* live);
  Segment member(std::string_view name) const;
  Segment index(std::size_t place) const;
  bool ignores_this() const;
  Pointer pointer() const;

  const std::vector<Pointer>& ignored_;
  Author author_;
  TextMatch& match_;
  std::vector<Segment> place_;
  std::string shown_;          // how places begin for people, in parts and fields
  std::size_t shown_for_ = 0;  // so many segments of the place are said by that
  bool trying_ = false;        // whether there is a difference is all that is asked
  bool differs_ = false;       // and there is one
  std::size_t visited_ = 0;    // values so far
  std::vector<Difference> differences_;
};

}  // namespace replay
