// Property: an invitation, or the answer to one, that is taken can be written and parsed again to the same; one that is
// refused is refused at a place of it. A parser that is moved takes along what it has parsed.
#include "corpus/invite.h"

#include "fuzz/targets/round_trip.h"

FUZZ_TARGET(bytes) {
  static corpus::InviteParser first;  // used again from input to input, as they are meant to be
  static corpus::InviteParser second;
  const std::string_view text = fuzz::text_of(bytes);
  fuzz::round_trip(
      text, [](std::string_view body) { return first.parse_request(body); },
      [](std::string_view body) { return second.parse_request(body); });
  fuzz::assert_mark_passed_over(text, first, second,
                                [](auto& parser, auto body) { return parser.parse_request(body); });
  fuzz::assert_mark_passed_over(text, first, second, [](auto& parser, auto body) { return parser.parse_answer(body); });
  if (const auto request = first.parse_request(text)) fuzz::assert_movable(first, *request);
  fuzz::round_trip(
      text, [](std::string_view body) { return first.parse_answer(body); },
      [](std::string_view body) { return second.parse_answer(body); });
}
