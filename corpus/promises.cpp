#include "corpus/promises.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "corpus/breach_list.h"
#include "corpus/promise_check.h"

namespace corpus {
namespace {

using enum Promise;

constexpr std::array<Rule, 14> kRules{{
    {one_end, Blame::graph, "one end", "an operation ends once, as completed or as failed"},
    {final_answer, Blame::graph, "final answer", "no notification of an operation that its answer says is over"},
    {gone, Blame::graph, "gone", "nothing about a call after its deletion"},
    {terminated, Blame::graph, "terminated", "no state but terminated after terminated"},
    {number_order, Blame::graph, "number order", "numbers that never go back"},
    {cause_first, Blame::graph, "cause first", "the bot's request before what Graph tells of it"},
    {one_resource, Blame::graph, "one resource", "one call and one operation in all members of a notification"},
    {readable, Blame::graph, "readable", "a notification of the documented shape"},
    {documented_answer, Blame::graph, "documented answer", "the documented answer"},
    {answered, Blame::recording, "answered", "the answer of each request"},
    {call_begins, Blame::recording, "call begins", "the incoming call, or the bot's request for it and its answer"},
    {operation_begins, Blame::recording, "operation begins", "the bot's request for it before its end"},
    {operation_ends, Blame::recording, "operation ends", "the notification of its end, or of its call's"},
    {every_number, Blame::recording, "every number", "the numbers between them"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kRules.size(); ++i) {
    if (kRules[i].promise != static_cast<Promise>(i)) return false;
  }
  return true;
}
static_assert(in_order(), "rule_of() finds a rule by its place");

}  // namespace

std::span<const Rule> rules() {
  return kRules;
}

const Rule& rule_of(Promise promise) {
  return kRules[static_cast<std::size_t>(promise)];
}

std::string_view to_string(Blame blame) {
  return blame == Blame::graph ? "Graph misbehaved" : "the recording is incomplete";
}

std::string to_string(const Breach& breach, const Session& session) {
  return fmt::format("{}: exchange {}: {}; expected: {}", to_string(rule_of(breach.promise).blame),
                     session.exchanges[breach.exchange].number, breach.found, breach.expected);
}

std::vector<Breach> broken_rules(const Session& session) {
  BreachList list(session);
  PromiseCheck(session, list).run();
  std::vector<Breach> breaches = list.take();
  std::ranges::stable_sort(breaches, {}, [](const Breach& breach) { return std::pair(breach.line, breach.exchange); });
  return breaches;
}

}  // namespace corpus
