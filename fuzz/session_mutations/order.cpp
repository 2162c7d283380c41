// The order of deliveries.
#include <utility>

#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

bool says(const DraftItem& item, std::string_view word) {
  return item.notification && item.exchange.request.body.find(word) != std::string::npos;
}

// The delivery at `later` goes out in front of the one at `earlier`, which waits for that.
void overtake(SessionBench& bench, std::size_t earlier, std::size_t later) {
  SessionDraft& draft = bench.draft;
  bench.what = bench.name(later) + " in front of " + bench.name(earlier);
  draft.release(later, draft[earlier].exchange.number);
  const std::int64_t number = draft[later].exchange.number;
  draft.move(later, earlier, draft[earlier].exchange.sent);
  draft.wait(earlier + 1, number, false);
}

bool overtake_one_of(SessionBench& bench, const Pairs& pairs) {
  if (pairs.empty()) return false;
  const auto [earlier, later] = bench.random.pick(pairs);
  overtake(bench, earlier, later);
  return true;
}

// Deliveries of two different calls, or others that do not wait for each other.
bool reorder_allowed(SessionBench& bench) {
  const SessionDraft& draft = bench.draft;
  Pairs pairs;
  for (std::size_t later = 0; later < draft.size(); ++later) {
    if (draft[later].role != SessionRole::delivery) continue;
    for (std::size_t earlier = draft.earliest(later); earlier < later; ++earlier) {
      if (draft[earlier].role == SessionRole::delivery) pairs.emplace_back(earlier, later);
    }
  }
  return overtake_one_of(bench, pairs);
}

bool reorder_forbidden(SessionBench& bench) {
  SessionDraft& draft = bench.draft;
  Pairs pairs;
  const std::vector<std::size_t> deliveries = draft.notifications();
  for (const std::size_t later : deliveries) {
    for (const std::size_t earlier : deliveries) {
      if (earlier < later && earlier < draft.earliest(later)) pairs.emplace_back(earlier, later);
    }
  }
  if (pairs.empty()) return false;
  const auto [earlier, later] = bench.random.pick(pairs);
  overtake(bench, earlier, later);
  draft.loosen(earlier);
  return true;
}

bool swap_establishing(SessionBench& bench) {
  const SessionDraft& draft = bench.draft;
  Pairs pairs;
  for (std::size_t later = 0; later < draft.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const bool states = (says(draft[earlier], "establishing\"") && says(draft[later], "established\"")) ||
                          (says(draft[earlier], "established\"") && says(draft[later], "establishing\""));
      if (!states || !draft.share_call(earlier, later)) continue;
      if (draft.earliest(later, draft[earlier].exchange.number) <= earlier) pairs.emplace_back(earlier, later);
    }
  }
  return overtake_one_of(bench, pairs);
}

// What a request brought about is told before the request is answered.
bool before_answer(SessionBench& bench) {
  SessionDraft& draft = bench.draft;
  Pairs pairs;
  for (const std::size_t told : draft.notifications()) {
    for (const DraftCause& cause : draft[told].causes) {
      const std::size_t request = draft.place_of(cause.number);
      if (!cause.by_id || request >= told || draft[request].role != SessionRole::request) continue;
      if (draft[request].exchange.ended > draft[told].exchange.sent) continue;  // it is so already
      if (draft.earliest(told, cause.number) <= request) pairs.emplace_back(request, told);
    }
  }
  if (pairs.empty()) return false;
  const auto [request, told] = bench.random.pick(pairs);
  const corpus::Exchange& asked = draft[request].exchange;
  bench.what = bench.name(told) + " before the answer to " + bench.name(request);
  if (asked.ended < asked.sent + 2) draft.shift(asked.ended, 2);
  for (DraftCause& cause : draft[told].causes) cause.ended = cause.ended && cause.number != asked.number;
  draft.move(told, request + 1, asked.sent + 1);
  return true;
}

// A roster once more, behind a newer one of the same call.
bool older_roster(SessionBench& bench) {
  SessionDraft& draft = bench.draft;
  Pairs pairs;
  for (std::size_t newer = 0; newer < draft.size(); ++newer) {
    for (std::size_t older = 0; older < newer; ++older) {
      if (!says(draft[older], "/participants\"") || !says(draft[newer], "/participants\"")) continue;
      if (draft.share_call(older, newer)) pairs.emplace_back(older, newer);
    }
  }
  if (pairs.empty()) return false;
  const auto [older, newer] = bench.random.pick(pairs);
  bench.what = bench.name(older) + " again, behind the newer roster of " + bench.name(newer);
  const std::int64_t number = draft[newer].exchange.number;
  const corpus::Micros time = answered_at(draft[newer].exchange);
  const std::size_t place = draft.copy(older, std::max(newer + 1, place_for(draft, time)), time);
  draft.wait(place, number, true);
  renew_message(bench, place);
  return true;
}

constexpr SessionMutationRow kOrderRows[] = {
    {{"reorder_allowed", SessionGroup::order, 10, true, false, "a delivery overtakes one that it does not wait for"},
     reorder_allowed},
    {{"reorder_forbidden", SessionGroup::order, 10, false, true, "a delivery overtakes one that it waits for"},
     reorder_forbidden},
    {{"swap_establishing", SessionGroup::order, 5, true, false, "established comes before establishing, or after it"},
     swap_establishing},
    {{"before_answer", SessionGroup::order, 6, true, false, "a notification comes before the answer to its request"},
     before_answer},
    {{"older_roster", SessionGroup::order, 6, false, false, "a roster comes again behind a newer one"}, older_roster},
};

}  // namespace

std::span<const SessionMutationRow> order_mutations() {
  return kOrderRows;
}

}  // namespace fuzz
