// How often deliveries come.
#include <algorithm>

#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

using corpus::Micros;

bool pick_notification(SessionBench& bench, std::size_t& at) {
  const std::vector<std::size_t> places = bench.draft.notifications();
  if (places.empty()) return false;
  at = bench.pick(places);
  return true;
}

bool drop(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_notification(bench, at)) return false;
  bench.what = bench.name(at) + " does not come";
  bench.draft.loosen(at);
  bench.draft.remove(at);
  return true;
}

// Once more: at once, or behind one of the next few.
bool repeat(SessionBench& bench, bool as_new) {
  std::size_t at = 0;
  if (!pick_notification(bench, at)) return false;
  const SessionDraft& draft = bench.draft;
  std::vector<std::size_t> behind{at};
  for (std::size_t next = at + 1; next < draft.size() && behind.size() < 4; ++next) {
    if (draft[next].notification && draft.share_call(at, next)) behind.push_back(next);
  }
  const std::size_t after = bench.pick(behind);
  bench.what = bench.name(at) + " again behind " + bench.name(after) + (as_new ? ", as another message" : "");
  const std::size_t place = copy_behind(bench.draft, at, after, 0);
  if (as_new) renew_message(bench, place);
  return true;
}

bool duplicate(SessionBench& bench) {
  return repeat(bench, false);
}
bool duplicate_new_id(SessionBench& bench) {
  return repeat(bench, true);
}

bool burst(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_notification(bench, at)) return false;
  const std::uint32_t copies = 2 + bench.random.below(19);
  bench.what = bench.name(at) + " " + std::to_string(copies + 1) + " times in a burst";
  copy_beside(bench.draft, at, copies);
  return true;
}

bool repeat_at_once(SessionBench& bench) {
  std::size_t at = 0;
  if (!pick_notification(bench, at)) return false;
  bench.what = bench.name(at) + " twice at once";
  copy_beside(bench.draft, at, 1);
  return true;
}

// Two deliveries that came one after the other are sent together: of one call, whose second waited for the first; or
// two that have nothing to do with each other.
bool join(SessionBench& bench, bool one_call) {
  SessionDraft& draft = bench.draft;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t second = 0; second < draft.size(); ++second) {
    if (draft[second].role != SessionRole::delivery) continue;
    for (std::size_t first = 0; first < second; ++first) {
      if (draft[first].role != SessionRole::delivery || draft.share_call(first, second) != one_call) continue;
      const std::int64_t except = one_call ? draft[first].exchange.number : -1;
      if (draft.earliest(second, except) <= first) pairs.emplace_back(first, second);
    }
  }
  if (pairs.empty()) return false;
  const auto [first, second] = bench.random.pick(pairs);
  bench.what = bench.name(first) + " and " + bench.name(second) + " at once";
  draft.release(second, draft[first].exchange.number);
  if (one_call) {
    for (const DraftCause& cause : std::vector(draft[first].causes)) draft.wait(second, cause.number, cause.ended);
  }
  draft.move(second, first + 1, draft[first].exchange.sent + 1);
  return true;
}

bool at_once_apart(SessionBench& bench) {
  return join(bench, false);
}
bool at_once_one_call(SessionBench& bench) {
  return join(bench, true);
}

// As a sender that did not get its acknowledgement does; where the recording shows one that it did not get, that one.
bool redeliver(SessionBench& bench) {
  const SessionDraft& draft = bench.draft;
  std::vector<std::size_t> refused;
  for (const std::size_t at : draft.notifications()) {
    if (failed_at(draft[at].exchange)) refused.push_back(at);
  }
  std::size_t at = 0;
  if (!refused.empty()) {
    at = bench.pick(refused);
  } else if (!pick_notification(bench, at)) {
    return false;
  }
  static constexpr Micros kRetries[] = {1'000'000, 5'000'000, 15'000'000};
  const Micros later = bench.random.pick(kRetries);
  bench.what = bench.name(at) + " again " + std::to_string(later / 1'000'000) + " s after the bot's answer";
  copy_behind(bench.draft, at, at, later);
  return true;
}

constexpr SessionMutationRow kNumberRows[] = {
    {{"drop", SessionGroup::number, 6, false, false, "a delivery does not come"}, drop},
    {{"duplicate", SessionGroup::number, 8, true, false, "a delivery comes again, as the same message"}, duplicate},
    {{"duplicate_new_id", SessionGroup::number, 6, false, false, "a delivery comes again, as another message"},
     duplicate_new_id},
    {{"burst", SessionGroup::number, 3, true, false, "a delivery comes 3 to 21 times, all at once"}, burst},
    {{"repeat_at_once", SessionGroup::number, 6, true, false, "a delivery comes twice at once"}, repeat_at_once},
    {{"at_once_apart", SessionGroup::number, 4, true, false, "two deliveries of different calls come at once"},
     at_once_apart},
    {{"at_once_one_call", SessionGroup::number, 6, false, false, "two deliveries of one call come at once"},
     at_once_one_call},
    {{"redeliver", SessionGroup::number, 3, true, false, "a delivery comes again 1, 5 or 15 s after its answer"},
     redeliver},
};

}  // namespace

std::span<const SessionMutationRow> number_mutations() {
  return kNumberRows;
}

}  // namespace fuzz
