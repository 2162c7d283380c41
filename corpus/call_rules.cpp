#include "corpus/call_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace corpus {
namespace {

bool is_deletion(const Notice& notice) {
  return notice.kind == ResourceKind::call && notice.change == ChangeType::deleted;
}

template <typename Highest>
void raise(Highest& highest, std::int64_t number, Seen seen) {
  if (!highest || number > highest->first) highest = {number, seen};
}

}  // namespace

CallRules::Call& CallRules::at(std::string_view call) {
  const auto [found, added] = calls_.try_emplace(std::string(call));
  if (added) order_.push_back(found->first);
  return found->second;
}

void CallRules::told(Seen seen, const Notice& notice, bool again) {
  Call& call = at(notice.call());
  if (!call.first) call.first = seen;
  if (notice.kind == ResourceKind::call && notice.change == ChangeType::created) call.came_in = true;
  if (is_deletion(notice)) call.ends = true;
  for (const std::int64_t number : notice.deltas) call.deltas.emplace_back(number, seen);
  if (again) return;
  check_end(seen, notice, call);
  check_numbers(seen, notice, call);
}

// A deletion that is told twice is a duplicate, as an operation's end is.
void CallRules::check_end(Seen seen, const Notice& notice, const Call& call) {
  if (is_deletion(notice)) return;
  if (call.deleted) {
    breaches_.add(Promise::gone, seen,
                  fmt::format("a notification about call {}, which {} deleted", shown_id(notice.call()),
                              breaches_.place(*call.deleted)));
    return;
  }
  const bool alive = notice.kind == ResourceKind::call && notice.state && *notice.state != CallState::terminated &&
                     *notice.state != CallState::unknown;
  if (!call.terminated || !alive) return;
  breaches_.add(Promise::terminated, seen,
                fmt::format("call {} has another state, after {} had said terminated", shown_id(notice.call()),
                            breaches_.place(*call.terminated)));
}

void CallRules::check_numbers(Seen seen, const Notice& notice, Call& call) {
  for (const std::int64_t number : notice.deltas) check_number(seen, call.delta, number, "sequenceNumber");
  for (const auto& [id, number] : notice.participants) {
    const auto known = call.participants.find(id);
    if (known == call.participants.end()) continue;
    check_number(seen, known->second, number, fmt::format("rosterSequenceNumber of participant {}", shown_id(id)));
  }
}

void CallRules::check_number(Seen seen, const Highest& highest, std::int64_t number, std::string_view what) {
  if (!highest || number >= highest->first) return;
  breaches_.add(Promise::number_order, seen,
                fmt::format("{} {}, after {} had {}", what, number, breaches_.place(highest->second), highest->first));
}

void CallRules::settled(Seen seen, const Notice& notice) {
  Call& call = at(notice.call());
  if (is_deletion(notice) && !call.deleted) call.deleted = seen;
  if (notice.kind == ResourceKind::call && notice.state == CallState::terminated && !call.terminated) {
    call.terminated = seen;
  }
  for (const std::int64_t number : notice.deltas) raise(call.delta, number, seen);
  for (const auto& [id, number] : notice.participants) raise(call.participants[id], number, seen);
}

void CallRules::created(std::size_t exchange, std::string_view call) {
  at(call).created = exchange;
}

bool CallRules::ends(std::string_view call) const {
  const auto found = calls_.find(std::string(call));
  return found != calls_.end() && found->second.ends;
}

void CallRules::close() {
  for (const std::string& id : order_) {
    Call& call = calls_.find(id)->second;
    if (call.first) check_beginning(id, call);
    check_gaps(id, call);
  }
}

void CallRules::check_beginning(const std::string& id, const Call& call) {
  const Micros first = breaches_.sent(call.first->exchange);
  if (call.came_in) return;
  if (call.created) {
    if (breaches_.sent(*call.created) <= first) return;
    breaches_.add(
        Promise::cause_first, *call.first,
        fmt::format("a notification about call {}, which {} asks for", shown_id(id), breaches_.place({*call.created})));
    return;
  }
  // The answer that would tell is missing, and this is the call that it would have told.
  if (unseen_taken_ < unseen_.size() && breaches_.sent(unseen_[unseen_taken_]) <= first) {
    ++unseen_taken_;
    return;
  }
  breaches_.add(Promise::call_begins, *call.first,
                fmt::format("a notification about call {}, of which the recording has no beginning", shown_id(id)));
}

void CallRules::check_gaps(const std::string& id, Call& call) {
  std::ranges::stable_sort(call.deltas, {}, [](const auto& delta) { return delta.first; });
  for (std::size_t i = 1; i < call.deltas.size(); ++i) {
    const std::int64_t before = call.deltas[i - 1].first;
    const auto& [number, seen] = call.deltas[i];
    // Without sign: the difference of two numbers of 64 bits may need all of them.
    if (static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(before) <= 1) continue;
    breaches_.add(
        Promise::every_number, seen,
        fmt::format("sequenceNumber {} of call {}, and {} is the one below it", number, shown_id(id), before));
  }
}

}  // namespace corpus
