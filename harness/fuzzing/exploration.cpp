#include "harness/fuzzing/exploration.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "corpus/describe.h"

namespace harness {
namespace {

constexpr std::size_t kTold = 3;  // changes with one finding: more of them say little more

template <typename Change>
bool any_failed_in(const Covered<Change>& covered) {
  return std::ranges::any_of(covered.outcomes, [](const auto& one) { return !one.result.bucket.empty(); });
}

// "2 fail, 1 of them not each of 3 times".
template <typename Change>
std::string failures_in(const Covered<Change>& covered, unsigned repeats) {
  const auto failed =
      std::ranges::count_if(covered.outcomes, [](const auto& one) { return !one.result.bucket.empty(); });
  if (failed == 0) return "none fails\n";
  const auto flaky = std::ranges::count_if(
      covered.outcomes, [&](const auto& one) { return !one.result.bucket.empty() && one.result.shown < repeats; });
  return fmt::format("{} fail{}{}\n", failed, failed == 1 ? "s" : "",
                     flaky == 0 ? std::string() : fmt::format(", {} of them not each of {} times", flaky, repeats));
}

// "all 720", "50 of 720"; "the one" stands for itself.
template <typename Change>
std::string share_of(const Covered<Change>& covered) {
  const std::size_t played = covered.outcomes.size();
  if (!covered.total) return fmt::format("{} of more than {}", played, fuzz::Orders::kCountLimit);
  if (*covered.total > played) return fmt::format("{} of {}", played, *covered.total);
  return played == 1 ? "the one" : fmt::format("all {}", played);
}

}  // namespace

bool Exploration::any_failed() const {
  return any_failed_in(orders_) || any_failed_in(doublings_) || any_failed_in(drops_);
}

std::string Exploration::text(std::size_t delivery) const {
  corpus::Describer describer;
  const corpus::Exchange& exchange = recording_.exchanges[delivery];
  return fmt::format("{} ({})", exchange.number, describer.request(exchange.request));
}

std::string Exploration::text(const fuzz::Doubling& doubling) const {
  std::string what = text(doubling.delivery);
  if (!doubling.behind) return what + " twice at once";
  if (*doubling.behind == doubling.delivery) return what + " again";
  return what + " again behind " + text(*doubling.behind);
}

std::string Exploration::numbers(const fuzz::DeliveryOrder& order) const {
  std::string text;
  for (const std::size_t place : order) {
    text += fmt::format("{}{}", text.empty() ? "" : " ", recording_.exchanges[place].number);
  }
  return text;
}

std::string Exploration::told(bool pruned, bool interrupted) const {
  const bool some = !orders_.outcomes.empty();
  return (some ? told_of_orders(pruned, interrupted) : std::string()) +
         told_of(doublings_, "to have one of {} notifications twice", interrupted) +
         told_of(drops_, "to leave one of {} notifications out", interrupted);
}

std::string Exploration::told_of_orders(bool pruned, bool interrupted) const {
  std::string told =
      fmt::format("{}{} {} of {} deliveries that the causes allow{}: {}", share_of(orders_), pruned ? " different" : "",
                  orders_.total == 1 ? "order" : "orders", orders_.deliveries, interrupted ? ", interrupted" : "",
                  failures_in(orders_, repeats_));
  std::map<std::string, std::size_t> seen;
  for (const auto& outcome : orders_.outcomes) {
    if (!outcome.result.bucket.empty()) ++seen[outcome.result.bucket];
  }
  for (const auto& [bucket, count] : seen) told += fmt::format("  {} x {}{}\n", count, bucket, in_common(bucket));
  return told;
}

template <typename Change>
std::string Exploration::told_of(const Covered<Change>& covered, std::string_view ways, bool interrupted) const {
  if (covered.outcomes.empty()) return "";
  std::string told = fmt::format("{} {} {}{}: {}", share_of(covered), covered.total == 1 ? "way" : "ways",
                                 fmt::format(fmt::runtime(ways), covered.deliveries),
                                 interrupted ? ", interrupted" : "", failures_in(covered, repeats_));
  std::map<std::string, std::vector<std::string>> seen;
  for (const auto& outcome : covered.outcomes) {
    if (!outcome.result.bucket.empty()) seen[outcome.result.bucket].push_back(text(outcome.change));
  }
  for (auto& [bucket, changes] : seen) {
    const std::size_t count = changes.size();
    if (count > kTold) changes.resize(kTold);
    told += fmt::format("  {} x {}, with {}{}\n", count, bucket, fmt::join(changes, "; with "),
                        count > kTold ? fmt::format("; and {} more", count - kTold) : std::string());
  }
  return told;
}

// Two deliveries that all orders with this finding have one way about, and all that pass the other way.
std::string Exploration::in_common(std::string_view bucket) const {
  const auto& first = orders_.outcomes.front().change;
  for (const std::size_t one : first) {
    for (const std::size_t other : first) {
      if (one != other && tells_apart(one, other, bucket)) {
        return fmt::format(", each time with {} before {}", text(one), text(other));
      }
    }
  }
  return "";
}

bool Exploration::tells_apart(std::size_t one, std::size_t other, std::string_view bucket) const {
  return std::ranges::all_of(orders_.outcomes, [&](const auto& outcome) {
    if (!outcome.result.bucket.empty() && outcome.result.bucket != bucket) return true;
    const bool before = std::ranges::find(outcome.change, one) < std::ranges::find(outcome.change, other);
    return before == (outcome.result.bucket == bucket);
  });
}

}  // namespace harness
