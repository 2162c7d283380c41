#include "corpus/promise_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "corpus/action_table.h"
#include "corpus/ids.h"

namespace corpus {
namespace {

constexpr std::string_view kMessageId = "x-microsoft-skype-message-id";

bool is_good(const Response& response) {
  return response.status >= 200 && response.status < 300;
}

/// A request or an outcome, to be put in order.
struct Moment {
  Micros time = 0;
  std::size_t line = 0;
  Seen seen;
};

std::vector<Moment> moments_of(const Session& session) {
  std::vector<Moment> moments;
  for (std::size_t i = 0; i < session.exchanges.size(); ++i) {
    const Exchange& exchange = session.exchanges[i];
    moments.push_back({exchange.sent, exchange.request_line, {i, false}});
    if (exchange.ended_at_all()) moments.push_back({exchange.ended, exchange.outcome_line, {i, true}});
  }
  std::ranges::stable_sort(
      moments, [](const Moment& a, const Moment& b) { return a.time != b.time ? a.time < b.time : a.line < b.line; });
  return moments;
}

bool asks_for_call(const Request& request, const GraphPath& path) {
  return path.calls && request.method == "POST" && path.segments.size() == 1;
}

/// Whether the request, by the pages or for all that they say, begins an operation.
bool may_begin_operation(const Request& request, const GraphPath& path) {
  if (!path.calls || request.method != "POST" || path.segments.size() < 2) return false;
  const Action* action = find_action(request.method, path);
  return action == nullptr || action->answer == Answer::operation;
}

/// Removing somebody also takes an invitation back that has not been answered yet.
bool removes_participant(const Request& request, const GraphPath& path) {
  return request.method == "DELETE" && path.shape() == "/calls/{}/participants/{}";
}

}  // namespace

void PromiseCheck::run() {
  for (const Moment& moment : moments_of(session_)) {
    const std::size_t index = moment.seen.exchange;
    const bool webhook = session_.exchanges[index].leg == Leg::webhook;
    if (!moment.seen.outcome && webhook) told(index);
    if (moment.seen.outcome) webhook ? acknowledged(index) : graph_answered(index);
  }
  for (std::size_t i = 0; i < session_.exchanges.size(); ++i) check_outcome(i);
  calls_.close();
  operations_.close([this](const std::string& call) { return calls_.ends(call) || thinned_.contains(call); });
}

void PromiseCheck::told(std::size_t index) {
  const Request& request = session_.exchanges[index].request;
  std::string unreadable;
  std::vector<Notice> notices = reader_.notices(request, unreadable);
  if (!unreadable.empty()) {
    breaches_.add(Promise::readable, {index}, "a notification that cannot be read: " + printable(unreadable, 300));
  }
  if (notices.empty()) return;
  const bool again = comes_again(index);
  for (const Notice& notice : notices) {
    check_names({index}, notice);
    calls_.told({index}, notice, again);
    if (notice.kind == ResourceKind::operation) operations_.told({index}, notice, again);
  }
  told_.emplace(index, std::move(notices));
}

void PromiseCheck::acknowledged(std::size_t index) {
  const auto found = told_.find(index);
  if (found == told_.end()) return;
  for (const Notice& notice : found->second) {
    calls_.settled({index}, notice);
    if (notice.kind == ResourceKind::operation) operations_.settled(notice);
  }
  told_.erase(found);
}

// The same body once more is the same message if it has the same message id, or nothing to tell the two apart, or if
// the bot had not acknowledged it: then Graph may try again.
bool PromiseCheck::comes_again(std::size_t index) {
  const Exchange& exchange = session_.exchanges[index];
  const std::string id = canonical_id(header_of(exchange.request.headers, kMessageId));
  const auto [before, first] = last_.try_emplace(exchange.request.body, index);
  const bool known_id = !ids_[exchange.request.body].insert(id).second;
  if (first) return false;
  const Exchange& last = session_.exchanges[std::exchange(before->second, index)];
  const Response* answer = last.response();
  const bool had_id = !header_of(last.request.headers, kMessageId).empty();
  return known_id || id.empty() || !had_id || answer == nullptr || !is_good(*answer) || last.ended > exchange.sent;
}

void PromiseCheck::check_names(Seen seen, const Notice& notice) {
  const auto check = [&](const std::vector<Naming>& names, std::string_view what) {
    const auto other = std::ranges::find_if(names, [&](const Naming& name) { return name.id != names.front().id; });
    if (other == names.end()) return;
    breaches_.add(Promise::one_resource, seen,
                  fmt::format("{} names {} {}, and {} names {}", names.front().member, what, shown_id(names.front().id),
                              other->member, shown_id(other->id)));
  };
  check(notice.calls, "call");
  check(notice.operations, "operation");
}

void PromiseCheck::graph_answered(std::size_t index) {
  const Exchange& exchange = session_.exchanges[index];
  const Response* response = exchange.response();
  const GraphPath path = parse_graph_path(exchange.request.target);
  if (response == nullptr || !path.calls || !is_good(*response)) return;
  check_answer(index, path);
  if (asks_for_call(exchange.request, path)) {
    const std::string call = reader_.created_call(*response);
    if (!call.empty()) calls_.created(index, call);
    shown_[index] = !call.empty();
  } else {
    take_operation(index, path);
  }
}

void PromiseCheck::check_answer(std::size_t index, const GraphPath& path) {
  const Exchange& exchange = session_.exchanges[index];
  const Action* action = find_action(exchange.request.method, path);
  if (action == nullptr) return;
  const Response& response = *exchange.response();
  const bool empty = response.body.empty();
  const bool fits = std::ranges::find(action->statuses, response.status) != action->statuses.end() &&
                    (action->answer == Answer::something || empty == (action->answer == Answer::nothing));
  if (fits) return;
  constexpr std::array<std::string_view, 3> kBodies{" without a body", " with an operation", ""};
  breaches_.add(
      Promise::documented_answer, {index, true},
      fmt::format("{} {} is answered {} {} a body", exchange.request.method, shown_id(exchange.request.target),
                  response.status, empty ? "without" : "with"),
      fmt::format("{}{}", fmt::join(action->statuses, " or "), kBodies[static_cast<std::size_t>(action->answer)]));
}

void PromiseCheck::take_operation(std::size_t index, const GraphPath& path) {
  const Exchange& exchange = session_.exchanges[index];
  const std::optional<AnsweredOperation> operation = reader_.operation(*exchange.response());
  if (!operation) return;
  shown_[index] = true;
  const bool begins = exchange.request.method == "POST";
  const std::string context = reader_.context(exchange.request);
  if (operation->id.empty() && !begins) return;
  operations_.answered(index,
                       {path.id_after("calls"), operation->id, context, operation->status, operation->pending, begins});
}

// What no answer shows may have been made all the same.
void PromiseCheck::take_unseen(std::size_t index) {
  const Exchange& exchange = session_.exchanges[index];
  const Response* response = exchange.response();
  if (shown_[index] || (response != nullptr && !is_good(*response))) return;
  const GraphPath path = parse_graph_path(exchange.request.target);
  if (asks_for_call(exchange.request, path)) calls_.created_unseen(index);
  if (removes_participant(exchange.request, path)) thinned_.emplace(path.id_after("calls"));
  if (may_begin_operation(exchange.request, path)) {
    operations_.begun_unseen(index, path.id_after("calls"), reader_.context(exchange.request));
  }
}

void PromiseCheck::check_outcome(std::size_t index) {
  const Exchange& exchange = session_.exchanges[index];
  if (exchange.leg == Leg::graph) take_unseen(index);
  if (exchange.shows_end()) return;
  const bool told = exchange.ended_at_all();
  breaches_.add(Promise::answered, {index, told},
                told ? "the recording ended before the answer" : "the request has no answer");
}

}  // namespace corpus
