// Room for a value that is being made up.
#pragma once

#include <array>
#include <cstring>
#include <string_view>

namespace fuzz {

/// A string with a fixed room, so that making up a value takes no memory; large enough for the longest text that a
/// mutation makes up (4097 characters of six bytes each). What does not fit is cut off, and the scratch is `spoilt`
/// until reset.
class Scratch {
 public:
  static constexpr std::size_t kRoom = std::size_t{32} * 1024;

  void clear() { size_ = 0; }

  void reset() {
    size_ = 0;
    spoilt_ = false;
  }

  bool spoilt() const { return spoilt_; }

  Scratch& add(std::string_view bytes) {
    const std::size_t count = bytes.size() < kRoom - size_ ? bytes.size() : kRoom - size_;
    spoilt_ = spoilt_ || count != bytes.size();
    if (count != 0) std::memcpy(bytes_.data() + size_, bytes.data(), count);
    size_ += count;
    return *this;
  }

  Scratch& add(char byte) { return add(std::string_view(&byte, 1)); }

  std::string_view view() const { return {bytes_.data(), size_}; }
  char* data() { return bytes_.data(); }
  std::size_t size() const { return size_; }
  void resize(std::size_t size) { size_ = size < kRoom ? size : kRoom; }

 private:
  std::array<char, kRoom> bytes_;
  std::size_t size_ = 0;
  bool spoilt_ = false;
};

}  // namespace fuzz
