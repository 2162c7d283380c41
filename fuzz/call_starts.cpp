#include "fuzz/call_starts.h"

#include <cstdint>
#include <deque>

namespace fuzz {

std::vector<std::size_t> call_starts(const SessionDraft& draft) {
  std::vector<std::size_t> starts(draft.calls().size(), draft.size());
  std::vector<bool> seen(draft.calls().size());
  std::deque<std::size_t> wishes;  // of people, which name no call, and nothing has come of yet
  for (std::size_t at = 0; at < draft.size(); ++at) {
    const DraftItem& item = draft[at];
    if (item.role == SessionRole::delivery && !item.notification && item.calls.empty()) wishes.push_back(at);
    for (const std::uint32_t call : item.calls) {
      if (!seen[call] && item.role == SessionRole::request && !wishes.empty()) {
        starts[call] = wishes.front();
        wishes.pop_front();
      }
      seen[call] = true;
    }
  }
  return starts;
}

}  // namespace fuzz
