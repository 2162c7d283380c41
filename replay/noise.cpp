#include "replay/noise.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "corpus/graph_path.h"
#include "corpus/mentions.h"
#include "replay/pointer.h"

namespace replay {
namespace {

// How much longer something may take than it took in any good run: a machine is busy now and then.
constexpr corpus::Micros kSlack = 2;

bool is_index(std::string_view segment) {
  return !segment.empty() && segment.find_first_not_of("0123456789") == std::string_view::npos;
}

// Names the same place, with "*" for indices. Both are pointers, or words such as "status".
bool same_place(std::string_view pattern, std::string_view place) {
  while (true) {
    const std::string_view one = pattern.substr(0, pattern.find('/', 1));
    const std::string_view other = place.substr(0, place.find('/', 1));
    if (one != other && !(one == "/*" && is_index(other.substr(std::min<std::size_t>(other.size(), 1))))) return false;
    pattern.remove_prefix(one.size());
    place.remove_prefix(other.size());
    if (pattern.empty() || place.empty()) return pattern.empty() && place.empty();
  }
}

// A status says what happened: it is one of those that were seen.
bool is_closed(const std::string& pointer) {
  return pointer == "status" || tells_who(pointer);
}

std::string of_runs(std::size_t some, std::size_t all) {
  return fmt::format("in {} of {} runs", some, all);
}

}  // namespace

std::string kind_of(const corpus::Request& request) {
  return request.method + " " + corpus::parse_graph_path(request.target).shape();
}

ValueModel model_of(const NoisyPlace& place) {
  return ValueModel(place.seen, is_closed(place.pointer));
}

Noise::Noise(NoiseRecord record, const corpus::Session& recorded) : record_(std::move(record)) {
  for (std::size_t i = 0; i < recorded.exchanges.size(); ++i) {
    by_number_[recorded.exchanges[i].number] = i;
    kinds_.push_back(kind_of(recorded.exchanges[i].request));
  }
  take_places();
  for (const NoisyOrder& order : record_.orders) {
    const auto first = by_number_.find(order.first);
    const auto second = by_number_.find(order.second);
    if (first != by_number_.end() && second != by_number_.end()) {
      orders_[{first->second, second->second}] = &order;
    } else {
      ++left_out_;
    }
  }
  const auto place_all = [this](const auto& entries, auto& index) {
    for (const auto& entry : entries) {
      if (const auto exchange = known(entry.exchange, entry.request)) {
        index[*exchange] = &entry;
      } else {
        ++left_out_;
      }
    }
  };
  place_all(record_.presences, optional_);
  place_all(record_.times, times_);
  for (const NoisyExtra& entry : record_.extras) extras_.emplace_back(entry.seen, false);
}

void Noise::take_places() {
  for (const NoisyPlace& place : record_.places) {
    const ValueModel model = model_of(place);
    const bool all_known = std::ranges::all_of(
        place.exchanges, [&](std::int64_t number) { return known(number, place.request).has_value(); });
    if (!all_known) {
      ++left_out_;
    } else if (place.exchanges.size() == 1) {
      of_exchange_[by_number_[place.exchanges.front()]].push_back({&place, model});
    } else {
      of_kind_[place.request].push_back({&place, model});
    }
  }
}

std::optional<std::size_t> Noise::known(std::int64_t number, std::string_view request) const {
  const auto found = by_number_.find(number);
  if (found == by_number_.end() || kinds_[found->second] != request) return std::nullopt;
  return found->second;
}

std::optional<std::string> Noise::explains(std::size_t exchange, Part part, const Difference& difference) const {
  const auto explained = [&](const Place& place) {
    return place.noisy->part == part && same_place(place.noisy->pointer, difference.pointer) &&
           place.model.accepts(value_of(difference.live));
  };
  const auto why = [&](const std::vector<Place>& places) -> std::optional<std::string> {
    const auto found = std::ranges::find_if(places, explained);
    if (found == places.end()) return std::nullopt;
    return fmt::format("{}: {} ({})", found->noisy->pointer.empty() ? "body" : found->noisy->pointer,
                       found->model.describe(), of_runs(found->noisy->runs, record_.runs));
  };
  if (const auto own = of_exchange_.find(exchange); own != of_exchange_.end()) {
    if (auto reason = why(own->second)) return reason;
  }
  const auto kind = of_kind_.find(kinds_[exchange]);
  return kind == of_kind_.end() ? std::nullopt : why(kind->second);
}

std::optional<std::string> Noise::may_swap(std::size_t first, std::size_t second) const {
  const auto found = orders_.find({first, second});
  if (found == orders_.end()) return std::nullopt;
  if (found->second->runs == 0) return "either order: as with others of the same batch";
  return fmt::format("either order ({})", of_runs(found->second->runs, record_.runs));
}

std::optional<std::string> Noise::may_miss(std::size_t exchange) const {
  const auto found = optional_.find(exchange);
  if (found == optional_.end()) return std::nullopt;
  return fmt::format("it need not come (missing {})", of_runs(found->second->runs, record_.runs));
}

std::optional<std::size_t> Noise::extra(const corpus::Request& live) const {
  const std::string kind = kind_of(live);
  const MaybeJson body = live.body.empty() ? MaybeJson() : value_of(live.body);
  for (std::size_t i = 0; i < extras_.size(); ++i) {
    if (record_.extras[i].request == kind && extras_[i].accepts(body)) return i;
  }
  return std::nullopt;
}

std::optional<corpus::Micros> Noise::longest(std::size_t exchange) const {
  const auto found = times_.find(exchange);
  if (found == times_.end()) return std::nullopt;
  constexpr corpus::Micros kMost = std::numeric_limits<corpus::Micros>::max() / kSlack;  // the file may say anything
  return std::min(found->second->most, kMost) * kSlack;
}

std::vector<Explained> take_explained(const Noise* noise, std::size_t exchange, Part part,
                                      std::vector<Difference>& differences) {
  std::vector<Explained> explained;
  if (noise == nullptr) return explained;
  std::erase_if(differences, [&](const Difference& difference) {
    auto why = noise->explains(exchange, part, difference);
    if (why) explained.push_back({difference, std::move(*why)});
    return why.has_value();
  });
  return explained;
}

namespace {

// What cannot be without something optional, by an id, is optional itself; what merely comes later does not wait for
// it.
void relax(const corpus::Session& recorded, Plan& plan) {
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    Step& step = plan.steps[i];
    const auto is_optional = [&](const Cause& cause) { return plan.steps[cause.exchange].optional; };
    if (step.role != Role::delivery || std::ranges::none_of(step.causes, is_optional)) continue;
    step.optional =
        std::ranges::any_of(step.causes, [&](const Cause& cause) { return is_optional(cause) && !cause.id.empty(); });
    if (step.optional) continue;
    const bool had_gap = std::ranges::any_of(step.causes, &Cause::carries_gap);
    std::erase_if(step.causes, is_optional);
    if (!had_gap || step.causes.empty() || std::ranges::any_of(step.causes, &Cause::carries_gap)) continue;
    const auto time_of = [&](const Cause& cause) {
      const corpus::Exchange& exchange = recorded.exchanges[cause.exchange];
      return cause.phase == Phase::sent ? exchange.sent : exchange.ended;
    };
    Cause& last = *std::ranges::max_element(step.causes, {}, time_of);
    last.carries_gap = true;
    last.gap = std::max<corpus::Micros>(0, recorded.exchanges[i].sent - time_of(last));
  }
}

}  // namespace

Plan plan_with(const corpus::Session& recorded, const PlanOptions& options, const Noise* noise) {
  Plan plan = make_plan(recorded, options);
  if (noise == nullptr || noise->record().presences.empty()) return plan;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    plan.steps[i].optional = plan.steps[i].role == Role::request && noise->may_miss(i).has_value();
  }
  relax(recorded, plan);
  return plan;
}

}  // namespace replay
