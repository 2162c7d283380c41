// Two recordings played at once.
#include <algorithm>

#include "corpus/ids.h"
#include "fuzz/session_ids.h"
#include "fuzz/session_mutations/session_mutations.h"

namespace fuzz {
namespace {

// With both in one file, what a person does would wait for both, and calls that are shared would tie all deliveries:
// each recording keeps its own causes.
void pin_all(SessionDraft& draft) {
  for (DraftItem& item : draft.items()) item.pinned = item.pinned || item.role == SessionRole::delivery;
}

bool creates_call(const DraftItem& item) {
  return item.role == SessionRole::request && item.exchange.request.target.ends_with("/communications/calls");
}

// From a person's wish to the answer to the request that creates a call for it. Two such requests are equal to look at,
// so the player can tell whose is whose only if they come one after the other.
std::vector<std::pair<corpus::Micros, corpus::Micros>> creations_of(const SessionDraft& draft) {
  std::vector<std::pair<corpus::Micros, corpus::Micros>> creations;
  for (std::size_t at = 0; at < draft.size(); ++at) {
    if (!creates_call(draft[at])) continue;
    corpus::Micros begin = draft[at].exchange.sent;
    for (std::size_t before = at; before-- > 0;) {
      if (draft[before].role != SessionRole::delivery || draft[before].notification) continue;
      begin = draft[before].exchange.sent;
      break;
    }
    creations.emplace_back(begin, answered_at(draft[at].exchange));
  }
  return creations;
}

// How much later the other recording begins: anywhere in this one, but for where calls would be created at once.
corpus::Micros choose_offset(SessionBench& bench, const SessionDraft& other) {
  const auto ours = creations_of(bench.draft);
  const auto theirs = creations_of(other);
  for (int attempt = 0; attempt < 8; ++attempt) {
    const corpus::Micros offset = bench.draft.end() / 16 * bench.random.below(16);
    const bool apart = std::ranges::all_of(ours, [&](const auto& one) {
      return std::ranges::none_of(theirs, [&](const auto& two) {
        return two.first + offset <= one.second && one.first <= two.second + offset;
      });
    });
    if (apart) return offset;
  }
  return bench.draft.end() + 1;
}

// However short times are cut, a person's wish comes behind the creations that stand before it.
void keep_creations_apart(SessionDraft& draft) {
  for (std::size_t at = 0; at < draft.size(); ++at) {
    if (draft[at].role != SessionRole::delivery || draft[at].notification) continue;
    for (std::size_t before = 0; before < at; ++before) {
      if (creates_call(draft[before])) draft.wait(at, draft[before].exchange.number, true);
    }
  }
}

void weave(SessionBench& bench, SessionDraft other, const std::string& sharing) {
  SessionDraft& draft = bench.draft;
  const corpus::Micros offset = choose_offset(bench, other);
  bench.what = "another recording of " + std::to_string(other.size()) + " exchanges begins after " +
               std::to_string(offset) + " us, sharing " + sharing;
  pin_all(draft);
  pin_all(other);
  share_callback(other, draft);
  draft.weave(std::move(other), offset);
  keep_creations_apart(draft);
}

// Woven sessions would grow without end if they were woven again and again by several mutations.
constexpr std::size_t kLargest = 2000;

// One that is woven in already has the same ids the second time: the two would not be apart.
bool fits(const SessionBench& bench, const SessionDraft& other) {
  const std::vector<std::string>& ours = bench.draft.calls();
  return bench.draft.size() + other.size() <= kLargest && std::ranges::find_first_of(ours, other.calls()) == ours.end();
}

bool weave_apart(SessionBench& bench) {
  const SessionDraft& other = bench.random.pick(bench.others);
  if (!fits(bench, other)) return false;
  weave(bench, other, "nothing");
  return true;
}

// The first segment behind "participants/" of each path, canonical.
std::vector<std::string> participants_of(const SessionDraft& draft) {
  constexpr std::string_view kBefore = "participants/";
  std::vector<std::string> found;
  const auto look = [&](std::string_view text) {
    for (std::size_t at = text.find(kBefore); at != text.npos; at = text.find(kBefore, at + 1)) {
      const std::string_view rest = text.substr(at + kBefore.size());
      const std::string_view id = rest.substr(0, std::min(rest.find_first_of("/\"?"), rest.size()));
      if (corpus::is_guid(id)) found.push_back(corpus::canonical_id(id));
    }
  };
  for (std::size_t at = 0; at < draft.size(); ++at) {
    look(draft[at].exchange.request.target);
    look(draft[at].exchange.request.body);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// The other recording's `from` becomes this one's `to`.
bool weave_sharing(SessionBench& bench, const SessionDraft& other, const std::vector<std::string>& from,
                   const std::vector<std::string>& to, const std::string& what) {
  if (from.empty() || to.empty() || !fits(bench, other)) return false;
  const std::string& theirs = bench.random.pick(from);
  const std::string& ours = bench.random.pick(to);
  SessionDraft changed = other;
  change_ids(changed, {{theirs, ours}});
  weave(bench, std::move(changed), "the " + what + " " + ours);
  return true;
}

bool weave_call(SessionBench& bench) {
  const auto guids = [](const std::vector<std::string>& calls) {
    std::vector<std::string> only;
    std::ranges::copy_if(calls, std::back_inserter(only), [](const std::string& id) { return corpus::is_guid(id); });
    return only;
  };
  const SessionDraft& other = bench.random.pick(bench.others);
  return weave_sharing(bench, other, guids(other.calls()), guids(bench.draft.calls()), "call");
}

bool weave_participant(SessionBench& bench) {
  const SessionDraft& other = bench.random.pick(bench.others);
  return weave_sharing(bench, other, participants_of(other), participants_of(bench.draft), "participant");
}

constexpr SessionMutationRow kInterleaveRows[] = {
    {{"weave_apart", SessionGroup::interleave, 5, true, false, "another recording is played meanwhile"}, weave_apart},
    {{"weave_call", SessionGroup::interleave, 3, false, false, "another recording is played to the same call"},
     weave_call},
    {{"weave_participant", SessionGroup::interleave, 3, false, false,
      "another recording is played that has a participant in common"},
     weave_participant},
};

}  // namespace

std::span<const SessionMutationRow> interleave_mutations() {
  return kInterleaveRows;
}

}  // namespace fuzz
