// When deliveries come.
#include <algorithm>

#include "corpus/manner.h"
#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

using corpus::Micros;

constexpr Micros kSecond = 1'000'000;

std::string seconds(Micros time) {
  return std::to_string(time / kSecond) + "." + std::to_string(time / 100'000 % 10) + " s";
}

// Everything behind comes later too: only this gap grows.
bool delay(SessionBench& bench) {
  const std::vector<std::size_t> places = bench.draft.notifications();
  if (places.empty()) return false;
  const std::size_t at = bench.pick(places);
  const Micros by = kSecond / 10 * (1 + bench.random.below(100));
  bench.what = bench.name(at) + " " + seconds(by) + " later";
  bench.draft.shift(bench.exchange(at).sent, by);
  return true;
}

bool hurry(SessionBench& bench) {
  SessionDraft& draft = bench.draft;
  std::vector<std::pair<std::size_t, Micros>> gaps;
  for (const std::size_t at : draft.notifications()) {
    const Micros sent = draft[at].exchange.sent;
    Micros before = 0;
    for (const DraftItem& item : draft.items()) {
      const corpus::Exchange& other = item.exchange;
      if (other.sent < sent) before = std::max(before, other.sent);
      if (other.ended_at_all() && other.ended < sent) before = std::max(before, other.ended);
    }
    if (sent - before > 1) gaps.emplace_back(at, sent - before - 1);
  }
  if (gaps.empty()) return false;
  const auto [at, gap] = bench.random.pick(gaps);
  const Micros by = std::max<Micros>(1, gap * (5 + bench.random.below(6)) / 10);
  bench.what = bench.name(at) + " " + std::to_string(by) + " us sooner";
  draft.shift(draft[at].exchange.sent, -by);
  return true;
}

// The body stops in the middle, and goes on before anybody should have given up.
bool stall(SessionBench& bench) {
  std::vector<std::size_t> places;
  for (const std::size_t at : bench.draft.notifications()) {
    if (bench.exchange(at).request.body.size() > 1) places.push_back(at);
  }
  if (places.empty() || bench.longest_stall <= 0) return false;
  const std::size_t at = bench.pick(places);
  corpus::Request& request = bench.exchange(at).request;
  corpus::Manner manner = corpus::manner_of(request.extra).value_or(corpus::Manner{});
  corpus::Sending& sending = manner.sending ? *manner.sending : manner.sending.emplace();
  sending.pieces = {1 + bench.random.below(request.body.size() - 1)};
  sending.pause = std::min(bench.longest_stall / 8 * (1 + bench.random.below(8)), corpus::kLongestPause);
  bench.what = bench.name(at) + " stalls for " + std::to_string(sending.pause) + " us in the middle of its body";
  corpus::set_manner(request.extra, manner);
  return true;
}

// The two times around which sessions are cleaned up: half a minute and a minute. Where recorded times count as nothing
// it still has to be seen that this comes late: as long after the end as the player may be told to wait.
bool late_after_end(SessionBench& bench) {
  SessionDraft& draft = bench.draft;
  const std::vector<std::size_t> places = draft.notifications();
  if (places.empty()) return false;
  const std::size_t at = bench.pick(places);
  const bool soon = bench.random.one_in(2);
  const Micros later = (soon ? 30 : 60) * kSecond;
  bench.what = bench.name(at) + " again " + seconds(later) + " after the end of everything";
  const std::size_t place = draft.copy(at, draft.size(), draft.end() + later);
  for (std::size_t earlier = 0; earlier < place; ++earlier) {
    if (draft[earlier].role == SessionRole::delivery) draft.wait(place, draft[earlier].exchange.number, true);
    if (draft[earlier].role == SessionRole::request && draft.share_call(earlier, place)) {
      draft.wait(place, draft[earlier].exchange.number, true);
    }
  }
  renew_message(bench, place);
  if (bench.longest_stall <= 0) return true;
  std::string& extra = draft[place].exchange.request.extra;
  corpus::Manner manner = corpus::manner_of(extra).value_or(corpus::Manner{});
  corpus::Sending& sending = manner.sending ? *manner.sending : manner.sending.emplace();
  sending.hold = std::min(soon ? bench.longest_stall / 4 * 3 : bench.longest_stall, corpus::kLongestPause);
  corpus::set_manner(extra, manner);
  return true;
}

constexpr SessionMutationRow kTimeRows[] = {
    {{"delay", SessionGroup::time, 6, true, false, "a delivery and all behind it come up to 10 s later"}, delay},
    {{"hurry", SessionGroup::time, 6, true, false, "a delivery and all behind it come sooner, in their order"}, hurry},
    {{"stall", SessionGroup::time, 2, true, false, "a body stops in the middle for a while"}, stall},
    {{"late_after_end", SessionGroup::time, 6, false, false, "a delivery comes again 30 or 60 s after the end"},
     late_after_end},
};

}  // namespace

std::span<const SessionMutationRow> time_mutations() {
  return kTimeRows;
}

}  // namespace fuzz
