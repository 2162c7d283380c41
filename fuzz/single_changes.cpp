#include "fuzz/single_changes.h"

#include "fuzz/session_bench.h"

namespace fuzz {
namespace {

constexpr std::size_t kFollowers = 3;  // as many as the mutation `duplicate` goes behind

}  // namespace

SingleChanges::SingleChanges(const SeedSession& recording)
    : draft_(recording.session, recording.causes), places_(draft_.notifications()) {}

std::vector<Doubling> SingleChanges::doublings() const {
  std::vector<Doubling> all;
  for (const std::size_t at : places_) all.push_back({at, at});
  for (const std::size_t at : places_) all.push_back({at, std::nullopt});
  for (std::size_t nth = 1; nth <= kFollowers; ++nth) {
    for (const std::size_t at : places_) {
      std::size_t count = 0;
      for (const std::size_t next : places_) {
        if (next <= at || !draft_.share_call(at, next) || ++count < nth) continue;
        all.push_back({at, next});
        break;
      }
    }
  }
  return all;
}

corpus::Session SingleChanges::doubled(const Doubling& doubling) const {
  SessionDraft draft = draft_;
  if (doubling.behind) {
    copy_behind(draft, doubling.delivery, *doubling.behind, 0);
  } else {
    copy_beside(draft, doubling.delivery, 1);
  }
  return draft.finish();
}

corpus::Session SingleChanges::without(std::size_t delivery) const {
  SessionDraft draft = draft_;
  draft.loosen(delivery);
  draft.remove(delivery);
  return draft.finish();
}

}  // namespace fuzz
