// Pages for the browser test: report_pages FOLDER RECORDED LIVE. `kept` is of the two files; `hostile`, `thousand`
// (1,000 messages a side) and `long` (10,000) are made of them.
#include <fmt/core.h>

#include <fstream>

#include "corpus/ids.h"
#include "corpus/session_file.h"
#include "replay/by_hand.h"
#include "replay/report_html.h"
#include "replay/rewriting.h"
#include "replay/session_page.h"
#include "replay/verdict.h"

namespace {

// Hostile in each way in which a text could leave its place: markup, ends of scripts and comments, line ends,
// direction.
constexpr const char* kHostile =
    "<script>alert(1)</script><!-- --> ]]> \xe2\x80\xa8 <img src=x onerror=alert(2)> javascript:alert(3) \xe2\x80\xae"
    "desrever";

replay::SessionResult result_of(const corpus::Session& recorded, const corpus::Session& live, std::string name,
                                const replay::JudgeOptions& judging = {}) {
  const replay::Verdict verdict = replay::judge(recorded, live, judging);
  return {"a.session.jsonl", std::move(name), 1000, verdict, replay::session_page(recorded, live, verdict)};
}

// Fresh ids in everything that a message holds, the same for the same seed.
void rename(corpus::Exchange& exchange, const corpus::Session& whole, std::uint64_t seed) {
  replay::Bindings ids;
  for (const corpus::Exchange& each : whole.exchanges) {
    const std::string text = each.request.target + " " + each.request.body;
    for (const corpus::Span& guid : corpus::find_guids(text)) {
      ids.bind(guid.of(text), replay::fresh_guid(seed, corpus::canonical_id(guid.of(text))));
    }
  }
  exchange.request.target = ids.to_live(exchange.request.target);
  exchange.request.body = ids.to_live(exchange.request.body);
  if (auto* response = std::get_if<corpus::Response>(&exchange.outcome)) response->body = ids.to_live(response->body);
}

// The session one time after the other, each with ids of its own, until there are so many messages.
corpus::Session repeated(const corpus::Session& session, std::size_t messages, std::uint64_t seed) {
  corpus::Session longer;
  longer.info = session.info;
  const corpus::Micros length = session.exchanges.back().ended + 1000;
  for (std::size_t round = 0; 2 * longer.exchanges.size() < messages; ++round) {
    for (const corpus::Exchange& each : session.exchanges) {
      if (2 * longer.exchanges.size() >= messages) break;
      corpus::Exchange& exchange = longer.exchanges.emplace_back(each);
      const auto shift = static_cast<corpus::Micros>(round) * length;
      exchange.number = static_cast<std::int64_t>(longer.exchanges.size());
      exchange.sent += shift;
      exchange.ended += shift;
      if (exchange.due) *exchange.due += shift;
      rename(exchange, session, seed + round);
    }
  }
  return longer;
}

void write(const std::string& path, const replay::RunReport& run) {
  std::ofstream(path, std::ios::binary) << replay::report_html(run);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) return 2;
  const std::string folder = arguments[1];
  const auto recorded = corpus::read_session(arguments[2]);
  const auto live = corpus::read_session(arguments[3]);
  if (!recorded || !live) return 2;
  const replay::SessionResult kept = result_of(*recorded, *live, "kept");
  write(folder + "/kept.html", {"test", {kept}});

  corpus::Session late = *live;
  corpus::Micros by = 40'000;
  for (corpus::Exchange& exchange : late.exchanges) {
    if (exchange.leg != corpus::Leg::webhook) continue;
    exchange.due = exchange.sent - by;
    by = 3'000;
  }
  replay::JudgeOptions strictly;
  strictly.lateness_budget = 10'000;
  write(folder + "/late.html", {"test", {result_of(*recorded, late, "late", strictly)}});

  corpus::Session spoilt = *live;
  spoilt.exchanges[4].request.body = fmt::format("{{\"displayName\":\"{}\"}}", kHostile);
  spoilt.exchanges[4].request.headers.push_back({kHostile, kHostile});
  spoilt.exchanges[4].request.target += std::string("?x=") + kHostile;
  const replay::SessionResult hostile = result_of(*recorded, spoilt, kHostile);
  const corpus::Fault fault{corpus::Error::damaged, kHostile, kHostile};
  write(folder + "/hostile.html", {kHostile, {hostile}});
  write(folder + "/many.html", {"test", {kept, hostile, {kHostile, "", 1, fault}}, {kHostile}});

  // In two of five runs; and with a delivery that somebody edited.
  corpus::Session edited = spoilt;
  edited.exchanges[0].request_extra =
      to_member(replay::HandMark{recorded->exchanges[0].number, {.skipped = false, .edited = true, .repeated = false}});
  replay::SessionResult flaky = result_of(*recorded, edited, "flaky");
  auto& verdict = std::get<replay::Verdict>(flaky.outcome);
  verdict.runs = 5;
  for (replay::Finding& finding : verdict.findings) finding.seen = 2;
  verdict.quit = replay::Quit{7, 3};
  write(folder + "/flaky.html", {"test", {flaky}});

  for (const auto& [name, messages] : {std::pair{"thousand", 1000}, std::pair{"long", 10'000}}) {
    write(folder + "/" + name + ".html",
          {"test", {result_of(repeated(*recorded, messages, 0), repeated(*live, messages, 1'000'000), name)}});
  }
}
