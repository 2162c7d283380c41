// What a mutation works with. For those who write mutations; users of the mutator need none of it.
#pragma once

#include <cstdint>
#include <string_view>

#include "fuzz/draft.h"
#include "fuzz/json_index.h"
#include "fuzz/random.h"
#include "fuzz/scratch.h"
#include "fuzz/vocabulary.h"

namespace fuzz {

/// A mutation of bytes that know no structure, as an engine has it: changes `size` bytes at `data` in place, makes no
/// more than `max_size` of them, returns how many there are.
using ByteMutation = std::size_t (*)(std::uint8_t* data, std::size_t size, std::size_t max_size);

/// A part of the text that is being written.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// One input on its way to become another. Owned by the mutator for the length of one mutation; all that it refers to
/// outlives it.
struct Workbench {
  const JsonIndex& index;  ///< of the input, which does not change
  const Vocabulary& vocabulary;
  Random& random;
  Draft& draft;                   ///< where the output is written
  Scratch& scratch;               ///< for a value that is being made up
  Scratch& other;                 ///< for a second one
  ByteMutation engine = nullptr;  ///< may be null: there is no engine, or it may not be called now
  std::uint32_t batch = 0;        ///< the array of notifications; the document if there are several; kNoBatch
  Range focus{};                  ///< result: where in the output the next change would mean most; may be left empty

  static constexpr std::uint32_t kNoBatch = 0xffffffff;

  std::string_view text() const { return index.text(); }
};

/// What is true of a value. Which of these a mutation asks for decides where it can be applied.
enum Trait : std::uint32_t {
  is_document = 1u << 0,
  is_member = 1u << 1,
  is_element = 1u << 2,
  is_string = 1u << 3,
  is_number_value = 1u << 4,
  is_literal_value = 1u << 5,
  is_object = 1u << 6,
  is_array = 1u << 7,
  is_message = 1u << 8,  ///< an element of the batch
  is_batch = 1u << 9,    ///< the batch itself
  is_filled = 1u << 10,  ///< a container that is not empty
  has_sibling = 1u << 11,
  has_digit = 1u << 12,  ///< a string with a digit in it
  has_id = 1u << 13,     ///< a string with an id in it
  is_path = 1u << 14,    ///< a string that looks like a path or a URL
  is_type = 1u << 15,    ///< the value of @odata.type
  is_order = 1u << 16,   ///< an etag or a sequence number
  is_date = 1u << 17,
  is_word = 1u << 18,      ///< a string of letters only, as enumerations are
  is_required = 1u << 19,  ///< a member that Graph's schema asks for
};

/// The traits of the value at `node`.
std::uint32_t traits_of(const Workbench& bench, std::uint32_t node);

/// Finds the batch: see Workbench::batch.
std::uint32_t find_batch(const JsonIndex& index);

}  // namespace fuzz
