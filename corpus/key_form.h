// Meets a key that is expected, in compact JSON, without looking for its end first.
//
// For sources only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "corpus/json_run.h"
#include "corpus/name_table.h"

namespace corpus {

/// A key with its quotes and the colon: `"id":`. To compare with it costs less than to find where a key ends and which
/// one it is, and what comes behind it need not wait for either.
class KeyForm {
 public:
  constexpr KeyForm() = default;
  /// `name` is written without escapes. One of more than 29 bytes has no form, and is never met.
  consteval explicit KeyForm(std::string_view name) {
    if (name.size() + 3 > 2 * kBlock) return;
    size_ = name.size() + 3;
    std::array<char, 2 * kBlock> form{'"'};
    for (std::size_t at = 0; at < name.size(); ++at) form[at + 1] = name[at];
    form[name.size() + 1] = '"';
    form[name.size() + 2] = ':';
    if (size_ > kBlock) tail_at_ = size_ - kBlock;
    for (std::size_t word = 0; word < 2; ++word) {
      const char* const bytes = form.data() + 8 * word;
      head_[word] = load_word<std::uint64_t>(bytes);
      tail_[word] = load_word<std::uint64_t>(bytes + tail_at_);
      for (std::size_t byte = 0; byte < 8; ++byte) {
        if (bytes[byte] != 0) mask_[word] |= std::uint64_t{0xFF} << 8 * byte;
      }
    }
  }

  /// How many bytes it has; 0 if there is none.
  std::size_t size() const { return size_; }

  /// Whether it stands there, in a text or at its end, behind which stand kRunPadding bytes, the first of them 0: so a
  /// head that is the same lies in the text, and the tail may be read.
  [[gnu::always_inline]] bool stands_at(const char* at) const {
    const std::uint64_t differs = ((load_word<std::uint64_t>(at) ^ head_[0]) & mask_[0]) |
                                  ((load_word<std::uint64_t>(at + 8) ^ head_[1]) & mask_[1]);
    if (differs != 0) return false;
    if (tail_at_ == 0) return size_ != 0;
    at += tail_at_;
    return load_word<std::uint64_t>(at) == tail_[0] && load_word<std::uint64_t>(at + 8) == tail_[1];
  }

 private:
  static constexpr std::size_t kBlock = kRunPadding;
  static_assert(kBlock == 16);

  std::array<std::uint64_t, 2> head_{};
  std::array<std::uint64_t, 2> mask_{};  ///< the bytes of the first block that belong to it
  std::array<std::uint64_t, 2> tail_{};  ///< the last block of one that is longer than a block
  std::size_t tail_at_ = 0;
  std::size_t size_ = 0;
};

}  // namespace corpus
