// What every parser of payloads has to keep, whatever it is given.
#pragma once

#include <string>
#include <string_view>

#include "corpus/parse_error.h"
#include "fuzz/target.h"

namespace fuzz {

/// What is refused is refused for a reason and at a place of the text; what is taken can be written, and is taken again
/// for the same. `parse` and `again` are parsers with memory of their own, called with a text.
template <typename Parse, typename Again>
void round_trip(std::string_view text, Parse parse, Again again) {
  const auto parsed = parse(text);
  if (!parsed) {
    FUZZ_ASSERT(!parsed.error().what.empty());
    FUZZ_ASSERT(parsed.error().offset <= text.size());
    FUZZ_ASSERT(parsed.error().pointer.empty() || parsed.error().pointer.front() == '/');
    return;
  }
  const std::string written = write(*parsed);
  const auto second = again(written);
  FUZZ_ASSERT(second);
  FUZZ_ASSERT(*second == *parsed);
  FUZZ_ASSERT(write(*second) == written);
}

}  // namespace fuzz
