#include "replay/session_page.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <set>
#include <vector>

#include "corpus/compression.h"
#include "corpus/describe.h"
#include "corpus/json_text.h"
#include "replay/by_hand.h"
#include "replay/plan.h"
#include "replay/result_json.h"

namespace replay {
namespace {

namespace json = boost::json;
using corpus::Exchange;
using corpus::Session;

// What a person reads of a body; the session file has the whole. Graph's own notifications have some 3 kB.
constexpr std::size_t kShownBody = 8 * 1024;
constexpr std::size_t kShownHeader = 1024;

// Rows whose messages are packed together: enough that what repeats is told once, few enough to unpack at a click.
constexpr std::size_t kRowsPacked = 64;

json::array headers_of(const corpus::Headers& headers) {
  json::array fields;
  for (const corpus::Header& header : headers) {
    fields.push_back(json::array{json_text(header.name, kShownHeader), json_text(header.value, kShownHeader)});
  }
  return fields;
}

json::object message(std::string line, const corpus::Headers& headers, const std::string& body) {
  return {{"line", std::move(line)},
          {"headers", headers_of(headers)},
          {"body", json_text(body, kShownBody)},
          {"size", body.size()}};
}

json::object messages_of(const Exchange& exchange) {
  const corpus::Request& request = exchange.request;
  json::object both{{"request", message(json_text(request.method + " " + request.target, kShownBody), request.headers,
                                        request.body)}};
  if (const auto* response = exchange.response()) {
    both["response"] = message(std::to_string(response->status), response->headers, response->body);
  } else if (const auto* failure = exchange.failure()) {
    both["failure"] = json_text(failure->reason, kShownHeader);
  }
  return both;
}

// Makes the object of one session: rows first, messages behind.
class SessionPage {
 public:
  SessionPage(const Session& recorded, const Session& live, const Verdict& verdict)
      : recorded_(recorded),
        live_(live),
        partner_(recorded.exchanges.size(), kNone),
        live_partner_(live.exchanges.size(), kNone) {
    for (const Partners& partners : verdict.partners) {
      partner_[partners.recorded] = partners.live;
      live_partner_[partners.live] = partners.recorded;
    }
    const HandNote note = hand_note_of(live);
    skipped_.insert(note.skipped.begin(), note.skipped.end());
  }

  std::string take() {
    name_calls();
    order_rows();
    json::array rows;
    for (const Row& row : rows_) rows.push_back(row_json(row));
    return json::serialize(
        json::object{{"rows", std::move(rows)}, {"calls", calls_}, {"packed", packed()}, {"rowsPacked", kRowsPacked}});
  }

 private:
  // A recorded exchange and its partner, or either of them alone (kNone).
  struct Row {
    std::size_t recorded = kNone;
    std::size_t live = kNone;
  };

  // In the order of the recording; what only the live run has stands behind what came before it there.
  void order_rows() {
    std::vector<std::vector<std::size_t>> behind(recorded_.exchanges.size() + 1);
    std::size_t last = 0;
    for (std::size_t i = 0; i < live_partner_.size(); ++i) {
      if (live_partner_[i] == kNone) {
        behind[last].push_back(i);
      } else {
        last = live_partner_[i] + 1;
      }
    }
    for (std::size_t i = 0; i < behind.size(); ++i) {
      if (i != 0) rows_.push_back({i - 1, partner_[i - 1]});
      for (const std::size_t live : behind[i]) rows_.push_back({kNone, live});
    }
  }

  // A call of the live run is shown under the name of the one that it stands for.
  void name_calls() {
    const Plan recorded = make_plan(recorded_);
    const Plan live = make_plan(live_);
    for (std::size_t i = 0; i < recorded.steps.size(); ++i) {
      calls_of_recorded_.push_back(numbers_of(recorded.steps[i].calls));
      if (partner_[i] == kNone) continue;
      const std::vector<std::string>& theirs = live.steps[partner_[i]].calls;
      if (theirs.size() != recorded.steps[i].calls.size()) continue;
      for (std::size_t k = 0; k < theirs.size(); ++k) {
        numbers_.try_emplace(theirs[k], numbers_.at(recorded.steps[i].calls[k]));
      }
    }
    for (const Step& step : live.steps) calls_of_live_.push_back(numbers_of(step.calls));
  }

  json::array numbers_of(const std::vector<std::string>& calls) {
    json::array numbers;
    for (const std::string& call : calls) {
      const auto [at, fresh] = numbers_.try_emplace(call, calls_.size());
      if (fresh) calls_.emplace_back(json_text(call, kShownHeader));
      numbers.push_back(at->second);
    }
    return numbers;
  }

  // What somebody did to an exchange; of a recorded delivery also that it was skipped.
  std::string by_hand(const Exchange& exchange, bool of_recording) const {
    if (of_recording) return skipped_.contains(exchange.number) ? to_string(ByHand{.skipped = true}) : std::string();
    const auto mark = hand_mark_of(exchange);
    return mark ? to_string(mark->done) : std::string();
  }

  json::value side(const Exchange& exchange, bool of_recording) {
    return json::array{exchange.number,
                       exchange.request_line,
                       exchange.sent,
                       exchange.ended_at_all() ? json::value(exchange.ended) : json::value(nullptr),
                       exchange.due ? json::value(*exchange.due) : json::value(nullptr),
                       describer_.outcome(exchange.outcome),
                       by_hand(exchange, of_recording)};
  }

  json::array row_json(const Row& row) {
    const bool known = row.recorded != kNone;
    const Exchange& shown = known ? recorded_.exchanges[row.recorded] : live_.exchanges[row.live];
    return {shown.leg == corpus::Leg::webhook ? 0 : 1, describer_.request(shown.request),
            known ? calls_of_recorded_[row.recorded] : calls_of_live_[row.live],
            known ? side(recorded_.exchanges[row.recorded], true) : json::value(nullptr),
            row.live != kNone ? side(live_.exchanges[row.live], false) : json::value(nullptr)};
  }

  json::array packed() const {
    json::array blocks;
    for (std::size_t begin = 0; begin < rows_.size(); begin += kRowsPacked) {
      json::array block;
      for (std::size_t i = begin; i < std::min(begin + kRowsPacked, rows_.size()); ++i) {
        json::value recorded;
        json::value live;
        if (rows_[i].recorded != kNone) recorded = messages_of(recorded_.exchanges[rows_[i].recorded]);
        if (rows_[i].live != kNone) live = messages_of(live_.exchanges[rows_[i].live]);
        block.push_back(json::array{std::move(recorded), std::move(live)});
      }
      std::string text;
      corpus::append_base64(text, corpus::compressed(json::serialize(block), corpus::Container::none));
      blocks.emplace_back(std::move(text));
    }
    return blocks;
  }

  const Session& recorded_;
  const Session& live_;
  std::vector<std::size_t> partner_;       // recorded -> live
  std::vector<std::size_t> live_partner_;  // live -> recorded
  std::vector<Row> rows_;
  std::set<std::int64_t> skipped_;                           // numbers of recorded deliveries
  std::map<std::string, std::size_t, std::less<>> numbers_;  // id of a call -> its place in calls_
  json::array calls_;
  std::vector<json::array> calls_of_recorded_;
  std::vector<json::array> calls_of_live_;
  corpus::Describer describer_;
};

}  // namespace

std::string session_page(const Session& recorded, const Session& live, const Verdict& verdict) {
  return SessionPage(recorded, live, verdict).take();
}

}  // namespace replay
