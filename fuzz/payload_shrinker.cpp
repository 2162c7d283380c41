#include "fuzz/payload_shrinker.h"

#include <cassert>
#include <utility>

#include "fuzz/payload_reductions.h"
#include "fuzz/repair.h"

namespace fuzz {
namespace {

constexpr std::hash<std::string_view> hash;

}  // namespace

PayloadShrinker::PayloadShrinker(std::string payload, std::size_t budget)
    : best_(std::move(payload)), budget_(budget), halving_(payload_reductions().size()) {
  index_.scan(best_);
  mending_ = !index_.well_formed();
}

std::string_view PayloadShrinker::stage() const {
  return payload_reductions()[halving_.reduction()].name;
}

// False: there is nothing that is smaller, new, and as good JSON as the best.
bool PayloadShrinker::make_candidate() {
  if (std::exchange(mending_, false)) {
    candidate_ = repair(index_);
    new_index_.scan(candidate_);
    return new_index_.well_formed();
  }
  const auto count = [this](std::size_t reduction) { return payload_reductions()[reduction].count(index_); };
  while (const auto step = halving_.next(count)) {
    if (!payload_reductions()[step->reduction].take_out(index_, step->begin, step->end, candidate_)) continue;
    if (candidate_.size() >= best_.size() || refused_.contains(hash(candidate_))) continue;
    if (!index_.well_formed()) return true;
    new_index_.scan(candidate_);
    if (new_index_.well_formed()) return true;
  }
  return false;
}

const std::string* PayloadShrinker::next() {
  assert(!waiting_);
  if (runs_ >= budget_) return nullptr;
  const bool mended = mending_;
  if (!make_candidate() && !(mended && make_candidate())) return nullptr;
  ++runs_;
  waiting_ = true;
  return &candidate_;
}

void PayloadShrinker::verdict(bool shows) {
  assert(waiting_);
  waiting_ = false;
  if (shows) {
    adopt();
  } else {
    refused_.insert(hash(candidate_));
  }
}

void PayloadShrinker::adopt() {
  best_ = candidate_;
  index_.scan(best_);
  halving_.adopted();
}

std::string shrink_payload(std::string payload, const std::function<bool(const std::string&)>& shows,
                           std::size_t budget) {
  PayloadShrinker shrinker(std::move(payload), budget);
  while (const std::string* const candidate = shrinker.next()) shrinker.verdict(shows(*candidate));
  return shrinker.best();
}

}  // namespace fuzz
