#include "fuzz/session_draft.h"

#include <algorithm>
#include <cassert>
#include <iterator>

#include "corpus/origin.h"
#include "corpus/session_file.h"

namespace fuzz {
namespace {

using corpus::Micros;

void put_at(corpus::Exchange& exchange, Micros time) {
  const Micros by = time - exchange.sent;
  exchange.sent = time;
  exchange.due.reset();
  if (exchange.ended_at_all()) exchange.ended = std::max(time, exchange.ended + by);
}

}  // namespace

bool is_notification(const corpus::Request& request) {
  return request.body.find("\"resource") != std::string::npos;
}

bool failed_at(const corpus::Exchange& delivery) {
  const corpus::Response* const response = delivery.response();
  return delivery.failure() != nullptr || (response != nullptr && response->status >= 500);
}

SessionDraft::SessionDraft(corpus::Session session, const SessionCauses& causes) : session_(std::move(session)) {
  assert(causes.size() == session_.exchanges.size());
  items_.reserve(causes.size() + 8);
  for (std::size_t at = 0; at < causes.size(); ++at) {
    DraftItem& item = items_.emplace_back();
    item.role = causes[at].role;
    for (const SessionCause& cause : causes[at].causes) {
      assert(cause.exchange < at);
      item.causes.push_back({items_[cause.exchange].exchange.number, cause.ended, cause.by_id});
    }
    for (const std::string& call : causes[at].calls) {
      const auto known = std::ranges::find(calls_, call);
      item.calls.push_back(static_cast<std::uint32_t>(known - calls_.begin()));
      if (known == calls_.end()) calls_.push_back(call);
    }
    item.exchange = std::move(session_.exchanges[at]);
    item.notification = item.role == SessionRole::delivery && is_notification(item.exchange.request);
    item.pinned = item.exchange.after.has_value();
    item.from = descent_of(item.exchange.request_extra).value_or(Descent{item.exchange.number});
    last_number_ = std::max(last_number_, item.exchange.number);
  }
  session_.exchanges.clear();
}

std::size_t SessionDraft::place_of(std::int64_t number) const {
  const auto found = std::ranges::find(items_, number, [](const DraftItem& item) { return item.exchange.number; });
  return static_cast<std::size_t>(found - items_.begin());
}

std::vector<std::size_t> SessionDraft::notifications() const {
  std::vector<std::size_t> places;
  for (std::size_t at = 0; at < items_.size(); ++at) {
    if (items_[at].notification) places.push_back(at);
  }
  return places;
}

bool SessionDraft::depends(std::size_t later, std::size_t earlier) const {
  std::vector<bool> seen(items_.size());
  std::vector<std::size_t> open{later};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const DraftCause& cause : items_[at].causes) {
      const std::size_t place = place_of(cause.number);
      if (place == earlier) return true;
      if (place == items_.size() || seen[place]) continue;
      seen[place] = true;
      open.push_back(place);
    }
  }
  return false;
}

bool SessionDraft::share_call(std::size_t a, std::size_t b) const {
  return std::ranges::find_first_of(items_[a].calls, items_[b].calls) != items_[a].calls.end();
}

std::size_t SessionDraft::earliest(std::size_t at, std::int64_t except) const {
  std::size_t earliest = 0;
  for (const DraftCause& cause : items_[at].causes) {
    const std::size_t place = cause.number == except ? items_.size() : place_of(cause.number);
    if (place < items_.size()) earliest = std::max(earliest, place + 1);
  }
  return earliest;
}

void SessionDraft::reorder(const std::vector<std::size_t>& places) {
  assert(places.size() == items_.size());
  std::vector<Micros> times;
  for (const DraftItem& item : items_) times.push_back(item.exchange.sent);
  std::vector<DraftItem> ordered;
  ordered.reserve(items_.capacity());
  for (std::size_t at = 0; at < places.size(); ++at) {
    DraftItem& item = ordered.emplace_back(std::move(items_[places[at]]));
    if (places[at] != at) put_at(item.exchange, times[at]);
  }
  items_ = std::move(ordered);
}

std::size_t SessionDraft::move(std::size_t from, std::size_t to, Micros time) {
  put_at(items_[from].exchange, time);
  items_[from].pinned = true;
  const auto begin = items_.begin();
  if (from < to) {
    std::rotate(begin + from, begin + from + 1, begin + to);
    return to - 1;
  }
  std::rotate(begin + to, begin + from, begin + from + 1);
  return to;
}

std::size_t SessionDraft::copy(std::size_t at, std::size_t to, Micros time) {
  DraftItem item = items_[at];
  item.exchange.number = ++last_number_;
  item.pinned = true;
  if (failed_at(item.exchange)) {
    item.exchange.outcome = corpus::Response{.status = 202, .headers = {}, .body = {}, .extra = {}};
  }
  put_at(item.exchange, time);
  items_.insert(items_.begin() + to, std::move(item));
  return to;
}

void SessionDraft::remove(std::size_t at) {
  const DraftItem gone = std::move(items_[at]);
  items_.erase(items_.begin() + at);
  for (std::size_t later = 0; later < items_.size(); ++later) {
    std::vector<DraftCause>& causes = items_[later].causes;
    const std::size_t before = causes.size();
    std::erase_if(causes, [&](const DraftCause& cause) { return cause.number == gone.exchange.number; });
    if (causes.size() == before) continue;
    items_[later].pinned = true;
    for (const DraftCause& cause : gone.causes) wait(later, cause.number, cause.ended);
  }
}

void SessionDraft::wait(std::size_t at, std::int64_t number, bool ended) {
  std::vector<DraftCause>& causes = items_[at].causes;
  items_[at].pinned = true;
  const auto known = std::ranges::find(causes, number, &DraftCause::number);
  if (known == causes.end()) {
    causes.push_back({number, ended, false});
  } else {
    known->ended = known->ended || ended;
  }
}

void SessionDraft::release(std::size_t at, std::int64_t number) {
  std::erase_if(items_[at].causes, [&](const DraftCause& cause) { return cause.number == number; });
  items_[at].pinned = true;
}

void SessionDraft::loosen(std::size_t at) {
  for (std::size_t later = at + 1; later < items_.size(); ++later) {
    if (items_[later].role != SessionRole::delivery || !share_call(at, later)) continue;
    const std::size_t gone = std::erase_if(items_[later].causes, [&](const DraftCause& cause) {
      const std::size_t place = place_of(cause.number);
      return !cause.by_id && place < items_.size() && place > at && items_[place].role == SessionRole::request;
    });
    if (gone == 0) continue;
    items_[later].pinned = true;
    // The requests stood between this delivery and those before it of its call: their order stays.
    for (std::size_t earlier = later; earlier-- > at;) {
      if (items_[earlier].role != SessionRole::delivery || !share_call(earlier, later)) continue;
      wait(later, items_[earlier].exchange.number, items_[earlier].exchange.ended <= items_[later].exchange.sent);
      break;
    }
  }
}

void SessionDraft::shift(Micros time, Micros by) {
  for (DraftItem& item : items_) {
    corpus::Exchange& exchange = item.exchange;
    if (exchange.sent >= time) exchange.sent = std::max<Micros>(0, exchange.sent + by);
    if (exchange.ended_at_all() && exchange.ended >= time)
      exchange.ended = std::max(exchange.sent, exchange.ended + by);
  }
}

Micros SessionDraft::end() const {
  Micros end = 0;
  for (const DraftItem& item : items_) {
    end = std::max({end, item.exchange.sent, item.exchange.ended_at_all() ? item.exchange.ended : 0});
  }
  return end;
}

void SessionDraft::weave(SessionDraft other, Micros offset) {
  const std::int64_t numbers = last_number_;
  const auto calls = static_cast<std::uint32_t>(calls_.size());
  for (DraftItem& item : other.items_) {
    item.exchange.number += numbers;
    item.from.made_of += numbers;
    put_at(item.exchange, item.exchange.sent + offset);
    for (DraftCause& cause : item.causes) cause.number += numbers;
    for (std::uint32_t& call : item.calls) call += calls;
    last_number_ = std::max(last_number_, item.exchange.number);
    items_.push_back(std::move(item));
  }
  std::ranges::move(other.calls_, std::back_inserter(calls_));
  std::ranges::stable_sort(items_, {}, [](const DraftItem& item) { return item.exchange.sent; });
}

void SessionDraft::rename_calls(const std::map<std::string, std::string, std::less<>>& names) {
  for (std::string& call : calls_) {
    if (const auto found = names.find(call); found != names.end()) call = found->second;
  }
}

corpus::Session SessionDraft::finish() {
  pin_followers();
  settle_times();
  write_causes();
  corpus::Session session = std::move(session_);
  for (DraftItem& item : items_) {
    const bool itself = item.from == Descent{item.exchange.number};
    set_descent(item.exchange.request_extra, itself ? std::nullopt : std::optional(item.from));
    session.exchanges.push_back(std::move(item.exchange));
  }
  items_.clear();
  session_ = std::move(session);
  number_lines();
  if (!corpus::is_mutated(session_.info)) session_.info.origin = corpus::kMutatedOrigin;
  corpus::SessionEnd& ended = session_.end.emplace();
  ended.messages = corpus::message_count(session_);
  for (const corpus::Exchange& exchange : session_.exchanges) {
    ended.time = std::max({ended.time, exchange.sent, exchange.ended_at_all() ? exchange.ended : 0});
  }
  return std::move(session_);
}

// What a replay derives takes for granted that a delivery before has waited for all that stands before it. One with
// causes of its own has not: what follows it has its causes written down too, and waits for it.
void SessionDraft::pin_followers() {
  bool any = false;
  std::vector<std::size_t> unwaited;
  for (std::size_t at = 0; at < items_.size(); ++at) {
    if (items_[at].role != SessionRole::delivery) continue;
    if (items_[at].pinned) {
      any = true;
      unwaited.push_back(at);
      continue;
    }
    if (!any) continue;
    items_[at].pinned = true;
    std::erase_if(unwaited, [&](std::size_t before) {
      const bool shared = share_call(before, at);
      const corpus::Exchange& sent = items_[before].exchange;
      if (shared) wait(at, sent.number, sent.shows_end() && sent.ended <= items_[at].exchange.sent);
      return shared;
    });
    unwaited.push_back(at);
  }
}

// The order of the items wins over their times, and what has to have ended has ended. No two requests share a time, so
// that no reader can order them otherwise.
void SessionDraft::settle_times() {
  Micros least = 0;
  for (DraftItem& item : items_) {
    if (item.pinned) {
      for (const DraftCause& cause : item.causes) {
        const std::size_t place = cause.ended ? place_of(cause.number) : items_.size();
        if (place < items_.size() && &items_[place] < &item && items_[place].exchange.shows_end()) {
          least = std::max(least, items_[place].exchange.ended);
        }
      }
    }
    if (item.exchange.sent < least) put_at(item.exchange, least);
    least = item.exchange.sent + 1;
  }
}

// What stands later, or has gone, cannot be waited for; and whether an end is waited for is told by the times.
void SessionDraft::write_causes() {
  for (std::size_t at = 0; at < items_.size(); ++at) {
    DraftItem& item = items_[at];
    if (!item.pinned || item.role != SessionRole::delivery) continue;
    std::vector<std::int64_t>& after = item.exchange.after.emplace();
    for (const DraftCause& cause : item.causes) {
      if (place_of(cause.number) < at) after.push_back(cause.number);
    }
    std::ranges::sort(after);
  }
}

void SessionDraft::number_lines() {
  struct Line {
    Micros time;
    std::size_t exchange;
    bool outcome;
  };
  std::vector<Line> lines;
  for (std::size_t at = 0; at < session_.exchanges.size(); ++at) {
    const corpus::Exchange& exchange = session_.exchanges[at];
    lines.push_back({exchange.sent, at, false});
    if (exchange.ended_at_all()) lines.push_back({exchange.ended, at, true});
  }
  std::ranges::stable_sort(lines, {}, &Line::time);
  std::size_t number = 1;  // the header's
  for (const Line& line : lines) {
    corpus::Exchange& exchange = session_.exchanges[line.exchange];
    (line.outcome ? exchange.outcome_line : exchange.request_line) = ++number;
    if (!exchange.ended_at_all()) exchange.outcome_line = 0;
  }
}

}  // namespace fuzz
