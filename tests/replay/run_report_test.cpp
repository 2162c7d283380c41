#include "replay/run_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace replay {
namespace {

using testing::HasSubstr;

Verdict different(std::string what) {
  Verdict verdict;
  verdict.judgement = Judgement::different;
  verdict.requests = 2;
  verdict.requests_met = 1;
  Finding& finding = verdict.findings.emplace_back();
  finding.kind = FindingKind::different_request;
  finding.what = std::move(what);
  finding.recorded = Place{7, 14};
  finding.differences = {{"/a~1b", "1", "\"<script>\""}};
  finding.notes = {"a note"};
  verdict.findings.emplace_back().consequence = true;
  return verdict;
}

RunReport run_of(std::variant<Verdict, corpus::Fault> outcome, std::string name = "first") {
  return {"rollcall 0.1.0", {{"a.session.jsonl", std::move(name), 1'500'000, std::move(outcome)}}};
}

boost::json::object session_in(const RunReport& run) {
  const boost::json::value report = boost::json::parse(report_json(run));
  EXPECT_EQ(report.at("rollcallReport"), 1);
  EXPECT_EQ(report.at("origin"), "rollcall 0.1.0");
  return report.at("sessions").at(0).as_object();
}

TEST(RunReport, JsonHoldsTheWholeVerdict) {
  const boost::json::value expected = boost::json::parse(R"({"file":"a.session.jsonl","name":"first","took":1500000,
      "judgement":"different","runs":1,"requests":{"recorded":2,"met":1},"deliveries":{"recorded":0,"made":0},"damagedLines":0,
      "lateness":null,"latency":null,"tooLate":null,"quit":null,"byHand":[],"noise":null,"findings":[
        {"kind":"different request","what":"POST /x","change":"/a~1b is \"<script>\", recorded 1","cause":"","recorded":{"exchange":7,"line":14},"live":null,
         "differences":[{"pointer":"/a~1b","recorded":"1","live":"\"<script>\""}],"notes":["a note"],"consequence":false,"seen":1},
        {"kind":"missing request","what":"","change":"","cause":"","recorded":null,"live":null,"differences":[],"notes":[],"consequence":true,"seen":1}]})");
  EXPECT_EQ(session_in(run_of(different("POST /x"))), expected);
}

TEST(RunReport, JsonIsUtf8WhateverTheTextsAre) {
  RunReport run = run_of(different("POST /x"), "n\xff");
  std::get<Verdict>(run.sessions[0].outcome).findings[0].differences[0].live = "\xfe";
  const boost::json::object session = session_in(run);
  EXPECT_EQ(session.at("name"), "n\\xff");
  EXPECT_EQ(session.at("findings").at(0).at("differences").at(0).at("live"), "\\xfe");
}

TEST(RunReport, JsonSaysWhatWasLate) {
  Verdict verdict;
  verdict.judgement = Judgement::inconclusive;
  verdict.lateness = Lateness{2, 80, 90, 12'310, 12'310, {{50, 100, 2}}};
  verdict.latency = Latency{1, 300, 300, 300, 300, {{200, 500, 1}}};
  verdict.too_late = TooLate{10'000, {{Place{4, 9}, "POST /api/calls", 12'310}}};
  const boost::json::object session = session_in(run_of(verdict));
  EXPECT_EQ(session.at("judgement"), "inconclusive");
  EXPECT_EQ(session.at("lateness"), boost::json::parse(R"({"deliveries":2,"p50":80,"p90":90,"p99":12310,
      "max":12310,"buckets":[{"from":50,"below":100,"deliveries":2}]})"));
  EXPECT_EQ(session.at("latency"), boost::json::parse(R"({"deliveries":1,"p50":300,"p90":300,"p99":300,
      "max":300,"buckets":[{"from":200,"below":500,"deliveries":1}]})"));
  EXPECT_EQ(session.at("tooLate"), boost::json::parse(R"({"budget":10000,"latest":[
      {"exchange":4,"line":9,"what":"POST /api/calls","late":12310}]})"));
}

Verdict noisy() {
  Verdict verdict;
  verdict.noise = NoiseUse{"a.noise.json", 5, true, 1};
  for (int i = 0; i < 3; ++i) {
    verdict.suppressed.push_back({.kind = FindingKind::different_request,
                                  .recorded = Place{7, 14},
                                  .live = {},
                                  .what = "POST /calls/{}/say",
                                  .difference = {},
                                  .why = i == 0 ? "<once>" : "/note: a word"});
  }
  return verdict;
}

TEST(RunReport, JsonSaysWhatNoiseSuppressed) {
  EXPECT_EQ(session_in(run_of(noisy())).at("noise"),
            boost::json::parse(R"({"file":"a.noise.json","runs":5,"stale":true,"leftOut":1,"count":3,"suppressed":[
      {"what":"POST /calls/{}/say","why":"/note: a word","times":2},{"what":"POST /calls/{}/say","why":"<once>","times":1}]})"));
}

TEST(RunReport, JunitSaysItInPropertiesOfTheSuite) {
  const std::string xml = report_junit(run_of(noisy()));
  EXPECT_THAT(xml, HasSubstr("<properties>\n      <property name=\"first: noise suppressed\" value=\"3\"/>\n"));
  EXPECT_THAT(xml, HasSubstr("name=\"first: noise of POST /calls/{}/say\" value=\"1 x &lt;once&gt;\""));
  EXPECT_EQ(report_junit(run_of(Verdict())).find("<properties>"), std::string::npos);
}

TEST(RunReport, JsonSaysWhyThereIsNoVerdict) {
  const boost::json::object session = session_in(run_of(corpus::Fault{corpus::Error::damaged, "a:3", "no JSON"}));
  EXPECT_TRUE(session.at("judgement").is_null());
  EXPECT_EQ(session.at("error"), "a:3: no JSON");
  EXPECT_FALSE(session.contains("findings"));
}

TEST(RunReport, JunitCountsEachKindOfEnd) {
  RunReport run = run_of(Verdict{});
  run.sessions.push_back(run_of(different("POST /x")).sessions[0]);
  run.sessions.push_back(run_of(corpus::Fault{corpus::Error::unreadable, "b", "gone"}, "").sessions[0]);
  Verdict late;
  late.judgement = Judgement::inconclusive;
  run.sessions.push_back(run_of(late).sessions[0]);
  Verdict damaged;
  damaged.damaged_lines = 1;
  run.sessions.push_back(run_of(damaged).sessions[0]);
  const std::string xml = report_junit(run);
  EXPECT_THAT(xml,
              HasSubstr(R"(<testsuite name="rollcall" skipped="0" tests="5" failures="1" errors="3" time="7.500">)"));
  EXPECT_THAT(xml, HasSubstr(R"(<testcase classname="rollcall" name="first" time="1.500"/>)"));
  EXPECT_THAT(
      xml,
      HasSubstr(
          R"x(<failure type="different" message="different request: POST /x: /a~1b is &quot;&lt;script&gt;&quot;, recorded 1 (exchange 7)">different: a)x"));
  EXPECT_THAT(
      xml,
      HasSubstr("name=\"a.session.jsonl\" time=\"1.500\">\n      <error type=\"not judged\" message=\"b: gone\">"));
  EXPECT_THAT(xml, HasSubstr("<error type=\"inconclusive\""));
  EXPECT_THAT(xml, HasSubstr("<error type=\"damaged\""));
}

TEST(RunReport, TellsOfSessionsThatWereNotPlayed) {
  RunReport run = run_of(Verdict{});
  EXPECT_EQ(not_played_text(run), "");
  EXPECT_THAT(report_json(run), HasSubstr(R"("notPlayed":[])"));
  run.not_played = {"b<.session.jsonl", "c.session.jsonl"};
  EXPECT_EQ(not_played_text(run), "2 sessions not played: b<.session.jsonl, c.session.jsonl\n");
  EXPECT_EQ(boost::json::parse(report_json(run)).at("notPlayed"),
            boost::json::parse(R"(["b<.session.jsonl","c.session.jsonl"])"));
  const std::string xml = report_junit(run);
  EXPECT_THAT(xml, HasSubstr(R"(skipped="2" tests="3" failures="0" errors="0")"));
  EXPECT_THAT(xml, HasSubstr("name=\"b&lt;.session.jsonl\" time=\"0.000\">\n      <skipped message=\"not played"));
  run.not_played.assign(7, "x");
  EXPECT_EQ(not_played_text(run), "7 sessions not played: x, x, x, x, x and 2 more\n");
}

TEST(RunReport, JunitIsXmlWhateverTheTextsAre) {
  const std::string xml = report_junit(run_of(different("<b a=\"x\">&\xef\xbf\xbe"), "n\x01\xff\"<>&"));
  EXPECT_THAT(xml, HasSubstr(R"(name="n\x01\xff&quot;&lt;&gt;&amp;")"));
  EXPECT_THAT(xml, HasSubstr("&lt;b a=&quot;x&quot;&gt;&amp;?"));
  EXPECT_THAT(xml, HasSubstr("came:     &quot;&lt;script&gt;&quot;\n"));
}

}  // namespace
}  // namespace replay
