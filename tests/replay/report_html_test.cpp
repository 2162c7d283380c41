#include "replay/report_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "replay/by_hand.h"
#include "replay/session_page.h"
#include "tests/support/session_builder.h"

namespace replay {
namespace {

using corpus::Session;
using support::SessionBuilder;
using testing::HasSubstr;
using testing::Not;

// What stands in the data element.
std::string data_in(const std::string& html) {
  const std::string begin = "id=\"data\">";
  const std::size_t at = html.find(begin) + begin.size();
  return html.substr(at, html.find("</script>", at) - at);
}

RunReport run_of(std::string name, std::string page = {}) {
  return {"rollcall", {{"a.session.jsonl", std::move(name), 1, Verdict{}, std::move(page)}}};
}

TEST(ReportHtml, LetsNoTextEndTheDataElement) {
  const std::string name = "</script><!--<script>\xe2\x80\xa8\xe2\x80\xa9";
  const std::string data = data_in(report_html(run_of(name)));
  EXPECT_THAT(data, Not(HasSubstr("<")));
  EXPECT_THAT(data, HasSubstr("\\u2028\\u2029"));
  EXPECT_EQ(boost::json::parse(data).at("sessions").at(0).at("name").as_string(), std::string_view(name));
}

TEST(ReportHtml, NamesItsOwnStyleAndScriptInThePolicyAndNothingElse) {
  const std::string html = report_html(run_of("first"));
  EXPECT_THAT(html, HasSubstr("default-src 'none'; script-src 'sha256-"));
  EXPECT_THAT(html, Not(HasSubstr("unsafe")));
  EXPECT_THAT(html, Not(HasSubstr("http://")));
  EXPECT_THAT(html, Not(HasSubstr("https://")));
}

TEST(ReportHtml, TellsOfSessionsThatWereNotPlayed) {
  RunReport run = run_of("first");
  run.not_played = {"</script>"};
  const std::string data = data_in(report_html(run));
  EXPECT_EQ(boost::json::parse(data).at("notPlayed"), boost::json::parse(R"(["</script>"])"));
}

TEST(SessionPage, SaysWhatWasDoneByHand) {
  const Session recorded = SessionBuilder().delivery(0, 10, "a").delivery(20, 30, "b").take();
  Session live = SessionBuilder().delivery(0, 10, "x").take();
  live.exchanges[0].request_extra = to_member(HandMark{1, {.skipped = false, .edited = true, .repeated = false}});
  live.end = corpus::SessionEnd{40, 2, to_member(HandNote{{2}, {}}), {}};
  Verdict verdict;
  verdict.partners = {{0, 0}};
  const boost::json::value page = boost::json::parse(session_page(recorded, live, verdict));
  EXPECT_EQ(page.at("rows").at(0).at(4).at(6), "edited by hand");
  EXPECT_EQ(page.at("rows").at(0).at(3).at(6), "");
  EXPECT_EQ(page.at("rows").at(1).at(3).at(6), "skipped by hand");
}

TEST(SessionPage, PutsPartnersIntoOneRowAndTheOthersWhereTheyCame) {
  const Session recorded = SessionBuilder().delivery(0, 10, "a").delivery(20, 30, "b").take();
  const Session live = SessionBuilder().delivery(0, 10, "a").delivery(15, 16, "new").delivery(20, 30, "b").take();
  Verdict verdict;
  verdict.partners = {{0, 0}, {1, 2}};
  const boost::json::value page = boost::json::parse(session_page(recorded, live, verdict));
  const boost::json::array& rows = page.at("rows").as_array();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].at(3).at(0), 1);
  EXPECT_EQ(rows[0].at(4).at(0), 1);
  EXPECT_TRUE(rows[1].at(3).is_null());
  EXPECT_EQ(rows[1].at(4).at(0), 2);
  EXPECT_EQ(rows[2].at(3).at(0), 2);
  EXPECT_EQ(rows[2].at(4).at(0), 3);
}

TEST(SessionPage, IsThereForSessionsWithoutExchanges) {
  const boost::json::value page = boost::json::parse(session_page({}, {}, {}));
  EXPECT_TRUE(page.at("rows").as_array().empty());
  EXPECT_TRUE(page.at("packed").as_array().empty());
}

}  // namespace
}  // namespace replay
