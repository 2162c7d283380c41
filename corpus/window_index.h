// Finds any of many values in a text without looking at every byte of it.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace corpus {

/// An index of values of at least kWidth + kStride - 1 bytes. Of each value it knows kStride neighbouring windows of
/// kWidth bytes, so that wherever the value stands, one of them starts at a multiple of kStride: only windows there are
/// looked up.
///
/// The values themselves are not kept, only their shapes: what their windows say about begin and length. So thousands
/// of values that end alike and are equally long cost no more than one.
template <std::size_t kWidth, std::size_t kStride>
class WindowIndex {
 public:
  static_assert(kWidth <= sizeof(std::uint64_t));

  /// The shortest value that can be added.
  static constexpr std::size_t kShortest = kWidth + kStride - 1;
  /// What add() returns for a value that it has not added.
  static constexpr std::size_t kNotAdded = std::string_view::npos;

  /// Adds a value, and returns what remove() wants to know: where in the value its windows begin. Refuses a value whose
  /// windows too many others have: who sends values of one letter would have a text of that letter compared with all.
  std::size_t add(std::string_view value) {
    assert(value.size() >= kShortest);
    if (filter_.empty()) filter_.resize(kFilterSize);
    const std::size_t region = quiet_region(value);
    if (is_full(value, region)) return kNotAdded;
    first_ = std::min(first_, region);
    for (std::size_t at = region; at < region + kStride; ++at) {
      const std::uint64_t window = load(value.data() + at);
      std::vector<Shape>& shapes = shapes_[window];
      const auto known = std::ranges::find_if(shapes, [&](const Shape& one) { return one.is(at, value.size()); });
      const Shape shape{at, value.size(), 1};
      const auto place = std::ranges::lower_bound(shapes, shape.reach(), std::ranges::greater(), &Shape::reach);
      known != shapes.end() ? void(++known->values) : void(shapes.insert(place, shape));
      std::uint8_t& count = filter_[slot(window)];
      if (count < kFull) ++count;
    }
    return region;
  }

  /// Removes what add() was given, and returned this for.
  void remove(std::string_view value, std::size_t region) {
    if (region == kNotAdded) return;
    for (std::size_t at = region; at < region + kStride; ++at) {
      const std::uint64_t window = load(value.data() + at);
      const auto found = shapes_.find(window);
      const auto known =
          std::ranges::find_if(found->second, [&](const Shape& one) { return one.is(at, value.size()); });
      if (--known->values == 0) found->second.erase(known);
      if (found->second.empty()) shapes_.erase(found);
      std::uint8_t& count = filter_[slot(window)];
      if (count < kFull) --count;
    }
  }

  /// Calls is_value(begin, length) for each stretch of the text that may be a value; it says whether it is one. Of
  /// places where a value overlaps itself, the first is reported. Where windows are crowded, what lies inside of values
  /// that overlap is not.
  template <typename IsValue>
  void find(std::string_view text, IsValue is_value) const {
    if (shapes_.empty()) return;
    Shape last;
    std::size_t last_end = 0;
    std::size_t covered_begin = 0;  // by the last values that overlap each other
    std::size_t covered_end = 0;
    for (std::size_t at = (first_ + kStride - 1) / kStride * kStride; at + kWidth <= text.size(); at += kStride) {
      const std::uint64_t window = load(text.data() + at);
      if (filter_[slot(window)] == 0) continue;
      const auto found = shapes_.find(window);
      if (found == shapes_.end()) continue;
      for (const Shape& shape : found->second) {
        if (at < shape.at || at - shape.at + shape.length > text.size()) continue;
        const std::size_t begin = at - shape.at;
        const std::size_t end = begin + shape.length;
        if (found->second.size() > kCrowd && begin > covered_begin && end <= covered_end) continue;
        if ((begin < last_end && last.length == shape.length) || !is_value(begin, shape.length)) continue;
        last = shape;
        last_end = end;
        if (begin >= covered_end) covered_begin = begin;
        if (end > covered_begin) covered_begin = std::min(covered_begin, begin);
        covered_end = std::max(covered_end, end);
      }
    }
  }

 private:
  /// What a window says about a value that holds it: how far the value reaches to both sides.
  struct Shape {
    std::size_t at = 0;  ///< where in the value the window stands
    std::size_t length = 0;
    std::size_t values = 0;  ///< how many values have this window there, and this length

    /// How far behind the window's begin the value ends. In a run of one letter, the farthest covers the rest.
    std::size_t reach() const { return length - at; }
    bool is(std::size_t other_at, std::size_t other_length) const { return at == other_at && length == other_length; }
  };

  // 128 KiB: with 4096 values full of eight windows, one look in four is for nothing.
  static constexpr int kFilterBits = 17;
  static constexpr std::size_t kFilterSize = std::size_t{1} << kFilterBits;
  static constexpr std::uint8_t kFull = 255;  // counts no further, and so is never cleared again
  static constexpr std::size_t kCrowd = 8;    // shapes that may share a window before another region is tried

  static constexpr std::size_t kMostShapes = 64;

  static std::uint64_t load(const char* bytes) {
    std::uint64_t window = 0;
    std::memcpy(&window, bytes, kWidth);
    return window;
  }

  static std::size_t slot(std::uint64_t window) { return (window * 0x9E3779B97F4A7C15) >> (64 - kFilterBits); }

  /// Where the windows of a value are taken from: the end, which in tokens is random, while all of them begin alike;
  /// or, if many values end alike too, a place further in front.
  std::size_t quiet_region(std::string_view value) const {
    const std::size_t last = value.size() - kShortest;
    for (const std::size_t region : {last, last / 2, last / 4}) {
      const auto found = shapes_.find(load(value.data() + region));
      if (found == shapes_.end() || found->second.size() < kCrowd) return region;
    }
    return last;
  }

  bool is_full(std::string_view value, std::size_t region) const {
    for (std::size_t at = region; at < region + kStride; ++at) {
      const auto found = shapes_.find(load(value.data() + at));
      if (found != shapes_.end() && found->second.size() >= kMostShapes) return true;
    }
    return false;
  }

  std::size_t first_ = std::string_view::npos / 2;  // nowhere nearer do windows begin in their values
  std::vector<std::uint8_t> filter_;                // for each slot how many windows fall into it
  std::unordered_map<std::uint64_t, std::vector<Shape>> shapes_;
};

}  // namespace corpus
