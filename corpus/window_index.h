// Finds any of many values in a text without looking at every byte of it.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace corpus {

/// An index of values of at least kWidth + kStride - 1 bytes. Of each value it knows kStride neighbouring windows of
/// kWidth bytes, so that wherever the value stands, one of them starts at a multiple of kStride: only windows there are
/// looked up.
template <std::size_t kWidth, std::size_t kStride>
class WindowIndex {
 public:
  static_assert(kWidth <= sizeof(std::uint64_t));

  /// The shortest value that can be added.
  static constexpr std::size_t kShortest = kWidth + kStride - 1;

  /// The bytes of `value` must stay in place until it is removed.
  void add(std::string_view value) {
    assert(value.size() >= kShortest);
    if (filter_.empty()) filter_.resize(kFilterSize);
    const std::size_t region = quiet_region(value);
    for (std::size_t at = region; at < region + kStride; ++at) {
      const std::uint64_t window = load(value.data() + at);
      places_.emplace(window, Place{value, at});
      std::uint8_t& count = filter_[slot(window)];
      if (count < kFull) ++count;
    }
  }

  /// `value` must be the view that was added.
  void remove(std::string_view value) {
    for (std::size_t at = 0; at + kWidth <= value.size(); ++at) {
      const std::uint64_t window = load(value.data() + at);
      const auto [first, last] = places_.equal_range(window);
      const auto found = std::find_if(
          first, last, [&](const auto& one) { return one.second.value.data() == value.data() && one.second.at == at; });
      if (found == last) continue;
      places_.erase(found);
      std::uint8_t& count = filter_[slot(window)];
      if (count < kFull) --count;
    }
  }

  /// Calls on_match(begin, value) for each place of each value in the text; of places where a value overlaps itself,
  /// for the first.
  template <typename OnMatch>
  void find(std::string_view text, OnMatch on_match) const {
    if (places_.empty()) return;
    std::string_view last;
    std::size_t last_end = 0;
    for (std::size_t at = 0; at + kWidth <= text.size(); at += kStride) {
      const std::uint64_t window = load(text.data() + at);
      if (filter_[slot(window)] == 0) continue;
      const auto [first, behind] = places_.equal_range(window);
      for (auto one = first; one != behind; ++one) {
        const Place& place = one->second;
        if (at < place.at || (at - place.at < last_end && place.value.data() == last.data())) continue;
        if (text.substr(at - place.at, place.value.size()) != place.value) continue;
        last = place.value;
        last_end = at - place.at + place.value.size();
        on_match(at - place.at, place.value);
      }
    }
  }

 private:
  /// A window of a value: which value, and where in it.
  struct Place {
    std::string_view value;
    std::size_t at;
  };

  static constexpr int kFilterBits =
      17;  // 128 KiB: with 4096 values full of eight windows, one look in four is for nothing
  static constexpr std::size_t kFilterSize = std::size_t{1} << kFilterBits;
  static constexpr std::uint8_t kFull = 255;  // counts no further, and so is never cleared again
  static constexpr std::size_t kCrowd = 8;    // values that may share a window before another region is tried

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
      if (places_.count(load(value.data() + region)) < kCrowd) return region;
    }
    return last;
  }

  std::vector<std::uint8_t> filter_;  // for each slot how many windows fall into it
  std::unordered_multimap<std::uint64_t, Place> places_;
};

}  // namespace corpus
