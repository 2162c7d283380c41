#include "replay/report_noise.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "corpus/describe.h"

namespace replay {
namespace {

// Who wants to know them all looks into the JSON report.
constexpr std::size_t kShown = 10;

}  // namespace

std::vector<NoiseSum> noise_sums(const Verdict& verdict) {
  std::vector<NoiseSum> sums;
  for (const Suppressed& one : verdict.suppressed) {
    const auto same =
        std::ranges::find_if(sums, [&](const NoiseSum& sum) { return sum.what == one.what && sum.why == one.why; });
    if (same != sums.end()) {
      ++same->times;
    } else {
      sums.push_back({one.what, one.why, 1});
    }
  }
  std::ranges::stable_sort(sums, std::greater(), &NoiseSum::times);
  return sums;
}

std::string noise_lines(const Verdict& verdict) {
  if (!verdict.noise) return "";
  const NoiseUse& noise = *verdict.noise;
  std::string text;
  auto out = std::back_inserter(text);
  const std::size_t count = verdict.suppressed.size();
  fmt::format_to(out, "  noise: {} suppressed ({}, learnt from {} {})\n",
                 count == 0 ? "nothing" : fmt::format("{} {}", count, count == 1 ? "difference" : "differences"),
                 corpus::printable(noise.source), noise.runs, noise.runs == 1 ? "run" : "runs");
  if (noise.stale) {
    fmt::format_to(out, "    learnt from another version of this session, so learn it anew");
    if (noise.left_out != 0) fmt::format_to(out, "; {} of its entries fit no more", noise.left_out);
    text += "\n";
  }
  const std::vector<NoiseSum> sums = noise_sums(verdict);
  for (std::size_t i = 0; i < std::min(sums.size(), kShown); ++i) {
    fmt::format_to(out, "    {} x {}: {}\n", sums[i].times, corpus::printable(sums[i].what),
                   corpus::printable(sums[i].why));
  }
  if (sums.size() > kShown) fmt::format_to(out, "    and {} reasons more\n", sums.size() - kShown);
  return text;
}

}  // namespace replay
