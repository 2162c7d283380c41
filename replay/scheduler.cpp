#include "replay/scheduler.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "corpus/graph_path.h"
#include "corpus/ids.h"
#include "corpus/json_text.h"
#include "corpus/mentions.h"
#include "replay/agenda.h"
#include "replay/bindings.h"
#include "replay/matcher.h"
#include "replay/noise.h"
#include "replay/pace.h"
#include "replay/plan.h"
#include "replay/rewriting.h"

namespace replay {
namespace {

using corpus::Exchange;
using corpus::Micros;

// A delivery that waits for a moment of an exchange.
struct Dependent {
  std::size_t delivery;
  Micros gap;  // already scaled; 0 where only the order counts
};

}  // namespace

class Scheduler::State {
 public:
  State(const corpus::Session& recorded, ScheduleOptions options);
  std::vector<Action> handle(const Event& event, Micros now);
  bool answering() const { return agenda_.answers() != 0 || !answering_.empty(); }
  std::vector<Cause> waits_for(std::size_t delivery) const;
  const Bindings& bindings() const { return bindings_; }

 private:
  // How far an exchange has come in this replay.
  struct Progress {
    std::size_t unmet = 0;             // causes that have not happened yet
    Micros due = 0;                    // of a delivery: the latest time that a met cause asks for
    bool released = false;             // of a delivery: all causes met
    bool sent = false;                 // a delivery: handed over; a request: seen
    bool ended = false;                // answered, or failed
    std::vector<Dependent> on_sent;    // who waits for that
    std::vector<Dependent> on_ended;   // who waits for its answer
    std::vector<std::size_t> overlap;  // of a request: deliveries that the recording shows before its answer
    std::vector<Due> held;             // of a delivery: answers that must not overtake it
  };

  void link_causes();
  void happened(const Tick&) { start(); }
  void happened(const BotAsked& event);
  void happened(const BotAnswered& event);
  void happened(const DeliverySent& event);
  void happened(const DeliveryEnded& event);
  void start();
  void met(const std::vector<Dependent>& dependents, Micros time);
  void release(std::size_t delivery);
  void answer_poll(const BotAsked& event);
  void answer_unknown(const BotAsked& event);
  void perform_due(std::vector<Action>& actions);
  void deliver(const Due& item, std::vector<Action>& actions);
  void answer(const Due& item, std::vector<Action>& actions);
  bool must_wait(const Due& item);
  Due answer_of(std::size_t exchange, std::uint64_t token) const;
  void answer_later(Due item);
  bool quiet() const { return agenda_.idle() && under_way_ == 0; }
  Micros give_up_at() const;

  const corpus::Session& recorded_;
  ScheduleOptions options_;
  Plan own_plan_;  // unless the options bring one
  const Plan& plan_;
  Bindings bindings_;
  Matcher matcher_;
  std::vector<Progress> progress_;
  Pace pace_;
  Agenda agenda_;
  std::unordered_map<std::uint64_t, Due> answering_;             // handed out, not yet on the network
  std::unordered_map<std::uint64_t, corpus::Response> unknown_;  // answers to unknown requests
  std::set<std::size_t> unseen_;                                 // requests that the bot still has to send
  std::size_t undelivered_ = 0;
  std::size_t under_way_ = 0;  // deliveries sent and not ended, answers held or not yet on the network
  Micros now_ = 0;
  Micros last_activity_ = 0;
  Micros reached_ = 0;  // the latest recorded time that this replay has come to
  bool started_ = false;
  bool finished_ = false;
};

Scheduler::State::State(const corpus::Session& recorded, ScheduleOptions options)
    : recorded_(recorded),
      options_(std::move(options)),
      own_plan_(options_.plan ? Plan() : plan_with(recorded, {options_.count_polling}, options_.noise)),
      plan_(options_.plan ? *options_.plan : own_plan_),
      matcher_(recorded, plan_, bindings_, options_.ignored, options_.noise),
      progress_(plan_.steps.size()),
      pace_{options_.speed, options_.asap, options_.max_gap} {
  options_.patience = std::min(options_.patience, kLongestGap);
  options_.settle = std::min(options_.settle, kLongestGap);
  for (const std::string& id : plan_.minted) bindings_.bind(id, options_.keep_ids ? id : fresh_guid(options_.seed, id));
  link_causes();
}

void Scheduler::State::link_causes() {
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    const Step& step = plan_.steps[i];
    if (step.role == Role::request && !step.optional) unseen_.insert(i);
    if (step.role != Role::delivery) continue;
    if (!step.optional) ++undelivered_;
    progress_[i].unmet = step.causes.size();
    for (const Cause& cause : step.causes) {
      Progress& of_cause = progress_[cause.exchange];
      const Dependent dependent{i, cause.carries_gap ? pace_.scaled(cause.gap) : 0};
      (cause.phase == Phase::sent ? of_cause.on_sent : of_cause.on_ended).push_back(dependent);
      const bool before_answer = plan_.steps[cause.exchange].role == Role::request && cause.phase == Phase::sent;
      if (before_answer) of_cause.overlap.push_back(i);
    }
  }
}

std::vector<Cause> Scheduler::State::waits_for(std::size_t delivery) const {
  std::vector<Cause> left = plan_.steps[delivery].causes;
  std::erase_if(left, [this](const Cause& cause) {
    const Progress& progress = progress_[cause.exchange];
    return cause.phase == Phase::sent ? progress.sent : progress.ended;
  });
  return left;
}

void Scheduler::State::start() {
  if (std::exchange(started_, true)) return;
  last_activity_ = now_;
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    if (plan_.steps[i].role != Role::delivery || progress_[i].unmet != 0) continue;
    progress_[i].due = pace_.scaled(recorded_.exchanges[i].sent);
    release(i);
  }
}

void Scheduler::State::release(std::size_t delivery) {
  Progress& progress = progress_[delivery];
  progress.released = true;
  agenda_.add({.due = progress.due, .recorded = recorded_.exchanges[delivery].sent, .exchange = delivery});
}

void Scheduler::State::met(const std::vector<Dependent>& dependents, Micros time) {
  for (const Dependent& dependent : dependents) {
    Progress& progress = progress_[dependent.delivery];
    progress.due = std::max(progress.due, later(time, dependent.gap));
    if (--progress.unmet == 0) release(dependent.delivery);
  }
}

void Scheduler::State::happened(const BotAsked& event) {
  const bool polls = !options_.count_polling &&
                     corpus::is_polling(event.request.method, corpus::parse_graph_path(event.request.target));
  if (polls) return answer_poll(event);
  const std::optional<Match> match = matcher_.take(event.request);
  if (!match) return answer_unknown(event);
  last_activity_ = now_;
  reached_ = std::max(reached_, recorded_.exchanges[match->exchange].sent);
  unseen_.erase(match->exchange);
  progress_[match->exchange].sent = true;
  met(progress_[match->exchange].on_sent, now_);
  if (!recorded_.exchanges[match->exchange].shows_end()) return;  // the recording ends before: so does this replay
  agenda_.add(answer_of(match->exchange, event.token));
}

// What the recording has, after as long as it took there.
Due Scheduler::State::answer_of(std::size_t exchange, std::uint64_t token) const {
  const Exchange& then = recorded_.exchanges[exchange];
  const Micros due = later(now_, pace_.scaled(then.ended - then.sent));
  return {.due = due, .recorded = then.ended, .exchange = exchange, .token = token};
}

// An answer that keeps no replay from ending: a bot that polls, or that tries again and again what the recording does
// not have, would otherwise never be done.
void Scheduler::State::answer_later(Due item) {
  item.idle = true;
  agenda_.add(item);
}

// Polling is answered from the recording as far as it has come.
void Scheduler::State::answer_poll(const BotAsked& event) {
  const std::optional<std::size_t> poll = matcher_.poll(event.request, reached_);
  if (poll && recorded_.exchanges[*poll].shows_end()) return answer_later(answer_of(*poll, event.token));
  const corpus::GraphPath path = corpus::parse_graph_path(event.request.target);
  if (!path.calls || path.last() != "keepalive") return answer_unknown(event);
  // A slower bot may keep alive a call whose recording was over too soon for that: Graph says 200 and nothing else.
  unknown_[event.token] = {200, {{"Content-Length", "0"}}, {}, {}};
  answer_later({.due = now_, .recorded = reached_, .token = event.token, .unknown = true});
}

void Scheduler::State::answer_unknown(const BotAsked& event) {
  std::string message = "Rollcall: the recording has no (further) request " + event.request.method + " ";
  message += corpus::is_utf8(event.request.target) ? event.request.target : "to this target";
  const std::string request_id = fresh_guid(options_.seed, std::to_string(event.token));
  unknown_[event.token] =
      graph_error(404, "UnknownError", message, corpus::spelled_like(request_id, std::string(36, '0')));
  answer_later({.due = now_, .recorded = reached_, .token = event.token, .unknown = true});
}

void Scheduler::State::happened(const BotAnswered& event) {
  const auto handed_out = answering_.extract(event.token);
  if (!handed_out) return;
  const Due& item = handed_out.mapped();
  if (item.idle) return;
  --under_way_;
  last_activity_ = now_;
  reached_ = std::max(reached_, recorded_.exchanges[item.exchange].ended);
  progress_[item.exchange].ended = true;
  met(progress_[item.exchange].on_ended, item.due);
}

void Scheduler::State::happened(const DeliverySent& event) {
  Progress& progress = progress_[event.exchange];
  last_activity_ = now_;
  reached_ = std::max(reached_, recorded_.exchanges[event.exchange].sent);
  progress.sent = true;
  progress.due = std::max(progress.due, event.due);
  met(progress.on_sent, progress.due);
  for (Due& held : progress.held) {
    held.due = std::max(held.due, now_);
    agenda_.add(held);
    --under_way_;
  }
  progress.held.clear();
}

void Scheduler::State::happened(const DeliveryEnded& event) {
  --under_way_;
  last_activity_ = now_;
  if (!progress_[event.exchange].sent) happened(DeliverySent{event.exchange});  // it failed before it was written
  const Exchange& exchange = recorded_.exchanges[event.exchange];
  if (event.response && exchange.response() != nullptr) {
    Comparer comparer;
    const Comparison ids =
        comparer.bodies(body_of(*exchange.response()), body_of(*event.response), Author::bot, bindings_);
    for (const Pair& pair : ids.pairs) bindings_.bind(pair.recorded, pair.live);
  }
  progress_[event.exchange].ended = true;
  met(progress_[event.exchange].on_ended, now_);
}

// A notification that came before the answer to its request comes before it again, however short the times are cut.
bool Scheduler::State::must_wait(const Due& item) {
  if (item.idle) return false;
  for (const std::size_t delivery : progress_[item.exchange].overlap) {
    Progress& progress = progress_[delivery];
    if (recorded_.exchanges[delivery].sent > item.recorded) continue;
    if (!progress.released || progress.sent || progress.due > item.due) continue;
    progress.held.push_back(item);
    ++under_way_;
    return true;
  }
  return false;
}

void Scheduler::State::perform_due(std::vector<Action>& actions) {
  while (const std::optional<Due> item = agenda_.take(now_)) {
    if (item->token == 0) deliver(*item, actions);
    if (item->token != 0 && !must_wait(*item)) answer(*item, actions);
  }
}

void Scheduler::State::deliver(const Due& item, std::vector<Action>& actions) {
  ++under_way_;
  if (!plan_.steps[item.exchange].optional) --undelivered_;
  actions.push_back(
      Deliver{item.exchange, live_request(recorded_.exchanges[item.exchange].request, bindings_), item.due});
}

void Scheduler::State::answer(const Due& item, std::vector<Action>& actions) {
  if (!item.idle) ++under_way_;
  answering_.emplace(item.token, item);
  corpus::Outcome outcome;
  if (item.unknown) {
    outcome = std::move(unknown_.extract(item.token).mapped());
  } else {
    const Exchange& exchange = recorded_.exchanges[item.exchange];
    outcome = exchange.outcome;
    if (const auto* response = exchange.response()) {
      outcome = live_response(*response, bindings_, recorded_.info.graph, options_.graph);
    }
  }
  actions.push_back(Answer{item.token, std::move(outcome), item.due});
}

// When a quiet replay is over. The bot gets the time that it took in the recording (its own timers know no --speed),
// and the patience on top, for the next request of each call.
Micros Scheduler::State::give_up_at() const {
  if (unseen_.empty() && undelivered_ == 0) return last_activity_ + options_.settle;
  Micros think = 0;
  std::unordered_set<std::string_view> asked;
  for (const std::size_t request : unseen_) {
    bool next = plan_.steps[request].calls.empty();
    for (const std::string& call : plan_.steps[request].calls) next = asked.insert(call).second || next;
    if (next) think = std::max(think, plan_.steps[request].think);
  }
  const Micros wait = later(options_.patience, think);
  return later(last_activity_, std::min(wait, options_.unheard.value_or(wait)));
}

std::vector<Action> Scheduler::State::handle(const Event& event, Micros now) {
  std::vector<Action> actions;
  if (finished_) return actions;
  now_ = std::max(now_, now);
  std::visit([this](const auto& what) { happened(what); }, event);
  perform_due(actions);
  std::optional<Micros> next = agenda_.next();
  if (quiet()) {
    const Micros end = give_up_at();
    finished_ = end <= now_;
    next = std::min(next.value_or(end), end);
  }
  if (finished_) actions.push_back(Finish{});
  if (!finished_ && next) actions.push_back(WaitUntil{*next});
  return actions;
}

Scheduler::Scheduler(const corpus::Session& recorded, ScheduleOptions options)
    : state_(std::make_unique<State>(recorded, std::move(options))) {}
Scheduler::~Scheduler() = default;
Scheduler::Scheduler(Scheduler&&) noexcept = default;
Scheduler& Scheduler::operator=(Scheduler&&) noexcept = default;

std::vector<Action> Scheduler::handle(const Event& event, Micros now) {
  return state_->handle(event, now);
}

bool Scheduler::answering() const {
  return state_->answering();
}

std::vector<Cause> Scheduler::waits_for(std::size_t delivery) const {
  return state_->waits_for(delivery);
}

const Bindings& Scheduler::bindings() const {
  return state_->bindings();
}

}  // namespace replay
