#include "replay/accepting.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "corpus/content_coding.h"
#include "corpus/session_file.h"
#include "replay/by_hand.h"
#include "replay/death.h"
#include "replay/rewriting.h"

namespace replay {
namespace {

using corpus::Exchange;
using corpus::Session;

// Findings about what the recording does not have.
bool is_new(const Finding& finding) {
  return finding.kind == FindingKind::unknown_request || finding.kind == FindingKind::doubled_request ||
         finding.kind == FindingKind::unknown_delivery;
}

constexpr std::string_view kAcceptedBy = "accepted by ";
constexpr std::string_view kFirstOrigin = "; first: ";
constexpr std::string_view kBeforeThat = "; before: ";  // so earlier versions had it, once for each acceptance

// What the recording was before anybody accepted anything for it: origins do not grow with every acceptance.
std::string_view first_origin(std::string_view origin) {
  while (origin.starts_with(kAcceptedBy)) {
    const std::size_t first = origin.find(kFirstOrigin);
    const std::size_t before = origin.find(kBeforeThat);
    if (std::min(first, before) == std::string_view::npos) break;
    origin.remove_prefix(first < before ? first + kFirstOrigin.size() : before + kBeforeThat.size());
  }
  return origin;
}

class Acceptance {
 public:
  Acceptance(const Session& recorded, const Session& live, const Verdict& verdict, const Bindings& bindings)
      : recorded_(recorded), live_(live), bindings_(bindings) {
    accepted_.gone = verdict.requests - verdict.requests_met + verdict.deliveries - verdict.deliveries_made;
    accepted_.added = static_cast<std::size_t>(std::ranges::count_if(verdict.findings, is_new));
    for (const Partners& both : verdict.partners) partner_[both.live] = &recorded.exchanges[both.recorded];
    for (const Exchange& exchange : recorded.exchanges) last_number_ = std::max(last_number_, exchange.number);
  }

  Accepted take(std::string_view by) {
    Session& session = accepted_.session;
    session.info = recorded_.info;
    session.info.started = live_.info.started;
    session.info.origin = fmt::format("{}{} from a run of {}{}{}", kAcceptedBy, by, live_.info.started, kFirstOrigin,
                                      first_origin(recorded_.info.origin));
    for (std::size_t i = 0; i < live_.exchanges.size(); ++i) session.exchanges.push_back(exchange(i));
    drop_lost_causes();
    session.end = recorded_.end.value_or(corpus::SessionEnd{});
    session.end->time = live_.end ? live_.end->time : 0;
    for (const Exchange& one : session.exchanges) {
      session.end->time = std::max({session.end->time, one.sent, one.ended_at_all() ? one.ended : 0});
    }
    session.end->messages = corpus::message_count(session);
    return std::move(accepted_);
  }

 private:
  Exchange exchange(std::size_t index) {
    Exchange exchange = live_.exchanges[index];
    exchange.due.reset();
    exchange.after.reset();
    exchange.request_line = exchange.outcome_line = 0;
    exchange.request = recorded_request(exchange.request, bindings_);
    if (auto* response = std::get_if<corpus::Response>(&exchange.outcome)) {
      *response = recorded_response(*response, bindings_, recorded_.info.graph, live_.info.graph);
    }
    const auto partner = partner_.find(index);
    if (partner == partner_.end()) {
      if (hand_mark_of(exchange)) exchange.request_extra.clear();
      exchange.number = ++last_number_;
      return exchange;
    }
    const Exchange& old = *partner->second;
    exchange.number = old.number;
    exchange.after = old.after;
    exchange.request_extra = old.request_extra;
    exchange.outcome_extra = old.outcome_extra;
    exchange.request.extra = old.request.extra;
    auto* response = std::get_if<corpus::Response>(&exchange.outcome);
    if (response != nullptr && old.response() != nullptr) response->extra = old.response()->extra;
    return exchange;
  }

  // An `after` can only name what is there.
  void drop_lost_causes() {
    std::set<std::int64_t> numbers;
    for (const Exchange& exchange : accepted_.session.exchanges) numbers.insert(exchange.number);
    for (Exchange& exchange : accepted_.session.exchanges) {
      if (!exchange.after) continue;
      std::erase_if(*exchange.after, [&](std::int64_t number) {
        if (numbers.contains(number)) return false;
        accepted_.notes.push_back(fmt::format(
            "exchange {} does not wait for exchange {} any more, which is not in the run", exchange.number, number));
        return true;
      });
    }
  }

  const Session& recorded_;
  const Session& live_;
  const Bindings& bindings_;
  std::map<std::size_t, const Exchange*> partner_;  // place in the live session -> recorded
  std::int64_t last_number_ = 0;
  Accepted accepted_;
};

}  // namespace

std::vector<std::string> reasons_against(const Session& live, const Verdict& verdict) {
  std::vector<std::string> reasons;
  if (!live.damage.empty()) reasons.push_back(fmt::format("{} of its lines cannot be read", live.damage.size()));
  if (const auto death = death_of(live)) reasons.push_back(fmt::format("its bot died ({})", death->how));
  if (verdict.quit) {
    reasons.push_back(
        fmt::format("it was quit before exchange {}, so what follows is not known", verdict.quit->before));
  }
  if (!live.end) reasons.emplace_back("it was cut off: it has no end line");
  if (verdict.too_late) {
    reasons.push_back(fmt::format("its player was too late (p99 above {:.3f} ms), so its times are not the bot's",
                                  static_cast<double>(verdict.too_late->budget) / 1e3));
  }
  const auto withheld = std::ranges::count(verdict.findings, FindingKind::withheld_delivery, &Finding::kind);
  if (withheld != 0) {
    reasons.push_back(fmt::format("{} of the deliveries were withheld, so what follows them is not known", withheld));
  }
  const auto open = std::ranges::count_if(live.exchanges, [](const Exchange& one) { return !one.ended_at_all(); });
  if (open != 0) reasons.push_back(fmt::format("{} of its exchanges have no end", open));
  return reasons;
}

Accepted accept(const Session& recorded, const Session& live, const Verdict& verdict, const Bindings& bindings,
                std::string_view by) {
  if (!corpus::has_coded_body(live)) return Acceptance(recorded, live, verdict, bindings).take(by);
  Session plain = live;  // ids are found and replaced in plain bodies only
  corpus::decode_bodies(plain);
  return Acceptance(recorded, plain, verdict, bindings).take(by);
}

}  // namespace replay
