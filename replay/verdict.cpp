#include "replay/verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "corpus/content_coding.h"
#include "corpus/describe.h"
#include "corpus/graph_path.h"
#include "replay/bindings.h"
#include "replay/delivery_matcher.h"
#include "replay/lateness.h"
#include "replay/matcher.h"
#include "replay/oddities.h"
#include "replay/plan.h"

namespace replay {
namespace {

using corpus::Exchange;
using corpus::Leg;
using corpus::Micros;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// A chain of causes longer than this tells nobody more.
constexpr std::size_t kLongestChain = 8;

// Enough to see whether it was one hiccup or all of them.
constexpr std::size_t kShownLate = 3;

// Goes through the live session's moments in order of time and finds for each its partner in the recording.
class Judge {
 public:
  Judge(const corpus::Session& recorded, const corpus::Session& live, const JudgeOptions& options);
  Verdict take();

 private:
  void delivered(std::size_t index);
  void bot_answered(std::size_t index);
  void compare_answers(std::size_t recorded, std::size_t index);
  void asked(std::size_t index);
  void double_answered(std::size_t index);
  void unknown_request(std::size_t index);
  void check_order(std::size_t recorded);
  void missing();
  void missing_request(std::size_t recorded);
  void withheld(std::size_t recorded);
  void count();
  void check_lateness();

  bool happened(const Cause& cause) const;
  std::vector<std::string> chain(std::size_t recorded);
  std::size_t withheld_before(std::size_t recorded) const;
  bool related(std::size_t one, std::size_t other) const;
  std::string named(std::size_t recorded);
  Place place(std::size_t recorded) const;
  Place live_place(std::size_t index) const;
  Finding& find(FindingKind kind, std::size_t recorded, std::size_t live);
  void rests_on(std::size_t recorded) { bases_.push_back({verdict_.findings.size() - 1, recorded}); }

  const corpus::Session& recorded_;
  const corpus::Session& live_;
  const JudgeOptions& options_;
  Plan plan_;
  Bindings bindings_;
  Matcher requests_;
  DeliveryMatcher deliveries_;
  Comparer comparer_;
  corpus::Describer describer_;
  std::vector<std::size_t> partner_;                                  // recorded -> live, kNone if there is none
  std::vector<std::size_t> live_partner_;                             // live -> recorded
  std::map<std::string, std::set<std::size_t>, std::less<>> unseen_;  // call -> requests that have not come yet
  std::map<std::size_t, std::size_t> overtaken_;  // request that came too early -> the one it overtook
  std::vector<Basis> bases_;                      // what the findings rest on
  Verdict verdict_;
};

Judge::Judge(const corpus::Session& recorded, const corpus::Session& live, const JudgeOptions& options)
    : recorded_(recorded),
      live_(live),
      options_(options),
      plan_(make_plan(recorded, {options.count_polling})),
      requests_(recorded, plan_, bindings_, options.ignored),
      deliveries_(recorded, plan_, bindings_),
      comparer_(options.ignored),
      partner_(recorded.exchanges.size(), kNone),
      live_partner_(live.exchanges.size(), kNone) {
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
  missing();
  count();
  cite_oddities(recorded_, bases_, verdict_.findings);
  std::ranges::stable_partition(verdict_.findings, [](const Finding& finding) { return !finding.consequence; });
  check_lateness();
  verdict_.judgement = !verdict_.findings.empty() ? Judgement::different
                       : verdict_.too_late        ? Judgement::inconclusive
                                                  : Judgement::same;
  return std::move(verdict_);
}

Place Judge::place(std::size_t recorded) const {
  const Exchange& exchange = recorded_.exchanges[recorded];
  return {exchange.number, exchange.request_line};
}

Place Judge::live_place(std::size_t index) const {
  const Exchange& exchange = live_.exchanges[index];
  return {exchange.number, exchange.request_line};
}

std::string Judge::named(std::size_t recorded) {
  const Exchange& exchange = recorded_.exchanges[recorded];
  return fmt::format("exchange {}, {}", exchange.number, describer_.request(exchange.request));
}

Finding& Judge::find(FindingKind kind, std::size_t recorded, std::size_t live) {
  Finding& finding = verdict_.findings.emplace_back();
  finding.kind = kind;
  if (recorded != kNone) finding.recorded = place(recorded);
  if (recorded != kNone) rests_on(recorded);
  if (live != kNone) finding.live = live_place(live);
  finding.what =
      describer_.request(live != kNone ? live_.exchanges[live].request : recorded_.exchanges[recorded].request);
  return finding;
}

void Judge::delivered(std::size_t index) {
  const std::optional<std::size_t> recorded = deliveries_.take(live_.exchanges[index].request);
  if (!recorded) {
    find(FindingKind::unknown_delivery, kNone, index);
    return;
  }
  partner_[*recorded] = index;
  live_partner_[index] = *recorded;
  if (live_.exchanges[index].ended_at_all()) return;
  Finding& finding = find(FindingKind::no_answer, *recorded, index);
  finding.notes.push_back("the live session ends before the answer");
}

void Judge::bot_answered(std::size_t index) {
  const std::size_t recorded = live_partner_[index];
  if (recorded == kNone) return;
  const Exchange& then = recorded_.exchanges[recorded];
  const Exchange& now = live_.exchanges[index];
  if (!then.shows_end()) return;
  const std::string was = "recorded: " + describer_.outcome(then.outcome);
  if (then.response() != nullptr && now.response() != nullptr) {
    compare_answers(recorded, index);
  } else if (now.failure() != nullptr && then.failure() == nullptr) {
    find(FindingKind::no_answer, recorded, index).notes = {was, "came: " + describer_.outcome(now.outcome)};
  } else if (now.failure() == nullptr || now.failure()->reason != then.failure()->reason) {
    find(FindingKind::different_answer, recorded, index).notes = {was, "came: " + describer_.outcome(now.outcome)};
  }
  const Micros took = now.ended - now.sent;
  if (took <= options_.answer_limit || then.ended - then.sent > options_.answer_limit) return;
  find(FindingKind::late_answer, recorded, index)
      .notes.push_back(fmt::format("took {:.3f} s, recorded {:.3f} s, the limit is {:.3f} s",
                                   static_cast<double>(took) / 1e6, static_cast<double>(then.ended - then.sent) / 1e6,
                                   static_cast<double>(options_.answer_limit) / 1e6));
}

void Judge::compare_answers(std::size_t recorded, std::size_t index) {
  const corpus::Response& then = *recorded_.exchanges[recorded].response();
  const corpus::Response& now = *live_.exchanges[index].response();
  Comparison bodies = comparer_.bodies(then.body, now.body, Author::bot, bindings_);
  for (const Pair& pair : bodies.pairs) bindings_.bind(pair.recorded, pair.live);
  if (then.status != now.status) {
    bodies.differences.insert(bodies.differences.begin(),
                              {"status", std::to_string(then.status), std::to_string(now.status)});
  }
  if (!bodies.differences.empty())
    find(FindingKind::different_answer, recorded, index).differences = std::move(bodies.differences);
}

void Judge::asked(std::size_t index) {
  const corpus::Request& request = live_.exchanges[index].request;
  if (!options_.count_polling && corpus::is_polling(request.method, corpus::parse_graph_path(request.target))) return;
  std::optional<Match> match = requests_.take(request);
  if (!match) return unknown_request(index);
  partner_[match->exchange] = index;
  live_partner_[index] = match->exchange;
  for (const Pair& pair : match->comparison.ambiguous) {
    Finding& finding = find(FindingKind::ambiguous_id, match->exchange, index);
    finding.notes.push_back(fmt::format("live id {} stands for {} here and for {} before",
                                        corpus::printable(pair.live, 100), corpus::printable(pair.recorded, 100),
                                        bindings_.recorded_of(pair.live)));
  }
  if (!match->comparison.differences.empty() && match->comparison.ambiguous.empty()) {
    find(FindingKind::different_request, match->exchange, index).differences = std::move(match->comparison.differences);
  }
  check_order(match->exchange);
}

void Judge::unknown_request(std::size_t index) {
  const std::optional<Nearest> nearest = requests_.nearest(live_.exchanges[index].request);
  const bool doubled = nearest && nearest->taken && nearest->differences.empty();
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
  for (const std::string& call : plan_.steps[recorded].calls) {
    std::set<std::size_t>& unseen = unseen_[call];
    unseen.erase(recorded);
    for (const std::size_t earlier : unseen) {
      if (earlier > recorded) break;  // exchanges stand in order of time
      const Exchange& exchange = recorded_.exchanges[earlier];
      if (exchange.shows_end() && exchange.ended <= sent) overtaken_.try_emplace(recorded, earlier);
    }
  }
}

void Judge::double_answered(std::size_t index) {
  const std::size_t recorded = live_partner_[index];
  if (recorded == kNone) return;
  const auto* then = recorded_.exchanges[recorded].response();
  const auto* now = live_.exchanges[index].response();
  if (then == nullptr || now == nullptr) return;
  for (const Pair& pair : comparer_.bodies(then->body, now->body, Author::graph, bindings_).pairs) {
    bindings_.bind(pair.recorded, pair.live);
  }
  bind_headers(then->headers, now->headers, bindings_);
}

void Judge::missing() {
  for (const auto& [early, earlier] : overtaken_) {
    if (partner_[earlier] == kNone) continue;  // missing, which says more
    Finding& finding = find(FindingKind::out_of_order, early, partner_[early]);
    finding.notes.push_back("came before " + named(earlier) + ", which was answered before it in the recording");
  }
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    if (partner_[i] != kNone || plan_.steps[i].role == Role::polling) continue;
    plan_.steps[i].role == Role::request ? missing_request(i) : withheld(i);
  }
}

void Judge::missing_request(std::size_t recorded) {
  Finding& finding = find(FindingKind::missing_request, recorded, kNone);
  finding.consequence = withheld_before(recorded) != kNone;
  for (std::size_t i = recorded; i-- > 0;) {
    const bool told = plan_.steps[recorded].calls.empty() || related(i, recorded);
    if (plan_.steps[i].role == Role::polling || !told) continue;
    finding.notes.push_back((partner_[i] == kNone ? "follows in the recording, after what did not happen: "
                                                  : "due in the recording after ") +
                            named(i));
    rests_on(i);
    return;
  }
}

void Judge::withheld(std::size_t recorded) {
  Finding& finding = find(FindingKind::withheld_delivery, recorded, kNone);
  finding.consequence = true;
  finding.notes = chain(recorded);
  if (!finding.notes.empty()) return;
  finding.consequence = false;
  finding.notes.push_back("everything that it waits for happened, but the live session ends before it");
}

bool Judge::happened(const Cause& cause) const {
  const std::size_t live = partner_[cause.exchange];
  return live != kNone && (cause.phase == Phase::sent || live_.exchanges[live].ended_at_all());
}

// The last delivery before this exchange that did not go out and is about the same call; kNone if there is none. For
// the first exchange of a call, the delivery right before it: somebody may have asked the bot to make that call.
std::size_t Judge::withheld_before(std::size_t recorded) const {
  bool first_of_its_call = true;
  for (std::size_t i = 0; i < recorded && first_of_its_call; ++i) first_of_its_call = !related(i, recorded);
  for (std::size_t i = recorded; i-- > 0;) {
    if (plan_.steps[i].role != Role::delivery) continue;
    if (partner_[i] == kNone && (first_of_its_call || related(i, recorded))) return i;
    if (first_of_its_call) return kNone;
  }
  return kNone;
}

bool Judge::related(std::size_t one, std::size_t other) const {
  const std::vector<std::string>& calls = plan_.steps[other].calls;
  return std::ranges::any_of(plan_.steps[one].calls,
                             [&](const std::string& call) { return std::ranges::find(calls, call) != calls.end(); });
}

// From a delivery that did not go out to the first thing that did not happen.
std::vector<std::string> Judge::chain(std::size_t recorded) {
  std::vector<std::string> lines;
  std::size_t at = recorded;
  while (lines.size() < kLongestChain && at != kNone) {
    const auto unmet =
        std::ranges::find_if(plan_.steps[at].causes, [this](const Cause& cause) { return !happened(cause); });
    if (unmet == plan_.steps[at].causes.end()) break;
    at = unmet->exchange;
    const bool request = plan_.steps[at].role == Role::request;
    const std::string_view why = partner_[at] != kNone ? "was not answered" : request ? "never came" : "was withheld";
    lines.push_back(fmt::format("waits for {}, which {}", named(at), why));
    rests_on(at);
    if (!request || partner_[at] != kNone) continue;
    at = withheld_before(at);  // the bot may have had no reason to send it
    if (at == kNone) break;
    lines.push_back(fmt::format("follows {}, which was withheld", named(at)));
    rests_on(at);
  }
  return lines;
}

void Judge::count() {
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    const bool met = partner_[i] != kNone;
    if (met) verdict_.partners.push_back({i, partner_[i]});
    if (plan_.steps[i].role == Role::request) {
      ++verdict_.requests;
      verdict_.requests_met += met;
    } else if (plan_.steps[i].role == Role::delivery) {
      ++verdict_.deliveries;
      verdict_.deliveries_made += met;
    }
  }
  verdict_.damaged_lines = recorded_.damage.size() + live_.damage.size();
}

void Judge::check_lateness() {
  verdict_.lateness = lateness_of(live_);
  if (!verdict_.lateness || !options_.lateness_budget || verdict_.lateness->p99 <= *options_.lateness_budget) return;
  TooLate& too_late = verdict_.too_late.emplace();
  too_late.budget = *options_.lateness_budget;
  for (const std::size_t index : latest_deliveries(live_, kShownLate)) {
    const Exchange& exchange = live_.exchanges[index];
    const Micros late = exchange.sent - *exchange.due;
    if (late > too_late.budget) {
      too_late.latest.push_back({live_place(index), describer_.request(exchange.request), late});
    }
  }
}

}  // namespace

Verdict judge(const corpus::Session& recorded, const corpus::Session& live, const JudgeOptions& options) {
  if (!corpus::has_coded_body(recorded) && !corpus::has_coded_body(live)) return Judge(recorded, live, options).take();
  corpus::Session plain_recorded = recorded;
  corpus::Session plain_live = live;
  corpus::decode_bodies(plain_recorded);
  corpus::decode_bodies(plain_live);
  return Judge(plain_recorded, plain_live, options).take();
}

}  // namespace replay
