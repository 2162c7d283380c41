#include "replay/repeat.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace replay {
namespace {

/// By what two runs' findings are told to be the same one; `nth` among those of one run that are otherwise equal.
using Key = std::tuple<FindingKind, std::int64_t, std::vector<std::string>, std::size_t>;

/// Collects the findings of all runs.
class Findings {
 public:
  void add(const Verdict& run) {
    std::map<Key, std::size_t> count;
    for (const Finding& finding : run.findings) {
      Key key{finding.kind, finding.recorded ? finding.recorded->exchange : 0, {}, 0};
      for (const Difference& difference : finding.differences) std::get<2>(key).push_back(difference.pointer);
      std::get<3>(key) = count[key]++;
      const auto [place, fresh] = places_.try_emplace(std::move(key), findings_.size());
      if (fresh) {
        findings_.push_back(finding);
      } else {
        ++findings_[place->second].seen;
      }
    }
  }

  std::vector<Finding> take(std::size_t runs) {
    std::ranges::stable_partition(findings_, [&](const Finding& finding) { return finding.seen == runs; });
    std::ranges::stable_partition(findings_, [](const Finding& finding) { return !finding.consequence; });
    return std::move(findings_);
  }

 private:
  std::vector<Finding> findings_;
  std::map<Key, std::size_t> places_;
};

bool ran_later(const Verdict& one, const Verdict& other) {
  return !one.lateness || (other.lateness && one.lateness->p99 < other.lateness->p99);
}

}  // namespace

Verdict combine(std::span<const Verdict> runs) {
  assert(!runs.empty());
  Verdict all = *std::ranges::max_element(runs, ran_later);
  all.runs = runs.size();
  Findings findings;
  all.suppressed.clear();
  for (const Verdict& run : runs) {
    all.suppressed.insert(all.suppressed.end(), run.suppressed.begin(), run.suppressed.end());
    findings.add(run);
    all.requests_met = std::min(all.requests_met, run.requests_met);
    all.deliveries_made = std::min(all.deliveries_made, run.deliveries_made);
    if (run.judgement == Judgement::different || all.judgement == Judgement::same) all.judgement = run.judgement;
  }
  all.findings = findings.take(runs.size());
  return all;
}

}  // namespace replay
