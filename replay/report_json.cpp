#include "replay/result_json.h"

#include <algorithm>
#include <boost/json.hpp>

#include "corpus/describe.h"
#include "corpus/json_text.h"
#include "replay/excerpts.h"
#include "replay/report.h"
#include "replay/report_noise.h"

namespace replay {
namespace {

namespace json = boost::json;

// Raised when a member changes its meaning or goes; new members may come at any time.
constexpr int kVersion = 1;

json::object of(const Place& place) {
  json::object object{{"exchange", place.exchange}, {"line", place.line}};
  if (!place.by_hand.empty()) object["byHand"] = place.by_hand;
  return object;
}

json::value of(const std::optional<Place>& place) {
  return place ? json::value(of(*place)) : json::value(nullptr);
}

json::object of(const Finding& finding, std::size_t limit) {
  json::array differences;
  for (const Difference& difference : finding.differences) {
    const Excerpts shown = excerpts_of(difference.recorded, difference.live, limit);
    differences.push_back(json::object{{"pointer", json_text(difference.pointer, limit)},
                                       {"recorded", json_text(shown.recorded)},
                                       {"live", json_text(shown.live)}});
  }
  json::array notes;
  for (const std::string& note : finding.notes) notes.emplace_back(json_text(note));
  return {{"kind", to_string(finding.kind)},         {"what", finding.what},
          {"change", json_text(change_of(finding))}, {"cause", json_text(finding.cause)},
          {"recorded", of(finding.recorded)},        {"live", of(finding.live)},
          {"differences", std::move(differences)},   {"notes", std::move(notes)},
          {"consequence", finding.consequence},      {"seen", finding.seen}};
}

json::object of(const Lateness& lateness) {
  json::array buckets;
  for (const LatenessBucket& bucket : lateness.buckets) {
    buckets.push_back(json::object{{"from", bucket.from}, {"below", bucket.below}, {"deliveries", bucket.deliveries}});
  }
  return {{"deliveries", lateness.deliveries},
          {"p50", lateness.p50},
          {"p90", lateness.p90},
          {"p99", lateness.p99},
          {"max", lateness.max},
          {"buckets", std::move(buckets)}};
}

json::object of(const TooLate& too_late) {
  json::array latest;
  for (const LateDelivery& delivery : too_late.latest) {
    json::object late = of(delivery.live);
    late["what"] = delivery.what;
    late["late"] = delivery.late;
    latest.push_back(std::move(late));
  }
  return {{"budget", too_late.budget}, {"latest", std::move(latest)}};
}

json::value noise_of(const Verdict& verdict) {
  if (!verdict.noise) return nullptr;
  json::array sums;
  for (const NoiseSum& sum : noise_sums(verdict)) {
    sums.push_back(json::object{{"what", json_text(sum.what)}, {"why", json_text(sum.why)}, {"times", sum.times}});
  }
  const NoiseUse& noise = *verdict.noise;
  return json::object{{"file", json_text(noise.source)},
                      {"runs", noise.runs},
                      {"stale", noise.stale},
                      {"leftOut", noise.left_out},
                      {"count", verdict.suppressed.size()},
                      {"suppressed", std::move(sums)}};
}

void add(json::object& session, const Verdict& verdict, std::size_t limit) {
  json::array findings;
  for (const Finding& finding : verdict.findings) findings.push_back(of(finding, limit));
  session["judgement"] = to_string(verdict.judgement);
  session["runs"] = verdict.runs;
  session["requests"] = {{"recorded", verdict.requests}, {"met", verdict.requests_met}};
  session["deliveries"] = {{"recorded", verdict.deliveries}, {"made", verdict.deliveries_made}};
  session["damagedLines"] = verdict.damaged_lines;
  session["lateness"] = verdict.lateness ? json::value(of(*verdict.lateness)) : json::value(nullptr);
  session["latency"] = verdict.latency ? json::value(of(*verdict.latency)) : json::value(nullptr);
  session["tooLate"] = verdict.too_late ? json::value(of(*verdict.too_late)) : json::value(nullptr);
  session["quit"] =
      verdict.quit ? json::value(json::object{{"before", verdict.quit->before}, {"notSent", verdict.quit->not_sent}})
                   : json::value(nullptr);
  json::array by_hand;
  for (const DoneByHand& done : verdict.by_hand) {
    json::object one = of(done.recorded);
    one["what"] = done.what;
    by_hand.push_back(std::move(one));
  }
  session["byHand"] = std::move(by_hand);
  session["noise"] = noise_of(verdict);
  session["findings"] = std::move(findings);
}

}  // namespace

std::string json_text(std::string_view bytes, std::size_t limit) {
  if (bytes.size() <= limit && corpus::is_utf8(bytes)) return std::string(bytes);
  std::size_t end = std::min(bytes.size(), limit);
  while (end > 0 && end < bytes.size() && (static_cast<unsigned char>(bytes[end]) & 0xc0) == 0x80) --end;
  const std::string_view kept = bytes.substr(0, end);
  std::string text = corpus::is_utf8(kept) ? std::string(kept) : corpus::printable(kept, kWhole);
  return end < bytes.size() ? text + "…" : text;
}

json::array not_played_json(const RunReport& run) {
  json::array files;
  for (const std::string& file : run.not_played) files.emplace_back(corpus::printable(file));
  return files;
}

json::object result_json(const SessionResult& result, std::size_t limit) {
  json::object session{
      {"file", corpus::printable(result.file)}, {"name", json_text(result.name)}, {"took", result.took}};
  if (const auto* fault = std::get_if<corpus::Fault>(&result.outcome)) {
    session["judgement"] = nullptr;
    session["error"] = json_text(corpus::to_string(*fault));
  } else {
    add(session, std::get<Verdict>(result.outcome), limit);
  }
  return session;
}

std::string report_json(const RunReport& run) {
  json::array sessions;
  for (const SessionResult& result : run.sessions) sessions.push_back(result_json(result));
  const json::object report{{"rollcallReport", kVersion},
                            {"origin", run.origin},
                            {"sessions", std::move(sessions)},
                            {"notPlayed", not_played_json(run)}};
  return json::serialize(report) + "\n";
}

}  // namespace replay
