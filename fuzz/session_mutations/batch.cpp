// How many notifications come in one delivery.
#include <algorithm>

#include "fuzz/batch.h"
#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

// What waits for the delivery at `gone` waits for the one numbered `instead`.
void take_over(SessionDraft& draft, std::int64_t gone, std::int64_t instead) {
  for (std::size_t at = 0; at < draft.size(); ++at) {
    const std::vector<DraftCause> causes = draft[at].causes;
    for (const DraftCause& cause : causes) {
      if (cause.number == gone && draft[at].exchange.number != instead) draft.wait(at, instead, cause.ended);
    }
  }
}

// The notifications of `second` come with those of `first`.
bool merge_pair(SessionBench& bench, std::size_t first, std::size_t second) {
  SessionDraft& draft = bench.draft;
  const std::string& more = draft[second].exchange.request.body;
  const auto from = batch_of(bench.index, more);
  if (!from) return false;
  const std::string inside = more.substr(from->inside_begin, from->inside_end - from->inside_begin);
  std::string body = draft[first].exchange.request.body;
  const auto into = batch_of(bench.index, body);
  if (!into) return false;
  bench.what = bench.name(second) + " comes in one batch with " + bench.name(first);
  body.insert(into->elements.back().second, "," + inside);
  set_body(draft[first].exchange.request, std::move(body));
  const std::int64_t kept = draft[first].exchange.number;
  for (const DraftCause& cause : std::vector(draft[second].causes)) {
    if (cause.number != kept) draft.wait(first, cause.number, cause.ended);
  }
  for (const std::uint32_t call : std::vector(draft[second].calls)) {
    if (std::ranges::find(draft[first].calls, call) == draft[first].calls.end()) draft[first].calls.push_back(call);
  }
  take_over(draft, draft[second].exchange.number, kept);
  draft.remove(second);
  return true;
}

// Only where the second waits for nothing that the first may have led to: the batch goes out when the first did. And
// not with one that the bot fails at, or what came later would be lost with it.
bool merge(SessionBench& bench, bool one_call) {
  const SessionDraft& draft = bench.draft;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t second = 0; second < draft.size(); ++second) {
    if (!draft[second].notification) continue;
    for (std::size_t first = 0; first < second; ++first) {
      if (!draft[first].notification || failed_at(draft[first].exchange) || draft.share_call(first, second) != one_call)
        continue;
      if (draft[first].exchange.request.target != draft[second].exchange.request.target) continue;
      if (draft.earliest(second, draft[first].exchange.number) <= first) pairs.emplace_back(first, second);
    }
  }
  if (pairs.empty()) return false;
  const auto [first, second] = bench.random.pick(pairs);
  return merge_pair(bench, first, second);
}

bool merge_one_call(SessionBench& bench) {
  return merge(bench, true);
}
bool merge_calls(SessionBench& bench) {
  return merge(bench, false);
}

bool split(SessionBench& bench) {
  SessionDraft& draft = bench.draft;
  std::vector<std::size_t> places;
  for (const std::size_t at : draft.notifications()) {
    const auto batch = batch_of(bench.index, draft[at].exchange.request.body);
    if (batch && batch->elements.size() > 1) places.push_back(at);
  }
  if (places.empty()) return false;
  const std::size_t at = bench.pick(places);
  const std::string body = draft[at].exchange.request.body;
  const Batch batch = *batch_of(bench.index, body);
  const std::size_t cut = 1 + bench.random.below(batch.elements.size() - 1);
  bench.what = bench.name(at) + " comes as two: " + std::to_string(cut) + " of its " +
               std::to_string(batch.elements.size()) + " notifications first";
  const std::int64_t number = draft[at].exchange.number;
  const corpus::Micros time = answered_at(draft[at].exchange);
  const std::size_t rest = draft.copy(at, std::max(at + 1, place_for(draft, time)), time);
  take_over(draft, number, draft[rest].exchange.number);
  draft.wait(rest, number, true);
  draft[rest].from.part += 1;
  renew_message(bench, rest);
  set_body(draft[at].exchange.request, part_of(body, batch, 0, cut));
  set_body(draft[rest].exchange.request, part_of(body, batch, cut, batch.elements.size()));
  return true;
}

constexpr SessionMutationRow kBatchRows[] = {
    {{"merge_one_call", SessionGroup::batch, 5, true, false, "two deliveries of one call come as one batch"},
     merge_one_call},
    {{"merge_calls", SessionGroup::batch, 5, true, false, "deliveries of different calls come as one batch"},
     merge_calls},
    {{"split", SessionGroup::batch, 5, true, false, "one batch comes as two deliveries"}, split},
};

}  // namespace

std::span<const SessionMutationRow> batch_mutations() {
  return kBatchRows;
}

}  // namespace fuzz
