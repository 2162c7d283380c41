// Texts inside texts: the same bytes in another spelling, and where they stand.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace corpus {

/// A way to spell bytes inside a text.
enum class Spelling {
  json,     ///< the inside of a JSON string: \" \n \u0041
  percent,  ///< %41, as in a path
  form,     ///< the same, and + is a space, as in a query or a form
};

/// Appends the bytes that `raw` stands for. What spells nothing is kept as it is.
void append_decoded(std::string& out, Spelling spelling, std::string_view raw);

/// A stretch of a text.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool operator==(const Stretch&) const = default;
};

/// Finds where the bytes of a decoded text stand in the raw one. Takes the time of one decoding to make: for texts in
/// which something has been found.
class RawPlaces {
 public:
  RawPlaces(Spelling spelling, std::string_view raw);

  /// The shortest stretch of the raw text that spells this one of the decoded text, which must not be empty.
  Stretch of(Stretch decoded) const;

 private:
  /// What is decoded in one go: an escape, or a run of plain bytes.
  struct Piece {
    Stretch raw;
    Stretch decoded;
  };

  const Piece& piece_with(std::size_t decoded_place) const;

  std::vector<Piece> pieces_;
};

}  // namespace corpus
