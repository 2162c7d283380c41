// What did not happen in a live run, and what kept it from happening.
#include <fmt/format.h>

#include <algorithm>

#include "replay/judge.h"
#include "replay/told.h"

namespace replay {
namespace {

// A chain of causes longer than this tells nobody more, nor does a longer list.
constexpr std::size_t kLongestChain = 8;

}  // namespace

void Judge::missing() {
  for (auto& [early, earlier] : overtaken_) {
    std::erase_if(earlier, [this](std::size_t one) { return partner_[one] == kNone; });  // missing, which says more
    if (earlier.empty()) continue;
    Finding& finding = find(FindingKind::out_of_order, early, partner_[early]);
    finding.change = "came before " + named(earlier.front()) + ", which was answered before it in the recording";
    for (std::size_t i = 1; i < std::min(earlier.size(), kLongestChain); ++i) {
      finding.notes.push_back("and before " + named(earlier[i]));
    }
    if (earlier.size() > kLongestChain) {
      finding.notes.push_back(fmt::format("and before {} more", earlier.size() - kLongestChain));
    }
  }
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    const bool skipped = done_to(i).skipped;
    if (partner_[i] != kNone || plan_.steps[i].role == Role::polling || (!skipped && may_miss(i))) continue;
    if (was_quit() && !skipped) {  // what had not happened by then proves nothing
      not_sent_ += plan_.steps[i].role == Role::delivery ? 1 : 0;
      continue;
    }
    plan_.steps[i].role == Role::request ? missing_request(i) : withheld(i);
  }
}

void Judge::missing_request(std::size_t recorded) {
  Finding& finding = find(FindingKind::missing_request, recorded, kNone);
  finding.consequence = withheld_before(recorded) != kNone;
  const std::optional<std::size_t> told_by = plan_.steps[recorded].told_by;
  if (!told_by) return;
  const std::size_t live = partner_[*told_by];
  const bool was_told = live != kNone && told_at(live_.exchanges[live]).has_value();
  finding.cause = (was_told ? "due in the recording after " : "follows in the recording, after what did not happen: ") +
                  named(*told_by);
  rests_on(*told_by);
}

void Judge::withheld(std::size_t recorded) {
  Finding& finding = find(FindingKind::withheld_delivery, recorded, kNone);
  if (const ByHand done = done_to(recorded); done.skipped) {
    finding.change = to_string(done);
    return;
  }
  finding.consequence = true;
  finding.notes = chain(recorded);
  if (!finding.notes.empty()) return;
  finding.consequence = false;
  finding.change = "everything that it waits for happened, but it was left out, or the live session ends before it";
}

// What was skipped by hand is waited for no longer.
bool Judge::happened(const Cause& cause) const {
  if (done_to(cause.exchange).skipped) return true;
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
    if (partner_[i] == kNone && !plan_.steps[i].optional && (first_of_its_call || related(i, recorded))) return i;
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

}  // namespace replay
