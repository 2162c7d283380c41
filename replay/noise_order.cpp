#include "replay/noise_order.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>

#include "corpus/mentions.h"
#include "replay/trigger.h"

namespace replay {
namespace {

using corpus::Exchange;
using corpus::Micros;
using Pair = std::pair<std::size_t, std::size_t>;  // in the order of the recording

// From so many runs on only pairs count that were seen: one that is free would have been the other way round by then
// in all but one of a thousand cases. With fewer it is more likely that chance kept it in order.
constexpr std::size_t kEnoughRuns = 10;

class Orders {
 public:
  Orders(const corpus::Session& recorded, const Plan& plan) : recorded_(recorded), plan_(plan) {
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
      for (const std::string& call : plan.steps[i].calls) {
        if (plan.steps[i].role == Role::request) requests_[call].insert(i);
        if (plan.steps[i].role == Role::delivery) deliveries_[call].insert(i);
      }
    }
  }

  void add(const Run& run) {
    std::vector<std::size_t> partner(plan_.steps.size(), kNone);
    std::vector<Pair> order;  // live time, place in the recording
    for (const Partners& both : *run.partners) {
      partner[both.recorded] = both.live;
      if (plan_.steps[both.recorded].role == Role::request) order.push_back({both.live, both.recorded});
    }
    std::ranges::sort(order, {}, [&](const Pair& one) { return run.live->exchanges[one.first].sent; });
    std::set<Pair> swapped;
    auto open = requests_;
    for (const auto& [live, request] : order) {
      for (const std::string& call : plan_.steps[request].calls) {
        open[call].erase(request);
        for (const std::size_t earlier : open[call]) {
          if (earlier > request) break;
          if (partner[earlier] != kNone && shown_in_order(earlier, request)) swapped.insert({earlier, request});
        }
      }
      note_triggers(*run.live, partner, live, request);
      note_overlaps(*run.live, partner, live, request, swapped);
      const auto trigger = overtaken_trigger(recorded_, *run.live, plan_, partner, request);
      if (trigger) swapped.insert({*trigger, request});
    }
    for (const Pair& pair : swapped) ++seen_[pair];
  }

  void add(Pair pair, std::size_t runs) { seen_[pair] += runs; }

  std::vector<NoisyOrder> take(std::size_t runs) {
    std::vector<NoisyOrder> orders;
    for (const auto& [pair, times] : seen_) orders.push_back(order_of(pair, times));
    if (runs < kEnoughRuns) {
      for (const Pair& pair : of_batches()) orders.push_back(order_of(pair, 0));
    }
    return orders;
  }

 private:
  bool shown_in_order(std::size_t first, std::size_t second) const {
    const Exchange& exchange = recorded_.exchanges[first];
    return exchange.shows_end() && exchange.ended <= recorded_.exchanges[second].sent;
  }

  // A request that did not wait for an answer does not need it.
  void note_overlaps(const corpus::Session& live, const std::vector<std::size_t>& partner, std::size_t index,
                     std::size_t request, std::set<Pair>& swapped) const {
    for (const std::string& call : plan_.steps[request].calls) {
      for (const std::size_t earlier : requests_.at(call)) {
        if (earlier >= request) break;
        if (partner[earlier] == kNone || !shown_in_order(earlier, request)) continue;
        const Exchange& other = live.exchanges[partner[earlier]];
        const Micros sent = live.exchanges[index].sent;
        if (other.sent <= sent && other.ended_at_all() && other.ended > sent) swapped.insert({earlier, request});
      }
    }
  }

  // Deliveries that a request came before in this run are not what made the bot send it.
  void note_triggers(const corpus::Session& live, const std::vector<std::size_t>& partner, std::size_t index,
                     std::size_t request) {
    for (const std::string& call : plan_.steps[request].calls) {
      const auto found = deliveries_.find(call);
      if (found == deliveries_.end()) continue;
      for (const std::size_t delivery : found->second) {
        if (delivery > request) break;
        if (partner[delivery] == kNone || live.exchanges[partner[delivery]].sent > live.exchanges[index].sent) {
          not_the_trigger_.insert({request, delivery});
        }
      }
    }
  }

  // The delivery after which the bot sends it, in every run.
  std::size_t trigger(std::size_t request) const {
    std::size_t last = kNone;
    for (const std::string& call : plan_.steps[request].calls) {
      const auto found = deliveries_.find(call);
      if (found == deliveries_.end()) continue;
      for (const std::size_t delivery : found->second) {
        if (delivery > request) break;
        if (!not_the_trigger_.contains({request, delivery}) && (last == kNone || delivery > last)) last = delivery;
      }
    }
    return last;
  }

  // Whether the second request speaks of something that the first one, or its answer, brought up.
  bool depends(const Pair& pair) {
    const Exchange& first = recorded_.exchanges[pair.first];
    std::set<std::string> made;
    const auto take = [&](const corpus::Mentions& mentions) {
      for (const corpus::Mention& mention : mentions.all) {
        if (mention.kind != corpus::MentionKind::who) made.insert(mention.id);
      }
    };
    if (first.response() != nullptr) take(finder_.in(*first.response(), first.request));
    for (const corpus::Mention& mention : finder_.in(first.request).all) made.erase(mention.id);
    const corpus::Mentions later = finder_.in(recorded_.exchanges[pair.second].request);
    return std::ranges::any_of(later.all, [&](const corpus::Mention& mention) { return made.contains(mention.id); });
  }

  // Requests that follow the same delivery and are tied by pairs of either order, two by two.
  std::set<Pair> of_batches() {
    std::map<std::size_t, std::size_t> group;  // request -> the first of its group
    const auto first_of = [&](std::size_t request) {
      group.try_emplace(request, request);
      while (group[request] != request) request = group[request];
      return request;
    };
    for (const auto& [pair, times] : seen_) {
      if (plan_.steps[pair.first].role != Role::request || trigger(pair.first) != trigger(pair.second)) continue;
      const Pair firsts = std::minmax(first_of(pair.first), first_of(pair.second));
      group[firsts.second] = firsts.first;
    }
    std::set<Pair> pairs;
    for (const auto& [one, ignored_one] : group) {
      for (const auto& [other, ignored_other] : group) {
        const Pair pair{one, other};
        if (one >= other || seen_.contains(pair) || first_of(one) != first_of(other)) continue;
        if (shown_in_order(one, other) && !depends(pair)) pairs.insert(pair);
      }
    }
    return pairs;
  }

  NoisyOrder order_of(const Pair& pair, std::size_t runs) const {
    return {recorded_.exchanges[pair.first].number, recorded_.exchanges[pair.second].number, runs};
  }

  const corpus::Session& recorded_;
  const Plan& plan_;
  std::map<std::string, std::set<std::size_t>> requests_;    // call -> places in the recording
  std::map<std::string, std::set<std::size_t>> deliveries_;  // likewise
  std::map<Pair, std::size_t> seen_;
  std::set<Pair> not_the_trigger_;  // request, delivery
  corpus::MentionFinder finder_;
};

}  // namespace

std::vector<NoisyOrder> learn_orders(const corpus::Session& recorded, const Plan& plan, std::span<const Run> runs,
                                     const NoiseRecord& known) {
  Orders orders(recorded, plan);
  std::map<std::int64_t, std::size_t> by_number;
  for (std::size_t i = 0; i < recorded.exchanges.size(); ++i) by_number[recorded.exchanges[i].number] = i;
  for (const NoisyOrder& order : known.orders) {
    const auto first = by_number.find(order.first);
    const auto second = by_number.find(order.second);
    if (order.runs == 0 || first == by_number.end() || second == by_number.end()) continue;
    orders.add({first->second, second->second}, order.runs);
  }
  for (const Run& run : runs) orders.add(run);
  return orders.take(known.runs + runs.size());
}

}  // namespace replay
