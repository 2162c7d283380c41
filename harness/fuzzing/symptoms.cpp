#include "harness/fuzzing/symptoms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "corpus/call_words.h"
#include "corpus/describe.h"
#include "corpus/manner.h"
#include "corpus/notice.h"
#include "harness/fuzzing/conduct.h"
#include "harness/live_log.h"
#include "harness/output_tail.h"
#include "harness/upstream.h"
#include "replay/death.h"
#include "replay/noise.h"
#include "replay/report.h"

namespace harness {
namespace {

constexpr std::array<std::string_view, 14> kWords{
    "died",         "sanitizer", "endless",     "closed",   "no-answer", "server-error", "broken-token",
    "wrong-target", "gone",      "acted-twice", "too-soon", "different", "grows",        "wedged"};

std::string_view word_of(corpus::ChangeType change) {
  constexpr std::array<std::string_view, 4> kChanges{"", " created", " updated", " deleted"};
  return kChanges[static_cast<std::size_t>(change)];
}

std::string_view word_of(corpus::CallState state) {
  for (const auto& [word, value] : corpus::Words<corpus::CallState>::kList) {
    if (value == state) return word;
  }
  return "unknown state";
}

// "POST /api/calls (call updated established)": the words are of a closed list, or else each mutated text would make a
// bucket of its own.
std::string shape_of(const corpus::Request& request) {
  std::string shape = replay::kind_of(request);
  const auto parsed = corpus::parse_notifications(request.body);
  if (!parsed) return shape;
  const auto notices = corpus::notices_of(parsed->delivery);
  if (notices.empty()) return shape;
  const corpus::Notice& first = notices.front();
  shape += fmt::format(" ({}{}", corpus::to_string(first.kind), word_of(first.change));
  if (first.state) shape += fmt::format(" {}", word_of(*first.state));
  return shape + (notices.size() > 1 ? ", in a batch)" : ")");
}

// The player itself broke the message off, or told an untrue length: what the bot makes of that is its own business.
bool broken_by_us(const corpus::Request& request) {
  const auto manner = corpus::manner_of(request.extra);
  if (!manner || !manner->sending) return false;
  return manner->sending->breaks != corpus::Breaking::nowhere || manner->sending->length.has_value();
}

bool is_cut_off(const corpus::Exchange& exchange) {
  return exchange.failure() != nullptr && exchange.failure()->reason == failure::kCutOff;
}

// The delivery that was under way when the bot died, or else the last one.
const corpus::Exchange* killer_in(const corpus::Session& live) {
  const corpus::Exchange* last = nullptr;
  for (const corpus::Exchange& exchange : live.exchanges) {
    if (exchange.leg != corpus::Leg::webhook) continue;
    if (exchange.response() == nullptr) return &exchange;
    last = &exchange;
  }
  return last;
}

std::optional<Symptom> at_delivery(const corpus::Exchange& exchange, const Oracle& oracle) {
  const corpus::Request& request = exchange.request;
  if (const corpus::Failure* failed = exchange.failure()) {
    if (failed->reason == failure::kCutOff || broken_by_us(request)) return std::nullopt;
    const bool late = failed->reason == failure::kTimeout;
    return Symptom{late ? Trouble::no_answer : Trouble::closed, shape_of(request),
                   late ? "no acknowledgement in time" : fmt::format("failed: {}", failed->reason)};
  }
  const corpus::Response* answer = exchange.response();
  if (answer == nullptr) return std::nullopt;
  if (answer->status >= 500 && !oracle.server_errors.contains(answer->status)) {
    return Symptom{Trouble::server_error, shape_of(request), fmt::format("answered with {}", answer->status)};
  }
  const auto manner = corpus::manner_of(request.extra);
  const bool broken = manner && manner->token && *manner->token != corpus::TokenFlaw::two;
  if (oracle.tokens_checked && broken && answer->status < 300) {
    return Symptom{Trouble::token_taken, std::string(corpus::word_of(*manner->token)),
                   fmt::format("a message with a broken token ({}) was answered with {}",
                               corpus::word_of(*manner->token), answer->status)};
  }
  if (exchange.ended - exchange.sent > oracle.judging.answer_limit && !broken_by_us(request)) {
    return Symptom{
        Trouble::no_answer, shape_of(request),
        fmt::format("acknowledged after {:.1f} s", static_cast<double>(exchange.ended - exchange.sent) / 1e6)};
  }
  return std::nullopt;
}

// Deliveries may have come in another order and more than once, so what the bot answered to them, and in which order
// its requests came, is no matter of the recording's.
bool is_about_requests(replay::FindingKind kind) {
  using enum replay::FindingKind;
  return kind == missing_request || kind == unknown_request || kind == doubled_request || kind == different_request ||
         kind == ambiguous_id;
}

const corpus::Exchange* exchange_at(const corpus::Session& session, const std::optional<replay::Place>& place) {
  if (!place) return nullptr;
  const auto found = std::ranges::find(session.exchanges, place->exchange, &corpus::Exchange::number);
  return found == session.exchanges.end() ? nullptr : &*found;
}

Trouble trouble_of(Misstep misstep) {
  switch (misstep) {
    case Misstep::wrong_target:
      return Trouble::wrong_target;
    case Misstep::gone:
      return Trouble::gone;
    case Misstep::acted_twice:
      return Trouble::acted_twice;
    case Misstep::too_soon:
      break;
  }
  return Trouble::too_soon;
}

std::optional<Symptom> difference(const corpus::Session& played, const corpus::Session& live,
                                  const replay::JudgeOptions& judging) {
  const replay::Verdict verdict = replay::judge(played, live, judging);
  for (const replay::Finding& finding : verdict.findings) {
    if (finding.consequence || !is_about_requests(finding.kind)) continue;
    const corpus::Exchange* about = exchange_at(played, finding.recorded);
    if (about == nullptr) about = exchange_at(live, finding.live);
    return Symptom{Trouble::different,
                   fmt::format("{}, {}", replay::to_string(finding.kind),
                               about == nullptr ? std::string("no exchange") : shape_of(about->request)),
                   replay::headline(finding)};
  }
  return std::nullopt;
}

// What it asked for most.
Symptom endless(const corpus::Session& live) {
  std::map<std::string, std::size_t> counts;
  for (const corpus::Exchange& exchange : live.exchanges) {
    if (exchange.leg == corpus::Leg::graph) ++counts[replay::kind_of(exchange.request)];
  }
  const auto most = std::ranges::max_element(counts, {}, [](const auto& one) { return one.second; });
  if (most == counts.end()) return {Trouble::endless, "", "it would not stop asking"};
  return {Trouble::endless, most->first, fmt::format("{} times and no end of it: {}", most->second, most->first)};
}

std::optional<Symptom> death(const LiveRun& run) {
  const auto told = replay::death_of(run.live);
  if (!told && !run.end) return std::nullopt;
  const corpus::Exchange* killer = killer_in(run.live);
  std::string shape = killer == nullptr ? std::string("before any delivery") : shape_of(killer->request);
  const std::string place = place_of_death(run.end ? run.end->output : told->output);
  return Symptom{Trouble::died, place.empty() ? shape : place,
                 fmt::format("the bot died ({}), at {}", run.end ? to_string(run.end->how) : told->how, shape)};
}

}  // namespace

bool leaves_no_doubt(Trouble trouble) {
  return trouble == Trouble::died || trouble == Trouble::sanitizer || trouble == Trouble::endless ||
         trouble == Trouble::server_error || trouble == Trouble::token_taken;
}

std::string_view word_of(Trouble trouble) {
  return kWords[static_cast<std::size_t>(trouble)];
}

std::optional<Trouble> trouble_from(std::string_view word) {
  const auto* const found = std::ranges::find(kWords, word);
  return found == kWords.end() ? std::nullopt : std::optional(static_cast<Trouble>(found - kWords.begin()));
}

std::string Symptom::bucket() const {
  return fmt::format("{}: {}", word_of(trouble), shape);
}

// FNV-1a: the standard library's hash may differ from machine to machine.
std::string bucket_hash(std::string_view bucket) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char byte : bucket) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3u;
  return fmt::format("{:016x}", hash).substr(4);
}

std::set<int> server_errors_in(const corpus::Session& session) {
  std::set<int> statuses;
  for (const corpus::Exchange& exchange : session.exchanges) {
    const corpus::Response* answer = exchange.leg == corpus::Leg::webhook ? exchange.response() : nullptr;
    if (answer != nullptr && answer->status >= 500) statuses.insert(answer->status);
  }
  return statuses;
}

namespace {

std::vector<Symptom> seen_in(const corpus::Session& played, const LiveRun& run, const Oracle& oracle) {
  if (auto died = death(run)) return {std::move(*died)};
  std::vector<Symptom> found;
  const auto add = [&](Symptom symptom) {
    const std::string bucket = symptom.bucket();
    if (std::ranges::find(found, bucket, &Symptom::bucket) == found.end()) found.push_back(std::move(symptom));
  };
  if (!run.alarms.empty()) {
    const std::string place = place_of_death(run.alarms);
    const std::string line = corpus::printable(run.alarms.front(), 200);
    add({Trouble::sanitizer, place.empty() ? line : place, line});
  }
  bool interrupted = run.restless;
  if (run.restless) add(endless(run.live));
  for (const corpus::Exchange& exchange : run.live.exchanges) {
    if (exchange.leg != corpus::Leg::webhook) continue;
    interrupted = interrupted || is_cut_off(exchange);
    if (auto symptom = at_delivery(exchange, oracle)) add(std::move(*symptom));
  }
  for (const Misconduct& one : misconduct_in(played, run.live)) {
    const std::string shape = shape_of(one.request->request);
    add({trouble_of(one.misstep), shape, fmt::format("{}: {}", shape, one.detail)});
  }
  // What the bot left out after it has failed at a delivery is no second fault, and one is told once.
  if (found.empty() && oracle.legal && !interrupted) {
    if (auto symptom = difference(played, run.live, oracle.judging)) add(std::move(*symptom));
  }
  std::ranges::stable_sort(found, {}, &Symptom::trouble);
  return found;
}

void redact_once(LiveRun& run) {
  if (!std::exchange(run.redacted, true)) redact(run.live);
}

}  // namespace

// Redacting takes a tenth of all the time that a session takes, and most show nothing.
std::vector<Symptom> symptoms_of(const corpus::Session& played, LiveRun& run, const Oracle& oracle) {
  if (oracle.legal) redact_once(run);
  auto found = seen_in(played, run, oracle);
  if (found.empty() || run.redacted) return found;
  redact_once(run);
  return seen_in(played, run, oracle);
}

std::optional<Symptom> wedged(const corpus::Session& clean, LiveRun& run, const replay::JudgeOptions& judging) {
  const auto found = symptoms_of(clean, run, {judging, true, false, server_errors_in(clean)});
  if (found.empty()) return std::nullopt;
  return Symptom{Trouble::wedged, found.front().bucket(),
                 fmt::format("a clean {} no longer passes: {}", clean.info.name, found.front().detail)};
}

std::size_t differing_requests(const corpus::Session& played, const corpus::Session& live,
                               const replay::JudgeOptions& judging) {
  const replay::Verdict verdict = replay::judge(played, live, judging);
  return static_cast<std::size_t>(std::ranges::count_if(verdict.findings, [](const replay::Finding& finding) {
    return finding.kind == replay::FindingKind::different_request && !finding.consequence;
  }));
}

std::vector<std::string> sanitizer_lines(const std::vector<std::string>& output) {
  constexpr std::array<std::string_view, 4> kMarks{"Sanitizer: ", ": runtime error: ", "SUMMARY: UndefinedBehavior",
                                                   "WARNING: ThreadSanitizer"};
  std::vector<std::string> lines;
  std::ranges::copy_if(output, std::back_inserter(lines), [&](const std::string& line) {
    return std::ranges::any_of(kMarks, [&](std::string_view mark) { return line.find(mark) != std::string::npos; });
  });
  return lines;
}

}  // namespace harness
