#include "fuzz/orders.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "corpus/mentions.h"

namespace fuzz {
namespace {

// Of so many random orders the one that shows most that is new comes next.
constexpr int kCandidates = 24;
// Beyond these, triples would take more memory than they are worth: pairs alone are covered.
constexpr std::size_t kMostInTriples = 64;

}  // namespace

Orders::Orders(const SeedSession& recording, OrderOptions options)
    : draft_(recording.session, recording.causes), options_(options), random_(options.seed) {
  for (std::size_t at = 0; at < draft_.size(); ++at) {
    if (draft_[at].role == SessionRole::delivery) places_.push_back(at);
  }
  find_requirements();
  find_commuting(recording.session);
  const std::size_t count = places_.size();
  covered_.resize(count <= kMostInTriples ? count * count * (count + 1) : count * count);
}

// A request of the bot comes after the deliveries about its call that stand before it; one that begins a call, after
// what people asked for. What waits for the request waits for those too.
void Orders::find_requirements() {
  const std::size_t count = draft_.size();
  leads_.resize(count);
  std::vector<std::vector<bool>> all(count, std::vector<bool>(count));
  const auto add = [&](std::size_t later, std::size_t earlier) {
    all[later][earlier] = true;
    for (std::size_t at = 0; at < earlier; ++at) all[later][at] = all[later][at] || all[earlier][at];
  };
  for (std::size_t at = 0; at < count; ++at) {
    if (draft_[at].role == SessionRole::delivery) {
      for (const DraftCause& cause : draft_[at].causes) add(at, draft_.place_of(cause.number));
      continue;
    }
    for (std::size_t before = 0; before < at; ++before) {
      if (draft_[before].role == SessionRole::delivery && draft_.share_call(before, at)) leads_[at].push_back(before);
    }
    for (std::size_t before = 0; leads_[at].empty() && before < at; ++before) {
      if (draft_[before].role == SessionRole::delivery && !draft_[before].notification) add(at, before);
    }
    for (const std::size_t before : leads_[at]) add(at, before);
    leads_[at].clear();
    for (const std::size_t before : places_) {
      if (before < at && all[at][before]) leads_[at].push_back(before);
    }
  }
  for (const std::size_t later : places_) {
    std::vector<bool>& row = requires_.emplace_back();
    for (const std::size_t earlier : places_) row.push_back(earlier < later && all[later][earlier]);
  }
}

void Orders::find_commuting(const corpus::Session& session) {
  corpus::MentionFinder finder;
  std::vector<std::set<std::string>> ids;
  for (const std::size_t at : places_) {
    std::set<std::string>& of_one = ids.emplace_back();
    for (const corpus::Mention& mention : finder.in(session.exchanges[at].request).all) {
      if (mention.kind != corpus::MentionKind::who) of_one.insert(mention.id);
    }
  }
  for (std::size_t a = 0; a < places_.size(); ++a) {
    std::vector<bool>& row = commute_.emplace_back();
    for (std::size_t b = 0; b < places_.size(); ++b) {
      const bool shared = std::ranges::any_of(ids[a], [&](const std::string& id) { return ids[b].contains(id); });
      const bool people = !draft_[places_[a]].notification || !draft_[places_[b]].notification;
      row.push_back(options_.prune && !shared && !people && !draft_.share_call(places_[a], places_[b]));
    }
  }
}

// Whether `next` may be sent behind what was sent, and the whole is the first of all that are equal to it: nothing
// greater stands in front of `next` that it could be taken past.
bool Orders::may_follow(const Word& word, std::uint32_t next) const {
  if (std::ranges::find(word, next) != word.end()) return false;
  for (std::uint32_t earlier = 0; earlier < places_.size(); ++earlier) {
    if (requires_[next][earlier] && std::ranges::find(word, earlier) == word.end()) return false;
  }
  for (std::size_t at = word.size(); at-- > 0 && commute_[word[at]][next];) {
    if (word[at] > next) return false;
  }
  return true;
}

// Makes the word one longer by the least that is not less than `from`.
bool Orders::step(Word& word, std::uint32_t& from) const {
  for (; from < places_.size(); ++from) {
    if (!may_follow(word, from)) continue;
    word.push_back(from);
    from = 0;
    return true;
  }
  return false;
}

// To the next whole word, in the order of a dictionary; an empty one to the first.
bool Orders::advance(Word& word) const {
  std::uint32_t from = 0;
  const auto back = [&] {
    from = word.back() + 1;
    word.pop_back();
  };
  if (word.size() == places_.size()) {
    if (word.empty()) return false;
    back();
  }
  while (word.size() < places_.size()) {
    if (step(word, from)) continue;
    if (word.empty()) return false;
    back();
  }
  return true;
}

Orders::Word Orders::random_word() {
  Word word;
  while (word.size() < places_.size()) {
    Word ready;
    for (std::uint32_t next = 0; next < places_.size(); ++next) {
      if (std::ranges::find(word, next) != word.end()) continue;
      bool waits = false;
      for (std::uint32_t earlier = 0; earlier < places_.size(); ++earlier) {
        waits = waits || (requires_[next][earlier] && std::ranges::find(word, earlier) == word.end());
      }
      if (!waits) ready.push_back(next);
    }
    word.push_back(random_.pick(ready));
  }
  return normal_form(word);
}

// The first, as a dictionary has them, of all words that are equal to it.
Orders::Word Orders::normal_form(const Word& word) const {
  Word left = word;
  Word normal;
  while (!left.empty()) {
    std::size_t least = left.size();
    for (std::size_t at = 0; at < left.size(); ++at) {
      const bool front = std::all_of(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(at),
                                     [&](std::uint32_t before) { return commute_[before][left[at]]; });
      if (front && (least == left.size() || left[at] < left[least])) least = at;
    }
    normal.push_back(left[least]);
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(least));
  }
  return normal;
}

// How many ordered pairs and triples the word has that none before it had.
std::size_t Orders::cover(const Word& word, bool note) {
  const std::size_t count = places_.size();
  std::size_t fresh = 0;
  const auto see = [&](std::size_t what) {
    fresh += covered_[what] ? 0 : 1;
    if (note) covered_[what] = true;
  };
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = a + 1; b < count; ++b) {
      see(word[a] * count + word[b]);
      for (std::size_t c = b + 1; count <= kMostInTriples && c < count; ++c) {
        see(count * count + (word[a] * count + word[b]) * count + word[c]);
      }
    }
  }
  return fresh;
}

// Nothing once random orders show nothing new: what is left is for the walk.
std::optional<Orders::Word> Orders::covering_word() {
  Word best;
  if (given_.empty()) {
    best.resize(places_.size());
    std::iota(best.begin(), best.end(), 0u);
    best = normal_form(best);  // as recorded
  } else {
    std::size_t most = 0;
    for (int candidate = 0; candidate < kCandidates; ++candidate) {
      Word word = random_word();
      const std::size_t fresh = cover(word, false);
      if (fresh > most) best = std::move(word);
      most = std::max(most, fresh);
    }
    if (most == 0) return std::nullopt;
  }
  cover(best, true);
  given_.insert(best);
  return best;
}

DeliveryOrder Orders::order_of(const Word& word) const {
  DeliveryOrder order;
  for (const std::uint32_t delivery : word) order.push_back(places_[delivery]);
  return order;
}

std::optional<DeliveryOrder> Orders::next() {
  if (finished_ || places_.empty()) return std::nullopt;
  if (covering_) {
    if (const auto word = covering_word()) return order_of(*word);
    covering_ = false;
  }
  while (advance(last_)) {
    if (!given_.contains(last_)) return order_of(last_);
  }
  finished_ = true;
  return std::nullopt;
}

std::optional<std::uint64_t> Orders::total() const {
  std::uint64_t count = 0;
  for (Word word; advance(word);) {
    if (++count > kCountLimit) return std::nullopt;
  }
  return count;
}

corpus::Session Orders::session(const DeliveryOrder& order) const {
  SessionDraft draft = draft_;
  std::vector<std::size_t> places;
  std::vector<bool> sent(draft.size());
  const auto send_requests = [&] {
    for (std::size_t at = 0; at < draft.size(); ++at) {
      const bool ready = std::ranges::all_of(leads_[at], [&](std::size_t before) { return sent[before]; });
      if (sent[at] || draft[at].role == SessionRole::delivery || !ready) continue;
      sent[at] = true;
      places.push_back(at);
    }
  };
  send_requests();
  for (std::size_t at = 0; at < order.size(); ++at) {
    if (at > 0) draft.wait(order[at], draft[order[at - 1]].exchange.number, true);
    sent[order[at]] = true;
    places.push_back(order[at]);
    send_requests();
  }
  draft.reorder(places);
  return draft.finish();
}

}  // namespace fuzz
