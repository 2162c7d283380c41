// A changed copy of a text, written from front to back into memory that somebody else owns.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace fuzz {

/// Writes a text with changes. Every mutation is a few calls of replace and insert, in the order of the text; what lies
/// between is copied. It never writes past its room: a draft that did not fit is `spoilt`, and its bytes mean nothing.
class Draft {
 public:
  /// `in` and `out` must not overlap and must outlive the draft.
  Draft(std::string_view in, std::span<std::uint8_t> out) : in_(in), out_(out) {}

  /// Copies the text up to `until`, which may be behind what was read already: then nothing is copied.
  void keep(std::size_t until) {
    if (until > read_) put(in_.substr(read_, until - read_));
    read_ = std::max(read_, until);
  }

  /// Leaves out the text up to `until`.
  void drop(std::size_t until) { read_ = std::max(read_, until); }

  /// Adds bytes that are not of the text, or that are of another place of it.
  void put(std::string_view bytes) {
    if (spoilt_ || bytes.size() > room()) {
      spoilt_ = true;
    } else if (!bytes.empty()) {
      std::memcpy(out_.data() + written_, bytes.data(), bytes.size());
      written_ += bytes.size();
    }
  }

  void put(char byte) { put(std::string_view(&byte, 1)); }

  /// Keeps what comes before [begin, end) and writes `bytes` in its place.
  void replace(std::size_t begin, std::size_t end, std::string_view bytes) {
    keep(begin);
    put(bytes);
    drop(end);
  }

  void insert(std::size_t at, std::string_view bytes) { replace(at, at, bytes); }

  /// Copies what is left of the text.
  void finish() { keep(in_.size()); }

  bool spoilt() const { return spoilt_; }
  std::size_t written() const { return written_; }

  /// How much can still be put.
  std::size_t room() const { return out_.size() - written_; }

  /// How many bytes can be added to the text if all that is left of it is kept.
  std::size_t spare() const {
    const std::size_t left = in_.size() - std::min(read_, in_.size());
    return room() > left ? room() - left : 0;
  }

  /// What was written so far; may be changed in place.
  std::span<std::uint8_t> bytes() { return out_.first(written_); }

  /// Says that bytes() was made longer or shorter in place, no longer than there is room for.
  void resize(std::size_t written) { written_ = written; }

 private:
  std::string_view in_;
  std::span<std::uint8_t> out_;
  std::size_t read_ = 0;
  std::size_t written_ = 0;
  bool spoilt_ = false;
};

}  // namespace fuzz
