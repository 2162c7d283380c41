#include "harness/fuzzing/demands.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "fuzz/call_starts.h"

namespace harness {
namespace {

using Content = std::tuple<corpus::Leg, std::string, std::string, std::string>;

Content content_of(const corpus::Exchange& exchange) {
  return {exchange.leg, exchange.request.method, exchange.request.target, exchange.request.body};
}

}  // namespace

bool demands_the_same(const fuzz::SeedSession& whole, const corpus::Session& smaller) {
  std::map<std::int64_t, const corpus::Exchange*> left;
  std::set<Content> contents;
  for (const corpus::Exchange& exchange : smaller.exchanges) {
    left[exchange.number] = &exchange;
    contents.insert(content_of(exchange));
  }
  const fuzz::SessionDraft draft(whole.session, whole.causes);
  const std::vector<std::size_t> starts = fuzz::call_starts(draft);
  std::set<std::string> cut;  // calls that have lost their end
  for (std::size_t i = 0; i < whole.session.exchanges.size(); ++i) {
    const corpus::Exchange& exchange = whole.session.exchanges[i];
    const auto& about = whole.causes[i].calls;
    const auto found = left.find(exchange.number);
    const bool is_cut = std::ranges::any_of(about, [&](const std::string& call) { return cut.contains(call); });
    if (found != left.end()) {
      const corpus::Exchange& kept = *found->second;
      if (is_cut || content_of(kept) != content_of(exchange) || kept.outcome != exchange.outcome) return false;
      continue;
    }
    const bool delivery = exchange.leg == corpus::Leg::webhook;
    if (delivery && contents.contains(content_of(exchange))) continue;
    // What a person asked for names no call, but one may have come of it; and a request comes of what stands before it.
    const auto started = std::ranges::find(starts, i);
    if (started != starts.end()) {
      cut.insert(draft.calls()[static_cast<std::size_t>(started - starts.begin())]);
    } else if (about.empty() || (!delivery && !is_cut)) {
      return false;
    }
    cut.insert(about.begin(), about.end());
  }
  return true;
}

}  // namespace harness
