#include "replay/verdict.h"

#include <fmt/format.h>

#include <algorithm>

#include "corpus/content_coding.h"
#include "corpus/graph_path.h"
#include "replay/judge.h"
#include "replay/latency.h"
#include "replay/rewriting.h"

namespace replay {
namespace {

using corpus::Exchange;
using corpus::Leg;
using corpus::Micros;

// Enough to see whether it was one hiccup or all of them.
constexpr std::size_t kShownLate = 3;
constexpr std::size_t kShownTarget = 300;
// Who overtook so many need not tell them all; a bot that turned everything round would have half their square.
constexpr std::size_t kMostOvertaken = 64;

}  // namespace

Judge::Judge(const corpus::Session& recorded, const corpus::Session& live, const JudgeOptions& options)
    : recorded_(recorded),
      live_(live),
      options_(options),
      own_plan_(options.plan ? Plan() : plan_with(recorded, {options.count_polling}, options.noise)),
      plan_(options.plan ? *options.plan : own_plan_),
      requests_(recorded, plan_, bindings_, options.ignored, options.noise),
      deliveries_(recorded, plan_, bindings_),
      comparer_(options.ignored),
      partner_(recorded.exchanges.size(), kNone),
      live_partner_(live.exchanges.size(), kNone),
      note_(hand_note_of(live)) {
  read_hand_marks();
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    if (plan_.steps[i].role != Role::request) continue;
    for (const std::string& call : plan_.steps[i].calls) unseen_[call].insert(i);
  }
}

Verdict Judge::take() {
  for (const Moment& moment : moments_of(live_)) {
    const bool webhook = live_.exchanges[moment.exchange].leg == Leg::webhook;
    if (moment.phase == Phase::sent) {
      webhook ? delivered(moment.exchange) : asked(moment.exchange);
    } else {
      webhook ? bot_answered(moment.exchange) : double_answered(moment.exchange);
    }
  }
  check_deadlines();
  check_triggers();
  missing();
  count();
  cite_oddities(recorded_, bases_, verdict_.findings);
  death();
  std::ranges::stable_partition(verdict_.findings, [](const Finding& finding) { return !finding.consequence; });
  check_lateness();
  verdict_.judgement = !verdict_.findings.empty()           ? Judgement::different
                       : verdict_.too_late || verdict_.quit ? Judgement::inconclusive
                                                            : Judgement::same;
  return std::move(verdict_);
}

Place Judge::place(std::size_t recorded) const {
  const Exchange& exchange = recorded_.exchanges[recorded];
  return {exchange.number, exchange.request_line, to_string(done_to(recorded))};
}

Place Judge::live_place(std::size_t index) const {
  const Exchange& exchange = live_.exchanges[index];
  const auto mark = marks_.find(index);
  return {exchange.number, exchange.request_line, mark != marks_.end() ? to_string(mark->second.done) : std::string()};
}

std::string Judge::named(std::size_t recorded) {
  const Exchange& exchange = recorded_.exchanges[recorded];
  const std::string by_hand = to_string(done_to(recorded));
  return fmt::format("exchange {}{}, {}", exchange.number, by_hand.empty() ? "" : " (" + by_hand + ")",
                     describer_.request(exchange.request));
}

// People know ids from the recording.
std::string Judge::described(std::size_t live) {
  return describer_.request(recorded_request(live_.exchanges[live].request, bindings_));
}

Finding& Judge::find(FindingKind kind, std::size_t recorded, std::size_t live) {
  Finding& finding = verdict_.findings.emplace_back();
  finding.kind = kind;
  if (recorded != kNone) finding.recorded = place(recorded);
  if (recorded != kNone) rests_on(recorded);
  if (live != kNone) finding.live = live_place(live);
  if (kind == FindingKind::unknown_request || kind == FindingKind::doubled_request) {
    finding.cause = cause_in_live_run(live);
  } else if (recorded != kNone && plan_.steps[recorded].role == Role::request) {
    finding.cause = cause_in_recording(recorded);
  }
  finding.what = live != kNone ? described(live) : describer_.request(recorded_.exchanges[recorded].request);
  if (live == kNone) return finding;
  const corpus::Request& request = live_.exchanges[live].request;
  if (corpus::printable(request.target, kShownTarget) ==
      corpus::printable(bindings_.to_recorded(request.target), kShownTarget))
    return finding;
  finding.notes.push_back(
      fmt::format("its own target in the live run: {}", corpus::printable(request.target, kShownTarget)));
  return finding;
}

void Judge::delivered(std::size_t index) {
  const std::optional<std::size_t> recorded = delivery_of(index);
  if (!recorded) return;
  partner_[*recorded] = index;
  live_partner_[index] = *recorded;
  if (live_.exchanges[index].ended_at_all()) return;
  Finding& finding = find(FindingKind::no_answer, *recorded, index);
  finding.change = "the live session ends before the answer";
}

void Judge::bot_answered(std::size_t index) {
  const std::size_t recorded = live_partner_[index];
  if (recorded == kNone) return;
  const Exchange& then = recorded_.exchanges[recorded];
  const Exchange& now = live_.exchanges[index];
  if (!then.shows_end()) return;
  if (then.response() != nullptr && now.response() != nullptr) {
    compare_answers(recorded, index);
  } else if (now.failure() != nullptr && then.failure() == nullptr) {
    failed(FindingKind::no_answer, recorded, index);
    return;  // how long that took is no second thing
  } else if (now.failure() == nullptr || now.failure()->reason != then.failure()->reason) {
    failed(FindingKind::different_answer, recorded, index);
  }
  const Micros took = now.ended - now.sent;
  if (took <= options_.answer_limit || then.ended - then.sent > options_.answer_limit) return;
  if (may_take(FindingKind::late_answer, recorded, index, took)) return;
  Finding& finding = find(FindingKind::late_answer, recorded, index);
  finding.took = took;
  finding.change =
      fmt::format("took {:.3f} s, recorded {:.3f} s, the limit is {:.3f} s", static_cast<double>(took) / 1e6,
                  static_cast<double>(then.ended - then.sent) / 1e6, static_cast<double>(options_.answer_limit) / 1e6);
}

// One of the two answers is none.
void Judge::failed(FindingKind kind, std::size_t recorded, std::size_t index) {
  find(kind, recorded, index).change =
      fmt::format("{}, recorded {}", describer_.outcome(live_.exchanges[index].outcome),
                  describer_.outcome(recorded_.exchanges[recorded].outcome));
}

void Judge::compare_answers(std::size_t recorded, std::size_t index) {
  const corpus::Response& then = *recorded_.exchanges[recorded].response();
  const corpus::Response& now = *live_.exchanges[index].response();
  Comparison bodies = comparer_.bodies(body_of(then), body_of(now), Author::bot, bindings_);
  for (const Pair& pair : bodies.pairs) bindings_.bind(pair.recorded, pair.live);
  if (then.status != now.status) {
    bodies.differences.insert(bodies.differences.begin(),
                              {"status", std::to_string(then.status), std::to_string(now.status)});
  }
  suppress(FindingKind::different_answer, recorded, index,
           take_explained(options_.noise, recorded, Part::answer, bodies.differences));
  if (!bodies.differences.empty())
    find(FindingKind::different_answer, recorded, index).differences = std::move(bodies.differences);
}

void Judge::asked(std::size_t index) {
  const corpus::Request& request = live_.exchanges[index].request;
  const corpus::GraphPath path = corpus::parse_graph_path(request.target);
  if (!options_.count_polling && corpus::is_polling(request.method, path)) return;
  std::optional<Match> match = requests_.take(request, path);
  if (!match) return unknown_request(index);
  partner_[match->exchange] = index;
  live_partner_[index] = match->exchange;
  deliveries_.request_came(match->exchange);
  for (const Pair& pair : match->comparison.ambiguous) {
    Finding& finding = find(FindingKind::ambiguous_id, match->exchange, index);
    finding.change = fmt::format("live id {} stands for {} here and for {} before", corpus::printable(pair.live, 100),
                                 corpus::printable(pair.recorded, 100), bindings_.recorded_of(pair.live));
  }
  suppress(FindingKind::different_request, match->exchange, index, match->comparison.explained);
  if (!match->comparison.differences.empty() && match->comparison.ambiguous.empty()) {
    find(FindingKind::different_request, match->exchange, index).differences = std::move(match->comparison.differences);
  }
  check_order(match->exchange);
}

void Judge::unknown_request(std::size_t index) {
  const std::optional<Nearest> nearest = requests_.nearest(live_.exchanges[index].request);
  const bool doubled = nearest && nearest->taken && nearest->differences.empty();
  if (may_be_extra(index, doubled)) return;
  Finding& finding = find(doubled ? FindingKind::doubled_request : FindingKind::unknown_request,
                          nearest ? nearest->exchange : kNone, index);
  if (!nearest) {
    finding.notes.push_back("the recording has no request of the bot at all");
    return;
  }
  finding.notes.push_back((doubled ? "once more: " : "nearest in the recording: ") + named(nearest->exchange) +
                          (nearest->taken && !doubled ? " (came already)" : ""));
  if (nearest->taken && partner_[nearest->exchange] != kNone) {
    finding.notes.push_back(
        fmt::format("came first as live exchange {}", live_.exchanges[partner_[nearest->exchange]].number));
  }
  finding.differences = nearest->differences;
}

// What the recording shows answered before this request was sent should have come before it.
void Judge::check_order(std::size_t recorded) {
  const Micros sent = recorded_.exchanges[recorded].sent;
  std::vector<std::size_t> overtaken;
  for (const std::string& call : plan_.steps[recorded].calls) {
    std::set<std::size_t>& unseen = unseen_[call];
    unseen.erase(recorded);
    for (const std::size_t earlier : unseen) {
      if (earlier > recorded) break;  // exchanges stand in order of time
      const Exchange& exchange = recorded_.exchanges[earlier];
      if (exchange.shows_end() && exchange.ended <= sent) overtaken.push_back(earlier);
    }
  }
  std::ranges::sort(overtaken);  // two requests about the same two calls overtake each other once
  overtaken.erase(std::ranges::unique(overtaken).begin(), overtaken.end());
  std::erase_if(overtaken, [&](std::size_t earlier) { return may_overtake(recorded, earlier); });
  if (overtaken.size() > kMostOvertaken) overtaken.resize(kMostOvertaken);
  if (!overtaken.empty()) overtaken_.emplace(recorded, std::move(overtaken));
}

void Judge::double_answered(std::size_t index) {
  const std::size_t recorded = live_partner_[index];
  if (recorded == kNone) return;
  const auto* then = recorded_.exchanges[recorded].response();
  const auto* now = live_.exchanges[index].response();
  if (then == nullptr || now == nullptr) return;
  for (const Pair& pair : comparer_.bodies(body_of(*then), body_of(*now), Author::graph, bindings_).pairs) {
    bindings_.bind(pair.recorded, pair.live);
  }
  bind_headers(then->headers, now->headers, bindings_);
}

void Judge::count() {
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    const bool met = partner_[i] != kNone;
    if (met) verdict_.partners.push_back({i, partner_[i]});
    if (plan_.steps[i].optional) continue;  // nobody demands it
    if (plan_.steps[i].role == Role::request) {
      ++verdict_.requests;
      verdict_.requests_met += met;
    } else if (plan_.steps[i].role == Role::delivery) {
      ++verdict_.deliveries;
      verdict_.deliveries_made += met;
    }
  }
  for (const auto& [recorded, done] : by_hand_) {
    verdict_.by_hand.push_back({place(recorded), describer_.request(recorded_.exchanges[recorded].request)});
  }
  if (was_quit()) verdict_.quit = Quit{*note_.quit_before, not_sent_};
  verdict_.damaged_lines = recorded_.damage.size() + live_.damage.size();
}

void Judge::check_lateness() {
  verdict_.lateness = lateness_of(live_);
  verdict_.latency = latency_of(live_);
  if (!verdict_.lateness || !options_.lateness_budget || verdict_.lateness->p99 <= *options_.lateness_budget) return;
  TooLate& too_late = verdict_.too_late.emplace();
  too_late.budget = *options_.lateness_budget;
  for (const std::size_t index : latest_deliveries(live_, kShownLate)) {
    const Exchange& exchange = live_.exchanges[index];
    const Micros late = exchange.sent - *exchange.due;
    if (late > too_late.budget) {
      too_late.latest.push_back({live_place(index), described(index), late});
    }
  }
}

Verdict judge(const corpus::Session& recorded, const corpus::Session& live, const JudgeOptions& options,
              Bindings* bindings) {
  const auto verdict_of = [&](const corpus::Session& then, const corpus::Session& now, const JudgeOptions& how) {
    Judge judge(then, now, how);
    Verdict verdict = judge.take();
    if (bindings != nullptr) *bindings = std::move(judge.bindings());
    return verdict;
  };
  if (!corpus::has_coded_body(recorded) && !corpus::has_coded_body(live)) return verdict_of(recorded, live, options);
  corpus::Session plain_recorded = recorded;
  corpus::Session plain_live = live;
  corpus::decode_bodies(plain_recorded);
  corpus::decode_bodies(plain_live);
  JudgeOptions plain = options;
  plain.plan = nullptr;  // ids that were under a coding are in no plan
  return verdict_of(plain_recorded, plain_live, plain);
}

}  // namespace replay
