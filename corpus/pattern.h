// Patterns that users write.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "corpus/error.h"

namespace corpus {

/// An extended regular expression, as `grep -E` takes them. Matching takes neither recursion nor exceptions, whatever
/// the text.
class Pattern {
 public:
  /// Error::invalid with the reason if it is none. `whole`: it has to match names from begin to end, whatever their
  /// case.
  static Result<Pattern> compile(const std::string& text, bool whole);

  /// Whether it matches the text, or a part of it unless it was made for whole names.
  bool matches(std::string_view text) const;
  /// Whether a match of it covers the bytes from `begin` to `end`, which are a part of the text. Not for whole names.
  bool covers(std::string_view text, std::size_t begin, std::size_t end) const;

 private:
  struct State;
  explicit Pattern(std::shared_ptr<const State> state) : state_(std::move(state)) {}

  std::shared_ptr<const State> state_;  // shared, so that rules can be copied: it never changes
};

}  // namespace corpus
