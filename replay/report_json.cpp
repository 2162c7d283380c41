#include <boost/json.hpp>

#include "corpus/describe.h"
#include "replay/report.h"
#include "replay/run_report.h"

namespace replay {
namespace {

namespace json = boost::json;

// Raised when a member changes its meaning or goes; new members may come at any time.
constexpr int kVersion = 1;

json::object of(const Place& place) {
  return {{"exchange", place.exchange}, {"line", place.line}};
}

json::value of(const std::optional<Place>& place) {
  return place ? json::value(of(*place)) : json::value(nullptr);
}

json::object of(const Finding& finding) {
  json::array differences;
  for (const Difference& difference : finding.differences) {
    differences.push_back(
        json::object{{"pointer", difference.pointer}, {"recorded", difference.recorded}, {"live", difference.live}});
  }
  return {{"kind", to_string(finding.kind)},       {"what", finding.what},
          {"recorded", of(finding.recorded)},      {"live", of(finding.live)},
          {"differences", std::move(differences)}, {"notes", json::array(finding.notes.begin(), finding.notes.end())},
          {"consequence", finding.consequence},    {"seen", finding.seen}};
}

json::object of(const Lateness& lateness) {
  return {{"deliveries", lateness.deliveries}, {"p50", lateness.p50}, {"p99", lateness.p99}, {"max", lateness.max}};
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

void add(json::object& session, const Verdict& verdict) {
  json::array findings;
  for (const Finding& finding : verdict.findings) findings.push_back(of(finding));
  session["judgement"] = to_string(verdict.judgement);
  session["runs"] = verdict.runs;
  session["requests"] = {{"recorded", verdict.requests}, {"met", verdict.requests_met}};
  session["deliveries"] = {{"recorded", verdict.deliveries}, {"made", verdict.deliveries_made}};
  session["damagedLines"] = verdict.damaged_lines;
  session["lateness"] = verdict.lateness ? json::value(of(*verdict.lateness)) : json::value(nullptr);
  session["tooLate"] = verdict.too_late ? json::value(of(*verdict.too_late)) : json::value(nullptr);
  session["findings"] = std::move(findings);
}

}  // namespace

std::string report_json(const RunReport& run) {
  json::array sessions;
  for (const SessionResult& result : run.sessions) {
    json::object session{{"file", corpus::printable(result.file)}, {"name", result.name}, {"took", result.took}};
    if (const auto* fault = std::get_if<corpus::Fault>(&result.outcome)) {
      session["judgement"] = nullptr;
      session["error"] = corpus::to_string(*fault);
    } else {
      add(session, std::get<Verdict>(result.outcome));
    }
    sessions.push_back(std::move(session));
  }
  const json::object report{{"rollcallReport", kVersion}, {"origin", run.origin}, {"sessions", std::move(sessions)}};
  return json::serialize(report) + "\n";
}

}  // namespace replay
