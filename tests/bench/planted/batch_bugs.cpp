// Several notices in one delivery.
#include <algorithm>

#include "tests/bench/planted/bugs.h"

namespace planted {
namespace {

bool ended_before(const Delivery& delivery) {
  const std::string_view call = delivery.notice().path.call;
  return std::ranges::any_of(delivery.earlier(), [&](const Notice& before) {
    return before.kind == Kind::call && before.change == Change::deleted && same_id(before.path.call, call);
  });
}

/// The queue of one delivery has eight places.
bool nine_notices(const Delivery& delivery) {
  return delivery.batch.size() > 8;
}

/// The parent is read inside of the loop over a roster: what follows in the batch is lost.
bool rest_lost(const Delivery& delivery) {
  return !delivery.notice().participants.empty() && delivery.index + 1 < delivery.batch.size();
}

/// The iterator of the call is kept, and used by the next notice.
bool update_after_end(const Delivery& delivery) {
  return delivery.notice().change != Change::deleted && ended_before(delivery);
}

/// An operation finds its call gone.
bool operation_after_end(const Delivery& delivery) {
  return ended_before(delivery);
}

/// The promise of the operation is kept twice.
bool completed_twice(const Delivery& delivery) {
  const auto over = [](const Notice& notice) {
    return notice.kind == Kind::operation && (notice.progress == "completed" || notice.progress == "failed");
  };
  const Notice& notice = delivery.notice();
  return over(notice) && std::ranges::any_of(delivery.earlier(), [&](const Notice& before) {
           return over(before) && same_id(before.path.item, notice.path.item);
         });
}

/// A roster goes to the call that was spoken of last.
bool roster_of_another(const Delivery& delivery) {
  const auto earlier = delivery.earlier();
  const auto last =
      std::find_if(earlier.rbegin(), earlier.rend(), [](const Notice& before) { return before.kind == Kind::call; });
  return last != earlier.rend() && !last->path.call.empty() && !same_id(last->path.call, delivery.notice().path.call);
}

constexpr Bug kBugs[] = {
    {"nine_notices", "batch", 'H', true, Place::envelope, "has room for eight notices", nine_notices},
    {"rest_lost", "batch", 'P', true, Place::roster, "reads the parent in the loop, and loses what follows", rest_lost},
    {"update_after_end", "batch", 'H', true, Place::call, "keeps the iterator of a call that has ended",
     update_after_end},
    {"operation_after_end", "batch", 'S', true, Place::operation, "takes the call of an operation for granted",
     operation_after_end},
    {"completed_twice", "batch", 'H', true, Place::operation, "completes an operation twice", completed_twice},
    {"roster_of_another", "batch", 'S', true, Place::roster, "gives a roster to the call spoken of last",
     roster_of_another},
};

}  // namespace

std::span<const Bug> batch_bugs() {
  return kBugs;
}

}  // namespace planted
