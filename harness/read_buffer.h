// The bytes of a connection that have been read and not yet parsed.
#pragma once

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <cstring>
#include <string_view>
#include <vector>

namespace harness {

/// A flat buffer that is reused for every message of a connection, because the parser wants a header in one piece.
class ReadBuffer {
 public:
  /// What is there; valid until the next room() or the buffer's end.
  std::string_view view() const { return {bytes_.data() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  std::size_t size() const { return end_ - begin_; }

  /// Free space behind the bytes that are there, never none: the buffer moves them or grows.
  boost::asio::mutable_buffer room() {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == bytes_.size()) make_room();
    return boost::asio::buffer(bytes_.data() + end_, bytes_.size() - end_);
  }
  /// `count` bytes have been read into room().
  void filled(std::size_t count) { end_ += count; }
  /// The first `count` bytes are done with.
  void consume(std::size_t count) { begin_ += count; }
  void clear() { begin_ = end_ = 0; }

 private:
  // One read takes a usual notification whole; a body of megabytes comes in few enough pieces.
  static constexpr std::size_t kFirstSize = 16 * 1024;

  void make_room() {
    if (begin_ > 0) {
      std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    } else {
      bytes_.resize(std::max(kFirstSize, bytes_.size() * 2));
    }
  }

  std::vector<char> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace harness
