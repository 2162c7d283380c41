// Property: an operation, or Graph's error, that is taken can be written and parsed again to the same; what is refused
// is refused at a place of it. The kind of an operation survives as well. A parser that is moved takes along what it
// has parsed. A byte order mark changes nothing.
#include "corpus/operation.h"

#include "fuzz/targets/round_trip.h"

FUZZ_TARGET(bytes) {
  static corpus::OperationParser first;  // used again from input to input, as they are meant to be
  static corpus::OperationParser second;
  const std::string_view text = fuzz::text_of(bytes);
  fuzz::round_trip(
      text, [](std::string_view body) { return first.parse(body); },
      [](std::string_view body) { return second.parse(body); });

  fuzz::assert_mark_passed_over(text, first, second, [](auto& parser, auto body) { return parser.parse(body); });
  const auto parsed = first.parse(text);
  if (!parsed) return;
  fuzz::assert_movable(first, *parsed);
  const auto again = second.parse(write(*parsed));
  const auto* operation = std::get_if<corpus::Operation>(&*parsed);
  if (operation == nullptr) return;
  FUZZ_ASSERT(corpus::kind_of(*operation) == corpus::kind_of(std::get<corpus::Operation>(*again)));
}
