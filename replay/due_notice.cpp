#include "replay/due_notice.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "corpus/describe.h"

namespace replay {
namespace {

// What a person takes in at a glance; the editor shows the whole body.
constexpr std::size_t kShownBody = 400;
constexpr std::size_t kShownCauses = 8;

bool same_call(const Step& one, const Step& other) {
  return std::ranges::find_first_of(one.calls, other.calls) != one.calls.end();
}

// How the delivery hangs together with its cause.
std::string tie(const corpus::Exchange& delivery, const Step& step, const Step& of_cause, const Cause& cause) {
  if (delivery.after) return "named in \"after\"";
  if (!cause.id.empty())
    return fmt::format("id {} is from there", corpus::with_short_ids(corpus::printable(cause.id, 100)));
  return same_call(step, of_cause) ? "the same call" : "it came before";
}

std::string_view moment(const Step& of_cause, const Cause& cause, const ByHand& done) {
  if (done.skipped) return "was not sent";
  if (cause.phase == Phase::ended) return "was answered";
  return of_cause.role == Role::delivery ? "was sent" : "came";
}

ByHand done_to(const Changes& changes, std::size_t exchange) {
  const auto found = changes.done.find(exchange);
  return found != changes.done.end() ? found->second : ByHand();
}

// "exchange 7", and what somebody did to it.
std::string numbered(const corpus::Session& recorded, const Changes& changes, std::size_t exchange) {
  const std::string by_hand = to_string(done_to(changes, exchange));
  return fmt::format("exchange {}{}", recorded.exchanges[exchange].number,
                     by_hand.empty() ? "" : fmt::format(" ({})", by_hand));
}

const corpus::Request& as_played(const corpus::Session& recorded, const Changes& changes, std::size_t exchange) {
  const auto edited = changes.edited.find(exchange);
  return edited != changes.edited.end() ? edited->second : recorded.exchanges[exchange].request;
}

}  // namespace

std::string waiting_notice(const corpus::Session& recorded, const Plan& plan, std::size_t delivery,
                           const std::vector<Cause>& left) {
  corpus::Describer describer;
  std::string text = fmt::format("exchange {}", recorded.exchanges[delivery].number);
  if (left.empty()) return text + " waits for its time";
  const corpus::Exchange& first = recorded.exchanges[left.front().exchange];
  text += fmt::format(" waits for exchange {}, {}", first.number, describer.request(first.request));
  if (plan.steps[left.front().exchange].role == Role::request) text += ", the bot's to send";
  return left.size() == 1 ? text : text + fmt::format(", and for {} more", left.size() - 1);
}

std::string due_notice(const corpus::Session& recorded, const Plan& plan, const Deliver& due, const Changes& changes) {
  corpus::Describer describer;
  const corpus::Exchange& exchange = recorded.exchanges[due.exchange];
  const Step& step = plan.steps[due.exchange];
  std::string text = fmt::format("\n{} is due: {}\n", numbered(recorded, changes, due.exchange),
                                 describer.request(as_played(recorded, changes, due.exchange)));
  auto out = std::back_inserter(text);
  if (step.causes.empty()) {
    fmt::format_to(out, "  waits for nothing: recorded {:.3f} s after the start\n",
                   static_cast<double>(exchange.sent) / 1e6);
  }
  for (std::size_t i = 0; i < std::min(step.causes.size(), kShownCauses); ++i) {
    const Cause& cause = step.causes[i];
    const Step& of_cause = plan.steps[cause.exchange];
    const ByHand done = done_to(changes, cause.exchange);
    const auto told = std::span(step.causes).first(i);
    if (done.skipped && !cause.carries_gap && std::ranges::count(told, cause.exchange, &Cause::exchange) > 0) continue;
    fmt::format_to(out, "  because {} {}: {} ({}", numbered(recorded, changes, cause.exchange),
                   moment(of_cause, cause, done), describer.request(as_played(recorded, changes, cause.exchange)),
                   tie(exchange, step, of_cause, cause));
    if (cause.carries_gap) fmt::format_to(out, "; gap {:.3f} s", static_cast<double>(cause.gap) / 1e6);
    text += ")\n";
  }
  if (step.causes.size() > kShownCauses) fmt::format_to(out, "  and {} more\n", step.causes.size() - kShownCauses);
  const std::string& body = due.request.body;
  fmt::format_to(out, "  body, {} bytes{}{}\n", body.size(), body.empty() ? "" : ": ",
                 corpus::printable(body, kShownBody));
  return text;
}

}  // namespace replay
