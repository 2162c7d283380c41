// Property: a delivery that is taken can be written and parsed again to the same; one that is refused is refused at a
// place of it. A parser that has seen other bodies before says the same as a new one, one with lower limits refuses
// more and nothing else, and one that is moved takes along what it has parsed. A byte order mark changes nothing, nor
// does it that a body is read where it lies.
#include <simdjson.h>

#include "corpus/notification.h"

#include "fuzz/targets/round_trip.h"

FUZZ_TARGET(bytes) {
  // Used again from input to input, because that is how they are meant to be used.
  static corpus::NotificationParser first;
  static corpus::NotificationParser second;
  static corpus::NotificationParser limited(
      {.bytes = 8192, .depth = 6, .notifications = 2, .values = 16, .warnings = 1});
  const std::string_view text = fuzz::text_of(bytes);
  fuzz::round_trip(
      text, [](std::string_view body) { return first.parse(body); },
      [](std::string_view body) { return second.parse(body); });

  fuzz::assert_mark_passed_over(text, first, second, [](auto& parser, auto body) { return parser.parse(body); });
  const simdjson::padded_string padded(text);
  const auto in_place = second.parse_in_place(padded);
  const auto used = first.parse(text);
  FUZZ_ASSERT(used == in_place);
  FUZZ_ASSERT(first.warnings().list == second.warnings().list && first.warnings().more == second.warnings().more);
  fuzz::assert_limits_only(used, limited.parse(text));
  const auto fresh = corpus::parse_notifications(text);
  FUZZ_ASSERT(used.has_value() == fresh.has_value());
  if (!used) {
    FUZZ_ASSERT(used.error() == fresh.error());
    return;
  }
  FUZZ_ASSERT(*used == fresh->delivery);
  fuzz::assert_movable(first, *used);
  // What is of no known kind is kept as it stands, and nothing else is.
  for (const corpus::Notification& one : used->value) {
    FUZZ_ASSERT((to_string(one.data.kind) == "unknown") == !one.data.raw.empty());
  }
}
