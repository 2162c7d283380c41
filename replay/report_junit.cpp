#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "corpus/describe.h"
#include "replay/report.h"
#include "replay/report_noise.h"
#include "replay/run_report.h"

namespace replay {
namespace {

enum class Where { attribute, content };

// For text in UTF-8. What XML 1.0 has no way at all to write becomes a question mark.
std::string escaped(std::string_view text, Where where) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char letter = text[at];
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += where == Where::attribute ? "&#10;" : "\n";  // an attribute would be read with a space instead
        break;
      case '\xef':
        if (const auto rest = text.substr(at + 1, 2); rest == "\xbf\xbe" || rest == "\xbf\xbf") {
          out += '?';  // U+FFFE and U+FFFF
          at += 2;
          break;
        }
        [[fallthrough]];
      default:
        out += static_cast<unsigned char>(letter) < 0x20 ? '?' : letter;
    }
  }
  return out;
}

std::string seconds(corpus::Micros time) {
  return fmt::format("{:.3f}", static_cast<double>(time) / 1e6);
}

// How one test case went: nothing is said of one that passed.
struct Problem {
  std::string_view element;  ///< "failure": the bot's; "error": there is no verdict on it. Empty: passed
  std::string_view type;
  std::string message;
  std::string text;
};

std::string message_of(const Finding& finding) {
  std::string line = headline(finding);
  if (!finding.recorded) return line;
  const std::string& by_hand = finding.recorded->by_hand;
  return line + fmt::format(" (exchange {}{})", finding.recorded->exchange, by_hand.empty() ? "" : ", " + by_hand);
}

Problem problem_of(const SessionResult& result) {
  if (const auto* fault = std::get_if<corpus::Fault>(&result.outcome)) {
    return {"error", "not judged", corpus::to_string(*fault), ""};
  }
  const auto& verdict = std::get<Verdict>(result.outcome);
  std::string text = report_text(verdict, corpus::printable(result.file));
  if (verdict.damaged_lines != 0) return {"error", "damaged", "the session file is damaged", std::move(text)};
  switch (verdict.judgement) {
    case Judgement::same:
      return {};
    case Judgement::different:
      return {"failure", verdict.findings.front().seen == verdict.runs ? "different" : "flaky",
              message_of(verdict.findings.front()), std::move(text)};
    case Judgement::inconclusive:
      return {"error", "inconclusive", doubt_of(verdict), std::move(text)};
  }
  return {};
}

void append_case(std::string& xml, const SessionResult& result, const Problem& problem) {
  auto out = std::back_inserter(xml);
  fmt::format_to(out, "    <testcase classname=\"rollcall\" name=\"{}\" time=\"{}\"",
                 escaped(corpus::printable(result.name.empty() ? result.file : result.name), Where::attribute),
                 seconds(result.took));
  if (problem.element.empty()) {
    xml += "/>\n";
    return;
  }
  fmt::format_to(out, ">\n      <{} type=\"{}\" message=\"{}\">{}</{}>\n    </testcase>\n", problem.element,
                 problem.type, escaped(corpus::printable(problem.message), Where::attribute),
                 escaped(problem.text, Where::content), problem.element);
}

// Of a suite, since the schema knows none of a test case.
std::string properties_of(const RunReport& run) {
  std::string xml;
  for (const SessionResult& result : run.sessions) {
    const auto* verdict = std::get_if<Verdict>(&result.outcome);
    if (verdict == nullptr || !verdict->noise) continue;
    const auto add = [&](std::string_view what, const std::string& value) {
      xml += fmt::format("      <property name=\"{}: noise{}\" value=\"{}\"/>\n",
                         escaped(corpus::printable(result.name.empty() ? result.file : result.name), Where::attribute),
                         escaped(corpus::printable(what), Where::attribute),
                         escaped(corpus::printable(value), Where::attribute));
    };
    add(" suppressed", std::to_string(verdict->suppressed.size()));
    add(" file", verdict->noise->source + (verdict->noise->stale ? " (learnt from another version)" : ""));
    for (const NoiseSum& sum : noise_sums(*verdict)) {
      add(" of " + sum.what, fmt::format("{} x {}", sum.times, sum.why));
    }
  }
  return xml.empty() ? "" : "    <properties>\n" + xml + "    </properties>\n";
}

}  // namespace

std::string report_junit(const RunReport& run) {
  std::size_t failures = 0;
  std::size_t errors = 0;
  corpus::Micros took = 0;
  std::string cases;
  for (const SessionResult& result : run.sessions) {
    const Problem problem = problem_of(result);
    failures += problem.element == "failure";
    errors += problem.element == "error";
    took += result.took;
    append_case(cases, result, problem);
  }
  for (const std::string& file : run.not_played) {
    fmt::format_to(std::back_inserter(cases),
                   "    <testcase classname=\"rollcall\" name=\"{}\" time=\"0.000\">\n"
                   "      <skipped message=\"not played: the run ended before\"/>\n    </testcase>\n",
                   escaped(corpus::printable(file), Where::attribute));
  }
  const std::string counts = fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{}\"",
                                         run.sessions.size() + run.not_played.size(), failures, errors, seconds(took));
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"rollcall\" {0}>\n"
      "  <testsuite name=\"rollcall\" skipped=\"{3}\" {0}>\n{1}{2}  </testsuite>\n</testsuites>\n",
      counts, properties_of(run), cases, run.not_played.size());
}

}  // namespace replay
