#include "corpus/line_source.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "corpus/line_parser.h"

namespace corpus {
namespace {

/// Bytes with room behind them, for as long as a batch is being read.
class Buffer {
 public:
  explicit Buffer(std::size_t capacity) : capacity_(capacity), bytes_(allocate(capacity)) {}

  std::string_view view() const { return {bytes_.get(), size_}; }

  std::span<char> room() {
    if (size_ == capacity_) {
      capacity_ *= 2;
      auto larger = allocate(capacity_);
      std::memcpy(larger.get(), bytes_.get(), size_);
      bytes_ = std::move(larger);
    }
    return {bytes_.get() + size_, capacity_ - size_};
  }

  void grow(std::size_t size) { size_ += size; }

  std::unique_ptr<char[]> take() {
    std::memset(bytes_.get() + size_, 0, LineParser::kPadding);
    return std::move(bytes_);
  }

 private:
  static std::unique_ptr<char[]> allocate(std::size_t capacity) {
    return std::make_unique_for_overwrite<char[]>(capacity + LineParser::kPadding);
  }

  std::size_t capacity_;
  std::size_t size_ = 0;
  std::unique_ptr<char[]> bytes_;
};

/// Without the CR of a file that went through an editor on Windows.
std::string_view without_return(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

}  // namespace

LineSource::LineSource(const ByteSource& source, std::size_t piece, std::size_t longest)
    : source_(source), piece_(piece), longest_(longest) {}

RawLine LineSource::line_of(std::string_view bytes, bool ended) {
  ++number_;
  if (bytes.size() > longest_) return {bytes.substr(0, 0), number_, ended, true};
  return {without_return(bytes), number_, ended, false};
}

// The rest of a line that is too long; what stands behind it is left in `behind`.
RawLine LineSource::skip_line(std::string& behind) {
  behind.resize(std::min<std::size_t>(piece_, 64 << 10));
  for (std::size_t got = 0; (got = source_(behind.data(), behind.size())) > 0;) {
    const std::size_t feed = std::string_view(behind.data(), got).find('\n');
    if (feed == std::string_view::npos) continue;
    behind = behind.substr(feed + 1, got - feed - 1);
    return {"", ++number_, true, true};
  }
  behind.clear();
  return {"", ++number_, false, true};
}

LineBatch LineSource::next() {
  Buffer buffer(std::max(piece_, begun_.size() + 1));
  buffer.grow(begun_.copy(buffer.room().data(), begun_.size()));
  // Until the piece is full, and on from there while it holds no line end. What has been searched is not searched
  // again.
  std::size_t searched = std::min(buffer.view().find('\n'), buffer.view().size());
  bool at_end = false;
  while (!at_end && (buffer.view().size() < piece_ || searched == buffer.view().size())) {
    if (searched == buffer.view().size() && searched > longest_) {
      LineBatch damaged;
      damaged.bytes = Buffer(1).take();
      damaged.lines.push_back(skip_line(begun_));
      return damaged;
    }
    const std::span<char> room = buffer.room();
    const std::size_t got = source_(room.data(), std::min(room.size(), piece_));
    at_end = got == 0;
    buffer.grow(got);
    searched = std::min(buffer.view().find('\n', searched), buffer.view().size());
  }

  LineBatch batch;
  const std::size_t size = buffer.view().size();
  batch.bytes = buffer.take();
  std::string_view rest(batch.bytes.get(), size);
  for (std::size_t feed = searched < size ? searched : rest.npos; feed != rest.npos; feed = rest.find('\n')) {
    batch.lines.push_back(line_of(rest.substr(0, feed), true));
    rest.remove_prefix(feed + 1);
  }
  if (at_end && !rest.empty()) {
    batch.lines.push_back(line_of(rest, false));
    rest = {};
  }
  begun_ = rest;
  return batch;
}

}  // namespace corpus
