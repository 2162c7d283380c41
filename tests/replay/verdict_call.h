// A call for the tests of verdicts, as it was recorded and as it came again.
#pragma once

#include <string>
#include <vector>

#include "replay/bindings.h"
#include "replay/report.h"
#include "replay/verdict.h"
#include "tests/support/session_builder.h"

namespace replay {

inline constexpr const char* kOperation = "17e3b46c-f61d-4f4d-9635-c626ef18e6ad";
inline constexpr const char* kLiveCall = "11111111-2222-4333-8444-5555aaaabbbb";

inline std::string path(const std::string& rest) {
  return std::string("/communications/calls/") + support::kCall + rest;
}

// A call comes in, is answered, somebody is invited, somebody is muted, the bot hangs up.
inline corpus::Session recorded() {
  return support::SessionBuilder()
      .delivery(0, 10, support::call_is(support::kCall, "incoming", "created"))
      .request(100, 200, "POST", path("/answer"), R"({"acceptedModalities":["audio"]})", 202)
      .delivery(300, 310, support::call_is(support::kCall, "established"))
      .request(400, 500, "POST", path("/participants/invite"), R"({"clientContext":"recorded-context"})", 200,
               std::string(R"({"id":")") + kOperation + R"("})")
      .delivery(600, 610, support::operation_is(support::kCall, kOperation, "recorded-context"))
      .request(700, 800, "DELETE", path(""), "", 204)
      .delivery(900, 910, support::call_is(support::kCall, "terminated", "deleted"))
      .take();
}

// The same session under other ids, as a replay makes them.
inline corpus::Session live() {
  Bindings bindings;
  bindings.bind(support::kCall, kLiveCall);
  bindings.bind(kOperation, "99999999-8888-4777-8666-555544443333");
  bindings.bind("recorded-context", "live-context");
  corpus::Session session = recorded();
  for (corpus::Exchange& exchange : session.exchanges) {
    exchange.request.target = bindings.to_live(exchange.request.target);
    exchange.request.body = bindings.to_live(exchange.request.body);
    auto& response = std::get<corpus::Response>(exchange.outcome);
    response.body = bindings.to_live(response.body);
  }
  return session;
}

inline std::vector<std::string> kinds(const Verdict& verdict) {
  std::vector<std::string> words;
  for (const Finding& finding : verdict.findings) words.emplace_back(to_string(finding.kind));
  return words;
}

inline std::string notes(const Finding& finding) {
  std::string text;
  for (const std::string& note : finding.notes) text += note + "\n";
  return text;
}

// The first lines of what the report says of each finding.
inline std::vector<std::string> headlines(const corpus::Session& then, const corpus::Session& now) {
  JudgeOptions options;
  options.deadline_factor = 3;
  std::vector<std::string> lines;
  for (const Finding& finding : judge(then, now, options).findings) lines.push_back(headline(finding));
  return lines;
}

inline constexpr const char* kInvite = "POST /communications/calls/57dab8b1…/participants/invite";
inline constexpr const char* kEstablished = "POST /api/calls: updated /communications/calls/57dab8b1…, established";

}  // namespace replay
