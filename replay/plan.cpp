#include "replay/plan.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "corpus/mentions.h"
#include "replay/reading.h"
#include "replay/told.h"

namespace replay {
namespace {

using corpus::Exchange;
using corpus::Leg;
using corpus::MentionKind;
using corpus::Micros;

// Where an id first came up.
struct Origin {
  std::size_t exchange = kNone;
  Phase phase = Phase::sent;
};

// When the bot was told something, and by which exchange.
struct Told {
  Micros time = 0;
  std::optional<std::size_t> by = {};
};

// What has happened so far about one call. Deliveries before the last one, and requests before it, are implied by it.
struct CallState {
  std::size_t last_delivery = kNone;
  std::vector<std::size_t> requests;  // counted ones whose end the last delivery has not implied
  Told last_told;                     // when the bot was last told something about the call
};

// What is known about an id so far.
struct IdState {
  Origin origin;
  bool seen = false;         // Graph or the bot has written it, other than to say who is meant
  bool who = false;          // it has said who is meant
  std::size_t call = kNone;  // its place in Planner::calls_, if it names a call
};

// Goes through the recording's moments once and writes down, for each exchange, what the ones before it mean to it.
class Planner {
 public:
  Planner(const corpus::Session& session, const PlanOptions& options);
  Plan take();

 private:
  void find_roles_and_calls(bool count_polling);
  void add_calls(std::size_t index, const Reading::Message& message);
  void sent(std::size_t index);
  void ended(std::size_t index);
  void deliver(std::size_t index);
  void tell(std::size_t index);
  void request(std::size_t index);
  void derive(std::size_t index, const Reading::Message& message);
  void explicit_causes(std::size_t index);
  void cause_of_ids(std::size_t index, const Reading::Message& message);
  void cause_of_call(std::size_t index, const CallState& call);
  void cause_of_everything(std::size_t index);
  Cause& add(std::size_t index, std::size_t cause, Phase phase, const std::string& id = {});
  void choose_gaps(std::size_t index);
  void note_ids(const Reading::Message& message, std::size_t index, Phase phase, bool by_graph);
  void implied_by(std::size_t index, CallState& call) const;
  bool answered_before(std::size_t index, Micros time) const;
  Micros time_of(const Cause& cause) const;
  void is_about(std::size_t index, Id call);

  const corpus::Session& session_;
  Plan plan_;
  Reading reading_;
  std::vector<IdState> ids_;
  std::vector<CallState> calls_;
  std::vector<std::vector<std::size_t>> calls_of_;  // exchange -> places in calls_
  std::vector<bool> by_person_;                     // deliveries that are no notifications of Graph's
  CallState everything_;                            // as if the whole session were one call
  std::vector<std::size_t> recent_deliveries_;      // since the last delivery that waited for everything
  std::vector<Id> mintable_;
};

Planner::Planner(const corpus::Session& session, const PlanOptions& options)
    : session_(session), reading_(session), ids_(reading_.ids()) {
  find_roles_and_calls(options.count_polling);
}

Plan Planner::take() {
  for (const Moment& moment : moments_of(session_)) {
    moment.phase == Phase::sent ? sent(moment.exchange) : ended(moment.exchange);
  }
  for (const Id id : mintable_) {
    if (!ids_[id].who) plan_.minted.push_back(reading_.text(id));
  }
  return std::move(plan_);
}

// The calls of an exchange come from both of its messages: the request that creates a call learns its id from the
// answer.
void Planner::find_roles_and_calls(bool count_polling) {
  plan_.steps.resize(session_.exchanges.size());
  calls_of_.resize(session_.exchanges.size());
  by_person_.resize(session_.exchanges.size());
  for (std::size_t i = 0; i < session_.exchanges.size(); ++i) {
    const Exchange& exchange = session_.exchanges[i];
    if (exchange.leg == Leg::graph) {
      const bool polls = corpus::is_polling(exchange.request.method, corpus::parse_graph_path(exchange.request.target));
      plan_.steps[i].role = polls && !count_polling ? Role::polling : Role::request;
    }
    add_calls(i, reading_.request(i));
    if (exchange.response() != nullptr) add_calls(i, reading_.answer(i));
  }
}

void Planner::add_calls(std::size_t index, const Reading::Message& message) {
  for (const Named& named : message.all) {
    if (named.kind != MentionKind::call) continue;
    if (ids_[named.id].call == kNone) {
      ids_[named.id].call = calls_.size();
      calls_.emplace_back();
    }
    is_about(index, named.id);
  }
}

// `call` names a call that is in calls_.
void Planner::is_about(std::size_t index, Id call) {
  std::vector<std::size_t>& calls = calls_of_[index];
  if (std::ranges::find(calls, ids_[call].call) != calls.end()) return;
  calls.push_back(ids_[call].call);
  plan_.steps[index].calls.push_back(reading_.text(call));
}

void Planner::sent(std::size_t index) {
  switch (plan_.steps[index].role) {
    case Role::delivery:
      return deliver(index);
    case Role::request:
      return request(index);
    case Role::polling:
      return;
  }
}

void Planner::ended(std::size_t index) {
  const Exchange& exchange = session_.exchanges[index];
  const Role role = plan_.steps[index].role;
  if (role == Role::polling) return;
  if (role == Role::request) tell(index);
  if (exchange.response() != nullptr) note_ids(reading_.answer(index), index, Phase::ended, exchange.leg == Leg::graph);
}

void Planner::deliver(std::size_t index) {
  const Exchange& exchange = session_.exchanges[index];
  const Reading::Message message = reading_.request(index);
  by_person_[index] = !message.notification;
  // A call that the message names by its bare id counts too: a person's request to the bot has no paths of Graph's.
  for (const Named& named : message.all) {
    if (named.kind == MentionKind::other && ids_[named.id].call != kNone) is_about(index, named.id);
  }
  if (exchange.after) {
    explicit_causes(index);
  } else {
    derive(index, message);
  }
  choose_gaps(index);
  for (const std::size_t call : calls_of_[index]) {
    implied_by(index, calls_[call]);
    calls_[call].last_delivery = index;
  }
  tell(index);
  recent_deliveries_.push_back(index);
  note_ids(message, index, Phase::sent, message.notification);
}

// The bot has been told something by this exchange, if anything reached it.
void Planner::tell(std::size_t index) {
  const auto time = told_at(session_.exchanges[index]);
  if (!time) return;
  for (const std::size_t call : calls_of_[index]) calls_[call].last_told = {*time, index};
  everything_.last_told = {*time, index};
}

void Planner::request(std::size_t index) {
  const Exchange& exchange = session_.exchanges[index];
  Step& step = plan_.steps[index];
  Told told;
  for (const std::size_t call : calls_of_[index]) {
    const Told& last = calls_[call].last_told;
    if (last.by && (!told.by || last.time > told.time)) told = last;
    calls_[call].requests.push_back(index);
  }
  everything_.requests.push_back(index);
  if (!told.by) told = everything_.last_told;  // nothing has told it of these calls, if it names any
  step.think = exchange.sent - told.time;
  step.told_by = told.by;
  note_ids(reading_.request(index), index, Phase::sent, false);
}

void Planner::derive(std::size_t index, const Reading::Message& message) {
  cause_of_ids(index, message);
  bool known_call = false;
  for (const std::size_t call : calls_of_[index]) {
    cause_of_call(index, calls_[call]);
    known_call = known_call || calls_[call].last_delivery != kNone || !calls_[call].requests.empty();
  }
  if (message.notification || known_call) return;
  // A person's request that names nothing that the bot or Graph made known ("hang up now") answers to what that person
  // saw: all that came before.
  std::vector<Cause>& causes = plan_.steps[index].causes;
  const auto of_a_person = [this](const Cause& cause) {
    return cause.phase == Phase::sent && by_person_[cause.exchange];
  };
  if (!std::ranges::all_of(causes, of_a_person)) return;
  causes.clear();  // all of them are among everything
  cause_of_everything(index);
}

void Planner::explicit_causes(std::size_t index) {
  const Exchange& exchange = session_.exchanges[index];
  for (const std::int64_t number : *exchange.after) {
    const auto found = std::ranges::find(session_.exchanges, number, &Exchange::number);
    if (found == session_.exchanges.end()) continue;
    const auto cause = static_cast<std::size_t>(std::distance(session_.exchanges.begin(), found));
    if (cause >= index) continue;  // what comes later cannot be waited for: two would wait for each other
    add(index, cause, answered_before(cause, exchange.sent) ? Phase::ended : Phase::sent);
  }
}

void Planner::cause_of_ids(std::size_t index, const Reading::Message& message) {
  const Micros now = session_.exchanges[index].sent;
  for (const Named& named : message.all) {
    const auto [cause, phase] = ids_[named.id].origin;
    if (named.kind == MentionKind::who || cause == kNone) continue;
    // What the bot asked for is known to it once it has been answered, if the recording shows the answer first.
    const bool asked = plan_.steps[cause].role == Role::request;
    const bool answered = asked && answered_before(cause, now);
    Cause& added = add(index, cause, answered ? Phase::ended : phase, reading_.text(named.id));
    const bool reported = named.kind == MentionKind::made || named.kind == MentionKind::resource;
    if (asked && reported) added.carries_gap = true;
  }
}

void Planner::cause_of_call(std::size_t index, const CallState& call) {
  const Micros now = session_.exchanges[index].sent;
  for (const std::size_t request : call.requests) {
    add(index, request, answered_before(request, now) ? Phase::ended : Phase::sent);
  }
  if (call.last_delivery == kNone) return;
  add(index, call.last_delivery, Phase::sent);
  if (answered_before(call.last_delivery, now)) add(index, call.last_delivery, Phase::ended);
}

// Only for a delivery without other causes, so that none can stand twice; add() would look for it each time.
void Planner::cause_of_everything(std::size_t index) {
  const Micros now = session_.exchanges[index].sent;
  std::vector<Cause>& causes = plan_.steps[index].causes;
  for (const std::size_t request : everything_.requests) {
    causes.push_back({request, answered_before(request, now) ? Phase::ended : Phase::sent, false, 0, {}});
  }
  for (const std::size_t delivery : recent_deliveries_) {
    causes.push_back({delivery, Phase::sent, false, 0, {}});
    if (answered_before(delivery, now)) causes.push_back({delivery, Phase::ended, false, 0, {}});
  }
  recent_deliveries_.clear();
  implied_by(index, everything_);
}

// One cause an exchange and phase; of a request only the later phase, which implies the earlier.
Cause& Planner::add(std::size_t index, std::size_t cause, Phase phase, const std::string& id) {
  std::vector<Cause>& causes = plan_.steps[index].causes;
  const bool request = plan_.steps[cause].role == Role::request;
  const auto same = std::ranges::find_if(
      causes, [&](const Cause& known) { return known.exchange == cause && (request || known.phase == phase); });
  if (same == causes.end()) return causes.emplace_back(Cause{cause, phase, false, 0, id});
  if (phase == Phase::ended) same->phase = Phase::ended;
  if (same->id.empty()) same->id = id;
  return *same;
}

// The gap counts from the last cause, and from the request that the delivery reports the outcome of: what the bot does
// meanwhile must not shorten the minute that an invite rings. The bot's answer to a delivery only comes first: counted
// from there, each delivery would pass its bot's slowness on to all that follow.
void Planner::choose_gaps(std::size_t index) {
  const Micros now = session_.exchanges[index].sent;
  std::vector<Cause>& causes = plan_.steps[index].causes;
  const auto is_bots_answer = [&](const Cause& cause) {
    return plan_.steps[cause.exchange].role == Role::delivery && cause.phase == Phase::ended;
  };
  const bool only_answers = std::ranges::all_of(causes, is_bots_answer);
  Cause* last = nullptr;
  for (Cause& cause : causes) {
    if (is_bots_answer(cause) && !only_answers) continue;
    if (last == nullptr || time_of(cause) > time_of(*last)) last = &cause;
  }
  if (last != nullptr) last->carries_gap = true;
  for (Cause& cause : causes) {
    if (cause.carries_gap) cause.gap = std::max<Micros>(0, now - time_of(cause));
  }
}

void Planner::note_ids(const Reading::Message& message, std::size_t index, Phase phase, bool by_graph) {
  for (const Named& named : message.all) {
    IdState& id = ids_[named.id];
    if (named.kind == MentionKind::who) {
      id.who = true;
      continue;
    }
    const bool mintable = named.kind == MentionKind::call || named.kind == MentionKind::chain ||
                          named.kind == MentionKind::message || named.kind == MentionKind::resource;
    if (!id.seen && by_graph && mintable && corpus::is_guid(reading_.text(named.id))) mintable_.push_back(named.id);
    if (!id.seen) id.origin = {index, phase};
    id.seen = true;
  }
}

// After a delivery, requests that it waited for to the end need not be named again by the next one.
void Planner::implied_by(std::size_t index, CallState& call) const {
  const Micros now = session_.exchanges[index].sent;
  std::erase_if(call.requests, [&](std::size_t request) { return answered_before(request, now); });
}

bool Planner::answered_before(std::size_t index, Micros time) const {
  const Exchange& exchange = session_.exchanges[index];
  return exchange.shows_end() && exchange.ended <= time;
}

Micros Planner::time_of(const Cause& cause) const {
  const Exchange& exchange = session_.exchanges[cause.exchange];
  return cause.phase == Phase::sent ? exchange.sent : exchange.ended;
}

}  // namespace

Plan make_plan(const corpus::Session& recorded, const PlanOptions& options) {
  return Planner(recorded, options).take();
}

}  // namespace replay
