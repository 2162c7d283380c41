// Versions of a resource: etags, sequence numbers, states.
#include <algorithm>
#include <limits>

#include "tests/bench/planted/bugs.h"

namespace planted {
namespace {

using Digits = std::string_view;

/// Whether an earlier notice about the same resource has an etag of digits for which `differs` holds.
template <typename Differs>
bool etag_before(const Delivery& delivery, Differs differs) {
  const Notice& notice = delivery.notice();
  const Digits now = etag_digits(notice.etag);
  return number_in(now) && std::ranges::any_of(delivery.earlier(), [&](const Notice& before) {
           const Digits then = etag_digits(before.etag);
           return same_id(before.path.call, notice.path.call) && before.path.item == notice.path.item &&
                  number_in(then) && differs(then, now);
         });
}

/// Etags are compared as texts: 9 is after 10.
bool etag_as_text(const Delivery& delivery) {
  return etag_before(delivery, [](Digits then, Digits now) {
    return *number_in(then) != *number_in(now) && (then < now) != (*number_in(then) < *number_in(now));
  });
}

/// What comes later is newer: an older state takes the place of the newer one.
bool etag_older(const Delivery& delivery) {
  return etag_before(delivery, [](Digits then, Digits now) { return *number_in(now) < *number_in(then); });
}

/// What is inside of W/"…" is taken by position; shorter ones make a length below zero.
bool etag_short(const Delivery& delivery) {
  const std::optional<simdjson::dom::object> data = data_of(delivery.notice());
  const std::optional<std::string_view> etag = data ? text_in(*data, "@odata.etag") : std::nullopt;
  return etag && etag->size() < 4;
}

/// The digits are added up in 64 bits, without a look at the carry.
bool etag_overflow(const Delivery& delivery) {
  const Digits digits = etag_digits(delivery.notice().etag);
  return !digits.empty() && !number_in(digits);
}

/// The sequence number is kept in 32 bits.
bool sequence_wide(const Delivery& delivery) {
  const std::optional<std::int64_t> sequence = delivery.notice().sequence;
  return sequence &&
         (*sequence > std::numeric_limits<std::int32_t>::max() || *sequence < std::numeric_limits<std::int32_t>::min());
}

/// A delta is applied although a later one has been.
bool sequence_older(const Delivery& delivery) {
  const Notice& notice = delivery.notice();
  return notice.sequence && std::ranges::any_of(delivery.earlier(), [&](const Notice& before) {
           return before.sequence && same_id(before.path.call, notice.path.call) && *notice.sequence < *before.sequence;
         });
}

/// A call that was established is set up anew.
bool state_backwards(const Delivery& delivery) {
  const Notice& notice = delivery.notice();
  return notice.progress == "establishing" && std::ranges::any_of(delivery.earlier(), [&](const Notice& before) {
           return before.kind == Kind::call && before.progress == "established" &&
                  same_id(before.path.call, notice.path.call);
         });
}

constexpr Bug kBugs[] = {
    {"etag_as_text", "order", 'S', true, Place::notice, "compares etags as texts", etag_as_text},
    {"etag_older", "order", 'S', true, Place::notice, "lets an older etag replace a newer one", etag_older},
    {"etag_short", "order", 'D', false, Place::notice, "takes the digits of an etag by position", etag_short},
    {"etag_overflow", "order", 'D', false, Place::notice, "adds up the digits of an etag in 64 bits", etag_overflow},
    {"sequence_wide", "order", 'D', true, Place::delta, "keeps the number of a delta in 32 bits", sequence_wide},
    {"sequence_older", "order", 'S', true, Place::delta, "applies a delta after a later one", sequence_older},
    {"state_backwards", "order", 'S', true, Place::call, "lets establishing follow established", state_backwards},
};

}  // namespace

std::span<const Bug> order_bugs() {
  return kBugs;
}

}  // namespace planted
