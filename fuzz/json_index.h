// Where the values of a JSON text stand, as one flat table of places.
//
// A mutator needs the places of the bytes more than their meaning, several hundred thousand times a second, and also of
// text that no parser accepts. So: one pass, no tree, no memory taken after construction, and broken text is read on.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "fuzz/load.h"

namespace fuzz {

/// What a value is. A stray is a run of bytes that is no JSON; `document` is node 0, which holds the top-level values.
enum class Kind : std::uint8_t { document, object, array, string, number, literal, stray };

/// One value and its place in the text. Children follow their parent in the table, in the order of the text.
struct Node {
  std::uint32_t begin = 0;      ///< first byte of the value; for strings the opening quote
  std::uint32_t end = 0;        ///< one past the last byte
  std::uint32_t key_begin = 0;  ///< first byte inside the quotes of its key; 0 if it has none
  std::uint32_t key_end = 0;    ///< the closing quote of its key; 0 if it has none
  std::uint32_t parent = 0;     ///< index of the container
  std::uint32_t next = 0;       ///< index of the first node behind this one and all that it contains
  std::uint32_t children = 0;   ///< how many values it contains directly
  std::uint32_t name = 0;       ///< hash of its key; an element's is made from the name of its array
  Kind kind = Kind::document;

  bool has_key() const { return key_begin != 0; }
  bool is_container() const { return kind == Kind::object || kind == Kind::array; }
};

/// The hash that stands for a key, as written, in Node::name.
constexpr std::uint32_t name_of(std::string_view key) {
  constexpr std::uint64_t kMix = 0xff51afd7ed558ccdu;
  const std::size_t size = key.size();
  std::uint64_t hash = size * 0x9e3779b97f4a7c15u;
  // The last word overlaps the one before it, so that no byte has to be looked at alone.
  for (std::size_t at = 0; at + 8 < size; at += 8) {
    hash = (hash ^ load<8>(key.data() + at)) * kMix;
    hash ^= hash >> 32;
  }
  if (size >= 8) {
    hash ^= load<8>(key.data() + size - 8);
  } else if (size >= 4) {
    hash ^= load<4>(key.data()) << 32 | load<4>(key.data() + size - 4);
  } else if (size != 0) {
    hash ^= load<1>(key.data()) << 16 | load<1>(key.data() + size / 2) << 8 | load<1>(key.data() + size - 1);
  }
  hash *= kMix;
  hash ^= hash >> 29;
  return static_cast<std::uint32_t>((hash * kMix) >> 32);
}

/// The name of the elements of an array that is called `array`.
constexpr std::uint32_t element_name(std::uint32_t array) {
  return array * 0x9e3779b1u + 1;
}

/// The table, made anew by each scan. Owned by whoever scans; takes about 0.3 MB, however long the text is.
class JsonIndex {
 public:
  /// A document with more values than these is only indexed so far: more than any handler is given by Graph, and enough
  /// for arrays of 4097 elements.
  static constexpr std::size_t kCapacity = 8192;

  JsonIndex();

  /// Finds the values of `text`, which must outlive the use of the index and be shorter than 4 GiB.
  void scan(std::string_view text);

  /// All values in the order of the text; [0] is the document.
  std::span<const Node> nodes() const { return {nodes_.data(), count_}; }
  const Node& operator[](std::size_t node) const { return nodes_[node]; }
  std::string_view text() const { return text_; }

  /// Every top-level value is JSON as RFC 8259 has it, in valid UTF-8, without escapes of half a surrogate pair.
  bool sound() const { return sound_; }

  /// The same, and there is exactly one.
  bool well_formed() const { return sound_ && nodes_[0].children == 1; }

  /// Every value found its place in the table.
  bool complete() const { return complete_; }

  std::string_view value(const Node& node) const { return text_.substr(node.begin, node.end - node.begin); }
  std::string_view key(const Node& node) const { return text_.substr(node.key_begin, node.key_end - node.key_begin); }

  /// The member of the object at `object` whose name is `name`; 0 if there is none.
  std::uint32_t member(std::uint32_t object, std::uint32_t name) const;

  /// The child at `position` of the container at `container`, which must have that many.
  std::uint32_t child(std::uint32_t container, std::uint32_t position) const;

 private:
  std::vector<Node> nodes_;
  std::size_t count_ = 0;
  std::string_view text_;
  bool sound_ = false;
  bool complete_ = false;
};

}  // namespace fuzz
