#include "replay/report_html.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <iterator>

#include "replay/report_assets.h"
#include "replay/result_json.h"

namespace replay {
namespace {

namespace json = boost::json;

// A value that differs is shown by its beginning: the session file and the JSON report have the whole.
constexpr std::size_t kShownOnPage = 4 * 1024;

// JSON that can stand inside a script element: nothing in it can end the element or begin a comment. U+2028 and U+2029
// are line ends to older scripts.
std::string for_script(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '<') {
      out += "\\u003c";
    } else if (const auto three = text.substr(at, 3); three == "\xe2\x80\xa8" || three == "\xe2\x80\xa9") {
      out += three.back() == '\xa8' ? "\\u2028" : "\\u2029";
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string data_of(const RunReport& run) {
  std::string text = fmt::format("{{\"origin\":{},\"sessions\":[", json::serialize(json::value(json_text(run.origin))));
  for (std::size_t i = 0; i < run.sessions.size(); ++i) {
    std::string session = json::serialize(result_json(run.sessions[i], kShownOnPage));
    if (!run.sessions[i].page.empty()) {
      session.pop_back();
      session += ",\"page\":" + run.sessions[i].page + "}";
    }
    text += (i == 0 ? "" : ",\n") + session;
  }
  return for_script(text + "],\"notPlayed\":" + json::serialize(not_played_json(run)) + "}");
}

}  // namespace

std::string report_html(const RunReport& run) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '{}'; style-src '{}'; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Rollcall</title>\n<style>{}</style>\n</head>\n"
      "<body>\n<noscript>This report is drawn by a script of its own, which is switched off here.</noscript>\n"
      "<div id=\"app\"></div>\n<script type=\"application/json\" id=\"data\">{}</script>\n<script>{}</script>\n"
      "</body>\n</html>\n",
      kPageScriptHash, kPageStyleHash, kPageStyle, data_of(run), kPageScript);
}

}  // namespace replay
