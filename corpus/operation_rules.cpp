#include "corpus/operation_rules.h"

#include <fmt/format.h>

namespace corpus {
namespace {

bool is_final(OperationStatus status) {
  return status == OperationStatus::completed || status == OperationStatus::failed;
}

std::string_view word_of(OperationStatus status) {
  return status == OperationStatus::completed ? "completed" : status == OperationStatus::failed ? "failed" : "running";
}

// Neither ids nor what stands in a path hold a line break.
std::string key_of(std::string_view call, std::string_view context) {
  return fmt::format("{}\n{}", call, context);
}

}  // namespace

OperationRules::Operation& OperationRules::at(std::string_view id, std::string_view call, std::string_view context) {
  std::string by_context = key_of(call, context);
  const auto [found, added] = operations_.try_emplace(id.empty() ? by_context : std::string(id));
  Operation& operation = found->second;
  if (added) {
    order_.push_back(found->first);
    operation.name = id.empty() ? context : id;
    operation.call = call;
  }
  if (!context.empty()) operation.by_context = std::move(by_context);
  return operation;
}

// False if the operation has had another outcome.
bool OperationRules::take_outcome(Seen seen, Operation& operation, OperationStatus status) {
  if (!operation.outcome_seen) {
    operation.outcome = status;
    operation.outcome_seen = seen;
  }
  if (operation.outcome == status) return true;
  breaches_.add(Promise::one_end, seen,
                fmt::format("operation {} ends as {}, after {} had said {}", shown_id(operation.name), word_of(status),
                            breaches_.place(*operation.outcome_seen), word_of(operation.outcome)));
  return false;
}

void OperationRules::told(Seen seen, const Notice& notice, bool again) {
  Operation& operation = at(notice.operation(), notice.call(), notice.context);
  const bool final = is_final(notice.status);
  if ((final || notice.change == ChangeType::deleted) && !operation.first_end) operation.first_end = seen;
  const bool goes_on = notice.status == OperationStatus::running || notice.status == OperationStatus::not_started;
  if (goes_on && operation.settled && !again) {
    breaches_.add(Promise::one_end, seen,
                  fmt::format("operation {} goes on, after {} had said {}", shown_id(operation.name),
                              breaches_.place(*operation.outcome_seen), word_of(operation.outcome)));
  }
  if (!final || !take_outcome(seen, operation, notice.status) || !operation.final_answer || again) return;
  breaches_.add(Promise::final_answer, seen,
                fmt::format("operation {} ends, and the answer in {} had said so", shown_id(operation.name),
                            breaches_.place(*operation.final_answer)));
}

void OperationRules::settled(const Notice& notice) {
  if (is_final(notice.status)) at(notice.operation(), notice.call(), notice.context).settled = true;
}

void OperationRules::answered(std::size_t exchange, const OperationAnswered& answer) {
  Operation& operation = at(answer.operation, answer.call, answer.context);
  const Seen seen{exchange, true};
  if (answer.begins) {
    operation.begun = exchange;
    begun_by_context_.try_emplace(key_of(answer.call, answer.context), answer.operation.empty()
                                                                           ? key_of(answer.call, answer.context)
                                                                           : std::string(answer.operation));
  }
  if (answer.begins && answer.pending) operation.pending = seen;
  if (!is_final(answer.status)) return;
  if (take_outcome(seen, operation, answer.status) && answer.begins) operation.final_answer = seen;
}

void OperationRules::begun_unseen(std::size_t exchange, std::string_view call, std::string_view context) {
  unseen_[key_of(call, context)].push_back(exchange);
}

void OperationRules::close(const std::function<bool(const std::string& call)>& may_fall_silent) {
  for (const std::string& key : order_) {
    const Operation& operation = operations_.find(key)->second;
    if (operation.first_end) check_beginning(operation);
  }
  for (const std::string& key : order_) {
    const Operation& operation = operations_.find(key)->second;
    if (!operation.pending || operation.first_end || may_fall_silent(operation.call)) continue;
    breaches_.add(
        Promise::operation_ends, *operation.pending,
        fmt::format("operation {} is under way, and its end is not in the recording", shown_id(operation.name)));
  }
}

void OperationRules::check_beginning(const Operation& operation) {
  const Seen end = *operation.first_end;
  const Micros time = breaches_.sent(end.exchange);
  if (operation.begun) {
    if (breaches_.sent(*operation.begun) <= time) return;
    breaches_.add(Promise::cause_first, end,
                  fmt::format("operation {} ends, which {} asks for", shown_id(operation.name),
                              breaches_.place({*operation.begun})));
    return;
  }
  // No id on either side: the clientContext tells, or that it could be any of the call's.
  const auto same = begun_by_context_.find(operation.by_context);
  if (same != begun_by_context_.end()) {
    operations_.find(same->second)->second.pending.reset();
    return;
  }
  if (take_unseen(operation.by_context, time) || take_unseen(key_of(operation.call, {}), time)) return;
  breaches_.add(Promise::operation_begins, end,
                fmt::format("operation {} ends, and its beginning is not in the recording", shown_id(operation.name)));
}

// Takes the first request of those that could have begun an operation that ended at this time.
bool OperationRules::take_unseen(const std::string& key, Micros before) {
  const auto found = unseen_.find(key);
  if (found == unseen_.end() || found->second.empty()) return false;
  if (breaches_.sent(found->second.front()) > before) return false;
  found->second.pop_front();
  return true;
}

}  // namespace corpus
