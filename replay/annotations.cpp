#include "replay/annotations.h"

#include <fmt/format.h>

#include "corpus/describe.h"
#include "replay/report.h"

namespace replay {
namespace {

// The pages of a run show a few lines of each; the report has the rest.
constexpr std::size_t kAnnotatedValue = 200;
constexpr std::size_t kShownLines = 12;

// As GitHub's toolkit escapes the text of a command: a line break would end it.
std::string data(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    switch (letter) {
      case '%':
        out += "%25";
        break;
      case '\r':
        out += "%0D";
        break;
      case '\n':
        out += "%0A";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

// And the value of a property, which a colon or comma would end as well.
std::string property(std::string_view text) {
  std::string out;
  for (const char letter : data(text)) {
    if (letter == ':') {
      out += "%3A";
    } else if (letter == ',') {
      out += "%2C";
    } else {
      out += letter;
    }
  }
  return out;
}

std::string command(std::string_view name, const std::string& file, std::size_t line, std::string_view title,
                    std::string_view message) {
  // A path is what it is; GitHub finds the file by it. Control characters no path of a repository needs.
  const std::string place = line == 0 ? "" : fmt::format(",line={}", line);
  return fmt::format("::{} file={}{},title={}::{}\n", name, property(corpus::printable(file)), place, property(title),
                     data(message));
}

std::string message_of(const Finding& finding, std::size_t runs) {
  std::string text = finding.what;
  if (runs > 1) text += fmt::format(" ({})", how_often(finding, runs));
  std::size_t lines = 0;
  const auto add = [&](const std::string& line) {
    if (lines++ < kShownLines) text += "\n" + line;
  };
  if (!finding.change.empty()) add(corpus::printable(finding.change));
  if (!finding.cause.empty()) add(corpus::printable(finding.cause));
  if (finding.recorded && !finding.recorded->by_hand.empty()) {
    add(fmt::format("exchange {}: {}", finding.recorded->exchange, finding.recorded->by_hand));
  }
  for (const Difference& difference : finding.differences) {
    add(fmt::format("{}: recorded {}, came {}",
                    difference.pointer.empty() ? "body" : corpus::printable(difference.pointer, kAnnotatedValue),
                    corpus::printable(difference.recorded, kAnnotatedValue),
                    corpus::printable(difference.live, kAnnotatedValue)));
  }
  for (const std::string& note : finding.notes) add(corpus::printable(note));
  if (lines > kShownLines) text += fmt::format("\nand {} more", lines - kShownLines);
  return text;
}

}  // namespace

std::string annotations(const SessionResult& result) {
  if (const auto* fault = std::get_if<corpus::Fault>(&result.outcome)) {
    return command("error", result.file, 0, "not judged", corpus::printable(corpus::to_string(*fault)));
  }
  const Verdict& verdict = std::get<Verdict>(result.outcome);
  std::string text;
  for (const Finding& finding : verdict.findings) {
    const bool doubtful = finding.consequence || finding.seen < verdict.runs;
    text += command(doubtful ? "warning" : "error", result.file, finding.recorded ? finding.recorded->line : 0,
                    to_string(finding.kind), message_of(finding, verdict.runs));
  }
  if (verdict.damaged_lines != 0) {
    text += command("error", result.file, 0, "damaged",
                    fmt::format("{} of the files could not be read",
                                verdict.damaged_lines == 1 ? std::string("one line")
                                                           : fmt::format("{} lines", verdict.damaged_lines)));
  }
  if (verdict.judgement == Judgement::inconclusive) {
    text += command("warning", result.file, 0, "inconclusive", doubt_of(verdict));
  }
  return text;
}

}  // namespace replay
