#include "fuzz/session_reductions.h"

#include <algorithm>
#include <string>
#include <vector>

#include "corpus/manner.h"
#include "fuzz/call_starts.h"
#include "fuzz/names.h"
#include "fuzz/session_bench.h"

namespace fuzz {
namespace {

using corpus::Micros;

// For each request the delivery that it seems to have come of: the last one before it about the same call, and for the
// one that creates a call what that came of. size() of the draft: nobody knows.
std::vector<std::size_t> sources_of(const SessionDraft& draft) {
  std::vector<std::size_t> last = call_starts(draft);  // of each call
  std::vector<std::size_t> sources(draft.size(), draft.size());
  for (std::size_t at = 0; at < draft.size(); ++at) {
    for (const std::uint32_t call : draft[at].calls) {
      if (draft[at].role == SessionRole::delivery) {
        last[call] = at;
      } else if (last[call] < at && (sources[at] == draft.size() || last[call] > sources[at])) {
        sources[at] = last[call];
      }
    }
  }
  return sources;
}

// Exchanges go, and with them the deliveries that mention an id from there: causes hold. `sources`: requests go with
// what they came of; empty: they do not.
bool remove_all(SessionDraft& draft, std::vector<bool> gone, const std::vector<std::size_t>& sources = {}) {
  bool any = false;
  for (std::size_t at = 0; at < draft.size(); ++at) {
    if (!sources.empty() && sources[at] < at && gone[sources[at]]) gone[at] = true;
    for (const DraftCause& cause : draft[at].causes) {
      const std::size_t place = cause.by_id ? draft.place_of(cause.number) : draft.size();
      if (place < at && gone[place]) gone[at] = true;
    }
    any = any || gone[at];
  }
  for (std::size_t at = draft.size(); at-- > 0;) {
    if (gone[at]) draft.remove(at);
  }
  return any && draft.size() != 0;
}

std::size_t count_calls(const SessionDraft& draft, JsonIndex&) {
  return draft.calls().size() > 1 ? draft.calls().size() : 0;
}

// What is about these calls, and about no other one, and what they came of.
bool remove_calls(SessionDraft& draft, JsonIndex&, std::size_t begin, std::size_t end) {
  std::vector<bool> gone(draft.size());
  for (std::size_t at = 0; at < draft.size(); ++at) {
    gone[at] = !draft[at].calls.empty() &&
               std::ranges::all_of(draft[at].calls, [&](std::uint32_t call) { return call >= begin && call < end; });
  }
  const std::vector<std::size_t> starts = call_starts(draft);
  for (std::size_t call = begin; call < end && call < starts.size(); ++call) {
    if (starts[call] != draft.size()) gone[starts[call]] = true;
  }
  return remove_all(draft, std::move(gone));
}

std::size_t count_exchanges(const SessionDraft& draft, JsonIndex&) {
  return draft.size();
}

bool remove_exchanges(SessionDraft& draft, JsonIndex&, std::size_t begin, std::size_t end) {
  std::vector<bool> gone(draft.size());
  for (std::size_t at = begin; at < end && at < gone.size(); ++at) gone[at] = true;
  return remove_all(draft, std::move(gone));
}

// The bot's requests are no units of their own: they go with what they came of.
bool remove_with_reactions(SessionDraft& draft, JsonIndex&, std::size_t begin, std::size_t end) {
  std::vector<bool> gone(draft.size());
  for (std::size_t at = begin; at < end && at < gone.size(); ++at) {
    gone[at] = draft[at].role == SessionRole::delivery;
  }
  return remove_all(draft, std::move(gone), sources_of(draft));
}

// Bodies of what the bot is sent, if there is something in them. What the bot itself sent is never played: without it
// the bot would be told to differ from its recording, and nothing would be smaller for it. `Draft` may be const.
template <typename Draft>
auto bodies_of(Draft& draft) {
  std::vector<decltype(&draft.items().front().exchange.request.body)> bodies;
  for (auto& item : draft.items()) {
    auto& exchange = item.exchange;
    auto* const response = std::get_if<corpus::Response>(&exchange.outcome);
    const bool to_bot = exchange.leg == corpus::Leg::webhook;
    if (to_bot && !exchange.request.body.empty()) bodies.push_back(&exchange.request.body);
    if (!to_bot && response != nullptr && !response->body.empty()) bodies.push_back(&response->body);
  }
  return bodies;
}

// Lengths follow the bodies, where a message tells one.
void mend_lengths(SessionDraft& draft) {
  const auto mend = [](corpus::Headers& headers, const std::string& body) {
    if (corpus::Header* const length = find_field(headers, "Content-Length"))
      length->value = std::to_string(body.size());
  };
  for (DraftItem& item : draft.items()) {
    if (!item.exchange.request.body.empty()) mend(item.exchange.request.headers, item.exchange.request.body);
    auto* const response = std::get_if<corpus::Response>(&item.exchange.outcome);
    if (response != nullptr && !response->body.empty()) mend(response->headers, response->body);
  }
}

// A place in a body, and what takes it.
struct Edit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view by;
};

using FindEdits = void (*)(const JsonIndex& index, std::vector<Edit>& edits);

// Every edit that `find` sees in JSON bodies is a unit.
std::size_t count_edits(const SessionDraft& draft, JsonIndex& index, FindEdits find) {
  std::vector<Edit> edits;
  for (const std::string* body : bodies_of(draft)) {
    index.scan(*body);
    if (index.well_formed() && index.complete()) find(index, edits);
  }
  return edits.size();
}

bool make_edits(SessionDraft& draft, JsonIndex& index, std::size_t begin, std::size_t end, FindEdits find) {
  std::size_t seen = 0;
  bool changed = false;
  for (std::string* const body : bodies_of(draft)) {
    index.scan(*body);
    if (!index.well_formed() || !index.complete()) continue;
    std::vector<Edit> edits;
    find(index, edits);
    std::string made;
    std::size_t copied = 0;
    for (const Edit& edit : edits) {
      const std::size_t unit = seen++;
      if (unit < begin || unit >= end || edit.begin < copied) continue;  // within one that has gone already
      made.append(*body, copied, edit.begin - copied).append(edit.by);
      copied = edit.end;
    }
    if (copied == 0) continue;
    made.append(*body, copied);
    if (made.empty()) continue;
    *body = std::move(made);
    changed = true;
  }
  if (changed) mend_lengths(draft);
  return changed;
}

// A child with one of the commas beside it. Of several that go, each takes the comma behind it; the last child of all
// takes the one before, so only one of the two last can go at a time: the next round takes the other.
Edit without_child(const JsonIndex& index, std::uint32_t at) {
  const Node& node = index[at];
  const std::string_view text = index.text();
  std::size_t begin = node.has_key() ? node.key_begin - 1 : node.begin;
  std::size_t end = node.end;
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  std::size_t behind = end;
  while (behind < text.size() && is_space(text[behind])) ++behind;
  if (behind < text.size() && text[behind] == ',') return {begin, behind + 1, ""};
  std::size_t before = begin;
  while (before > 0 && is_space(text[before - 1])) --before;
  if (before > 0 && text[before - 1] == ',') begin = before - 1;
  return {begin, end, ""};
}

// The batches' notifications, but for one of each.
void find_batch_members(const JsonIndex& index, std::vector<Edit>& edits) {
  if (index[1].kind != Kind::object) return;
  const std::uint32_t array = index.member(1, names::kValue);
  if (array == 0 || index[array].kind != Kind::array) return;
  for (std::uint32_t at = 1; at < index[array].children; ++at) {
    const Node& before = index[index.child(array, at - 1)];
    edits.push_back({before.end, index[index.child(array, at)].end, ""});  // with the comma in front
  }
}

void find_members(const JsonIndex& index, std::vector<Edit>& edits) {
  for (std::uint32_t at = 2; at < index.nodes().size(); ++at) {
    if (index[at].has_key()) edits.push_back(without_child(index, at));
  }
}

// Values that say something: texts become empty, numbers zero, containers too.
void find_values(const JsonIndex& index, std::vector<Edit>& edits) {
  for (std::uint32_t at = 1; at < index.nodes().size(); ++at) {
    const Node& node = index[at];
    const std::size_t size = node.end - node.begin;
    if (node.kind == Kind::string && size > 2) edits.push_back({node.begin, node.end, "\"\""});
    if (node.kind == Kind::number && size > 1) edits.push_back({node.begin, node.end, "0"});
    if (node.kind == Kind::array && node.children > 0 && at > 1) edits.push_back({node.begin, node.end, "[]"});
  }
}

template <FindEdits find>
std::size_t count_found(const SessionDraft& draft, JsonIndex& index) {
  return count_edits(draft, index, find);
}
template <FindEdits find>
bool edit_found(SessionDraft& draft, JsonIndex& index, std::size_t begin, std::size_t end) {
  return make_edits(draft, index, begin, end, find);
}

template <typename Draft>
auto manners_of(Draft& draft) {
  std::vector<decltype(&draft.items().front().exchange.request.extra)> found;
  const auto look = [&](auto& extra) {
    const auto manner = corpus::manner_of(extra);
    if (manner && *manner != corpus::Manner{}) found.push_back(&extra);
  };
  for (auto& item : draft.items()) {
    look(item.exchange.request.extra);
    if (auto* const response = std::get_if<corpus::Response>(&item.exchange.outcome)) look(response->extra);
  }
  return found;
}

std::size_t count_manners(const SessionDraft& draft, JsonIndex&) {
  return manners_of(draft).size();
}

bool remove_manners(SessionDraft& draft, JsonIndex&, std::size_t begin, std::size_t end) {
  const auto manners = manners_of(draft);
  for (std::size_t at = begin; at < end && at < manners.size(); ++at) corpus::set_manner(*manners[at], {});
  return begin < manners.size();
}

// A gap is worth nothing if it is shorter: bots are not that quick.
constexpr Micros kShortGap = 1000;

// The moments of a draft that stand behind long gaps, with these.
std::vector<std::pair<Micros, Micros>> long_gaps(const SessionDraft& draft) {
  std::vector<Micros> moments{0};
  for (std::size_t at = 0; at < draft.size(); ++at) {
    moments.push_back(draft[at].exchange.sent);
    if (draft[at].exchange.ended_at_all()) moments.push_back(draft[at].exchange.ended);
  }
  std::ranges::sort(moments);
  std::vector<std::pair<Micros, Micros>> gaps;
  for (std::size_t at = 1; at < moments.size(); ++at) {
    const Micros gap = moments[at] - moments[at - 1];
    if (gap > kShortGap) gaps.emplace_back(moments[at], gap);
  }
  return gaps;
}

std::size_t count_gaps(const SessionDraft& draft, JsonIndex&) {
  return long_gaps(draft).size();
}

bool shorten_gaps(SessionDraft& draft, JsonIndex&, std::size_t begin, std::size_t end) {
  const auto gaps = long_gaps(draft);
  for (std::size_t at = std::min(end, gaps.size()); at-- > begin;) {
    draft.shift(gaps[at].first, kShortGap - gaps[at].second);
  }
  return begin < gaps.size();
}

constexpr Reduction kReductions[] = {
    {"calls", count_calls, remove_calls},
    {"messages, with what they led to", count_exchanges, remove_with_reactions},
    {"messages", count_exchanges, remove_exchanges},
    {"members of batches", count_found<find_batch_members>, edit_found<find_batch_members>},
    {"manners of sending", count_manners, remove_manners},
    {"members of bodies", count_found<find_members>, edit_found<find_members>},
    {"values", count_found<find_values>, edit_found<find_values>},
    {"gaps", count_gaps, shorten_gaps},
};

}  // namespace

std::span<const Reduction> reductions() {
  return kReductions;
}

}  // namespace fuzz
