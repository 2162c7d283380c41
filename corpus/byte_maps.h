// Maps of the bytes of a text: a bit for each byte that is of some kind. As wide as the machine looks at bytes.
//
// For sources only.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace corpus {

/// How many bytes a word of a map stands for; the first one is the lowest bit.
inline constexpr std::size_t kMapped = 64;

/// Each of the next writes as many words as the bytes need. What is behind the last byte is of no kind.
///
/// Bytes that are this one.
void map_byte(std::string_view bytes, char byte, std::uint64_t* words);
/// Letters of one of the two alphabets of base64.
void map_base64(std::string_view bytes, std::uint64_t* words);

/// For each of these thirteen bytes, in this order and from the lowest bit on, whether it is there: "\%':=<J@+/. and
/// the blank.
unsigned kinds_in(std::string_view bytes);

/// The first place, at or behind `from`, where `first` stands and `last` so many bytes behind it; npos without one.
std::size_t find_pair(std::string_view text, char first, char last, std::size_t reach, std::size_t from);

/// What those four do, byte by byte: for machines that cannot look at many, and to hold the others against.
namespace plainly {
void map_byte(std::string_view bytes, char byte, std::uint64_t* words);
void map_base64(std::string_view bytes, std::uint64_t* words);
unsigned kinds_in(std::string_view bytes);
std::size_t find_pair(std::string_view text, char first, char last, std::size_t reach, std::size_t from);
}  // namespace plainly

/// Goes through the words of a map, of which it makes some at a time. `Make` is called with bytes and words.
template <typename Make>
class MapWalk {
 public:
  MapWalk(std::string_view text, Make make) : text_(text), make_(make) {}

  /// Moves on to the next word; false at the end.
  [[gnu::always_inline]] inline bool next() {
    if (++word_ >= count_ && !fill(begin_ + count_ * kMapped)) return false;
    return true;
  }
  std::uint64_t word() const { return words_[word_]; }
  /// The place of the word's first byte.
  std::size_t at() const { return begin_ + word_ * kMapped; }

 private:
  static constexpr std::size_t kWords = 8;

  bool fill(std::size_t begin) {
    begin_ = begin;
    word_ = count_ = 0;
    if (begin >= text_.size()) return false;
    const std::string_view piece = text_.substr(begin, kWords * kMapped);
    make_(piece, words_);
    count_ = (piece.size() + kMapped - 1) / kMapped;
    return true;
  }

  std::string_view text_;
  Make make_;
  std::uint64_t words_[kWords];
  std::size_t begin_ = 0;  // of the first word's bytes
  std::size_t word_ = 0;
  std::size_t count_ = 0;
};

/// The places of one byte in a text, from the first to the last. For bytes that stand close together: a call of
/// memchr() for each takes several times as long. The text must outlive it.
class Places {
 public:
  Places(std::string_view text, char byte) : walk_(text, Make{byte}) {}

  /// The next place; npos at the end.
  [[gnu::always_inline]] inline std::size_t next() {
    while (marks_ == 0) {
      if (!walk_.next()) return std::string_view::npos;
      marks_ = walk_.word();
    }
    const std::size_t place = walk_.at() + static_cast<std::size_t>(std::countr_zero(marks_));
    marks_ &= marks_ - 1;
    return place;
  }

  /// Passes over all places before this one, which must not stand before the last one given.
  void skip_to(std::size_t place) {
    while (place >= walk_.at() + kMapped) {
      marks_ = 0;
      if (!walk_.next()) return;
      marks_ = walk_.word();
    }
    if (place > walk_.at()) marks_ &= ~std::uint64_t{0} << (place - walk_.at());
  }

 private:
  struct Make {
    char byte;
    void operator()(std::string_view bytes, std::uint64_t* words) const { map_byte(bytes, byte, words); }
  };

  MapWalk<Make> walk_;
  std::uint64_t marks_ = 0;
};

}  // namespace corpus
