// Memory for the values of one payload, given back all at once and used again for the next.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <vector>

namespace corpus {

/// Hands out arrays that live until clear(). Owned by a parser. After a clear() there is one block, as large as all
/// that was used before, so that payloads of a size that has been seen cost no allocation.
class Arena {
 public:
  /// `count` values as their default constructor makes them: members need initializers of their own, plain bytes are
  /// left as they are. T{} would clear all of the memory first, which for the wide types of payloads takes longer than
  /// to read them. Nothing is destroyed later, so T may own nothing.
  template <typename T>
  std::span<T> make(std::size_t count) {
    T* const first = room<T>(count);
    std::uninitialized_default_construct_n(first, count);
    return {first, count};
  }

  /// Memory for so many values, which whoever asks for it has to construct.
  template <typename T>
  T* room(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= kAlignment);
    return reinterpret_cast<T*>(take(count * sizeof(T)));
  }

  void clear() {
    if (blocks_.size() > 1) {
      const std::size_t all = total_;
      blocks_.clear();
      total_ = 0;
      add_block(all);
    }
    used_ = 0;
  }

 private:
  static constexpr std::size_t kAlignment = alignof(std::max_align_t);
  static constexpr std::size_t kFirstBlock =
      16384;  ///< enough for the values of a usual call, operation or small roster

  std::byte* take(std::size_t size) {
    size = (size + kAlignment - 1) / kAlignment * kAlignment;
    if (blocks_.empty() || size > block_size_ - used_) add_block(std::max({size, block_size_ * 2, kFirstBlock}));
    std::byte* const taken = blocks_.back().get() + used_;
    used_ += size;
    return taken;
  }

  void add_block(std::size_t size) {
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    block_size_ = size;
    total_ += size;
    used_ = 0;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t block_size_ = 0;  ///< of the last block
  std::size_t used_ = 0;        ///< of the last block
  std::size_t total_ = 0;
};

}  // namespace corpus
