// Property: a delivery that is taken can be written and parsed again to the same; one that is refused is refused at a
// place of it. A parser that has seen other bodies before says the same as a new one.
#include "corpus/notification.h"

#include "fuzz/targets/round_trip.h"

FUZZ_TARGET(bytes) {
  // Used again from input to input, because that is how they are meant to be used.
  static corpus::NotificationParser first;
  static corpus::NotificationParser second;
  const std::string_view text = fuzz::text_of(bytes);
  fuzz::round_trip(
      text, [](std::string_view body) { return first.parse(body); },
      [](std::string_view body) { return second.parse(body); });

  const auto used = first.parse(text);
  const auto fresh = corpus::parse_notifications(text);
  FUZZ_ASSERT(used.has_value() == fresh.has_value());
  if (used) {
    FUZZ_ASSERT(*used == fresh->delivery);
  } else {
    FUZZ_ASSERT(used.error() == fresh.error());
  }
}
