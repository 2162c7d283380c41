#include "replay/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "corpus/describe.h"
#include "replay/excerpts.h"
#include "replay/report_noise.h"
#include "replay/run_report.h"

namespace replay {
namespace {

// Of a longer value a part is shown: the whole of it stands in the files.
constexpr std::size_t kShownValue = 200;
// The same in the first line of a finding, which has to be read at a glance.
constexpr std::size_t kBriefValue = 60;
// Paths are alike at their beginning, and differ at their end.
constexpr std::size_t kBriefPath = 200;

// Of the places where one message differs: whoever wants all of hundreds does not read them here.
constexpr std::size_t kShownDifferences = 32;

// Of sessions that were not played: the reports have them all.
constexpr std::size_t kNamedFiles = 5;

// A histogram is for a glance, in half the width of a terminal.
constexpr std::size_t kLongestBar = 40;

std::string shown(const Place& place) {
  return fmt::format("exchange {}{}{}", place.exchange, place.line == 0 ? "" : fmt::format(", line {}", place.line),
                     place.by_hand.empty() ? "" : ", " + place.by_hand);
}

// Escape sequences (ECMA-48, SGR) from which nothing but colour comes: each text says the same without them. The eight
// colours of any terminal, as its owner has chosen them.
class Pen {
 public:
  explicit Pen(bool color) : color_(color) {}
  std::string good(std::string_view text) const { return in("32", text); }
  std::string bad(std::string_view text) const { return in("31", text); }
  std::string doubtful(std::string_view text) const { return in("33", text); }
  std::string strong_bad(std::string_view text) const { return in("1;31", text); }
  std::string quiet(std::string_view text) const { return in("2", text); }

 private:
  std::string in(std::string_view codes, std::string_view text) const {
    return color_ ? fmt::format("\x1b[{}m{}\x1b[0m", codes, text) : std::string(text);
  }
  bool color_;
};

std::string judged(Judgement judgement, const Pen& pen) {
  const std::string_view word = to_string(judgement);
  return judgement == Judgement::same ? pen.good(word)
                                      : (judgement == Judgement::different ? pen.strong_bad(word) : pen.doubtful(word));
}

double milliseconds(corpus::Micros time) {
  return static_cast<double>(time) / 1e3;
}

void append_figures(std::string& text, std::string_view what, const Lateness& figures, bool histogram) {
  auto out = std::back_inserter(text);
  fmt::format_to(out, "  {}: p50 {:.3f} ms, p90 {:.3f} ms, p99 {:.3f} ms, max {:.3f} ms\n", what,
                 milliseconds(figures.p50), milliseconds(figures.p90), milliseconds(figures.p99),
                 milliseconds(figures.max));
  if (!histogram || figures.buckets.empty()) return;
  const std::size_t most = std::ranges::max(figures.buckets, {}, &LatenessBucket::deliveries).deliveries;
  for (const LatenessBucket& bucket : figures.buckets) {
    // Whatever is there is seen, however little it is beside the most.
    const std::size_t bar = (bucket.deliveries * kLongestBar + most - 1) / most;
    fmt::format_to(out, "    < {:>10.2f} ms {:>6} {}\n", milliseconds(bucket.below), bucket.deliveries,
                   std::string(bar, '#'));
  }
}

void append_too_late(std::string& text, const Verdict& verdict, const Pen& pen) {
  auto out = std::back_inserter(text);
  fmt::format_to(out, "  {}: p99 is above the budget of {:.3f} ms, so {}\n", pen.doubtful("the player was too late"),
                 milliseconds(verdict.too_late->budget),
                 verdict.findings.empty() ? "that nothing was found proves nothing" : "findings may come of that");
  for (const LateDelivery& delivery : verdict.too_late->latest) {
    fmt::format_to(out, "    {:.3f} ms: {} ({} of the live run)\n", milliseconds(delivery.late), delivery.what,
                   shown(delivery.live));
  }
}

void append_times(std::string& text, const Verdict& verdict, const TextStyle& style) {
  if (style.histograms && !verdict.lateness) {
    text += "  lateness and latency: unknown, the live session does not say when its deliveries were due\n";
  }
  if (const auto& late = verdict.lateness) {
    append_figures(text, fmt::format("lateness of {} deliveries", late->deliveries), *late,
                   style.histograms || verdict.too_late);
  }
  if (const auto& latency = verdict.latency) {
    append_figures(text, fmt::format("latency of {} answers", latency->deliveries), *latency, style.histograms);
  }
}

// What follows from other findings is said in short: there may be a great deal of it.
void append_consequence(std::string& text, const Finding& finding) {
  auto out = std::back_inserter(text);
  fmt::format_to(out, "     {}: {}{}\n", to_string(finding.kind), finding.what,
                 finding.recorded ? fmt::format(" ({})", shown(*finding.recorded)) : "");
  std::vector<std::string> why = finding.notes;
  if (!finding.cause.empty()) why.insert(why.begin(), finding.cause);
  if (!finding.change.empty()) why.insert(why.begin(), finding.change);
  if (!why.empty()) fmt::format_to(out, "       {}\n", corpus::printable(fmt::format("{}", fmt::join(why, "; "))));
}

void append(std::string& text, const Finding& finding, std::size_t runs, const Pen& pen) {
  auto out = std::back_inserter(text);
  const std::string_view kind = to_string(finding.kind);
  fmt::format_to(out, "{}{}\n", pen.strong_bad(kind), corpus::printable(headline(finding).substr(kind.size())));
  if (runs > 1) fmt::format_to(out, "     {}\n", how_often(finding, runs));
  if (finding.recorded) fmt::format_to(out, "     {}\n", pen.quiet("in the recording: " + shown(*finding.recorded)));
  if (finding.live) fmt::format_to(out, "     {}\n", pen.quiet("in the live run: " + shown(*finding.live)));
  for (const std::string& note : finding.notes) fmt::format_to(out, "     {}\n", corpus::printable(note));
  const std::size_t told = std::min(finding.differences.size(), kShownDifferences);
  for (const Difference& difference : std::span(finding.differences).first(told)) {
    const Excerpts shown = excerpts_of(difference.recorded, difference.live, kShownValue);
    fmt::format_to(out, "     {}\n       recorded: {}\n       came:     {}\n",
                   difference.pointer.empty() ? "body" : corpus::printable(difference.pointer, kShownValue),
                   pen.good(corpus::printable(shown.recorded)), pen.bad(corpus::printable(shown.live)));
  }
  if (const std::size_t more = finding.differences.size() - told; more > 0) {
    fmt::format_to(out, "     and {} places more, which --json and --html show\n", more);
  }
}

// Ids are told by their beginnings, unless two that differ begin alike.
Excerpts brief_values(const Difference& difference, std::size_t limit) {
  const std::string recorded = corpus::with_short_ids(difference.recorded);
  const std::string live = corpus::with_short_ids(difference.live);
  Excerpts brief =
      recorded != live ? excerpts_of(recorded, live, limit) : excerpts_of(difference.recorded, difference.live, limit);
  return {corpus::printable(brief.recorded), corpus::printable(brief.live)};
}

}  // namespace

std::string change_of(const Finding& finding) {
  if (!finding.change.empty() || finding.differences.empty()) return finding.change;
  const Difference& first = finding.differences.front();
  const std::string place = first.pointer.empty() ? "body" : corpus::printable(first.pointer, kShownValue);
  const std::size_t limit = first.pointer == "path" ? kBriefPath : kBriefValue;
  const Excerpts brief = brief_values(first, limit);
  std::string text = fmt::format("{} is {}, recorded {}", place, brief.live, brief.recorded);
  if (first.live == kAbsent) text = fmt::format("without {}: {}", place, brief.recorded);
  if (first.recorded == kAbsent) text = fmt::format("with {}: {}", place, brief.live);
  const std::size_t more = finding.differences.size() - 1;
  return more == 0 ? text : text + fmt::format(" (and {} more)", more);
}

std::string headline(const Finding& finding) {
  std::string line = fmt::format("{}: {}", to_string(finding.kind), finding.what);
  if (const std::string change = change_of(finding); !change.empty()) line += ": " + change;
  if (!finding.cause.empty()) line += "; " + finding.cause;
  return line;
}

std::string how_often(const Finding& finding, std::size_t runs) {
  if (runs == 1) return "";
  return finding.seen == runs ? "in every run" : fmt::format("flaky: in {} of {} runs", finding.seen, runs);
}

std::string doubt_of(const Verdict& verdict) {
  if (verdict.judgement != Judgement::inconclusive) return "";
  if (!verdict.quit) return "the player was too late: the run proves nothing";
  return fmt::format("the replay was quit before exchange {}, with {} deliveries not sent: the run proves nothing",
                     verdict.quit->before, verdict.quit->not_sent);
}

std::string_view to_string(FindingKind kind) {
  switch (kind) {
    case FindingKind::missing_request:
      return "missing request";
    case FindingKind::unknown_request:
      return "unknown request";
    case FindingKind::doubled_request:
      return "doubled request";
    case FindingKind::different_request:
      return "different request";
    case FindingKind::out_of_order:
      return "request out of order";
    case FindingKind::late_request:
      return "late request";
    case FindingKind::ambiguous_id:
      return "ambiguous id";
    case FindingKind::different_answer:
      return "different answer";
    case FindingKind::late_answer:
      return "late answer";
    case FindingKind::no_answer:
      return "no answer";
    case FindingKind::withheld_delivery:
      return "withheld delivery";
    case FindingKind::unknown_delivery:
      return "unknown delivery";
    case FindingKind::bot_died:
      return "bot died";
  }
  return "";
}

std::string_view to_string(Judgement judgement) {
  switch (judgement) {
    case Judgement::same:
      return "same";
    case Judgement::different:
      return "different";
    case Judgement::inconclusive:
      return "inconclusive";
  }
  return "";
}

std::string finding_text(const Finding& finding, std::size_t runs) {
  std::string text;
  append(text, finding, runs, Pen(false));
  return text;
}

std::string not_played_text(const RunReport& run) {
  const std::size_t count = run.not_played.size();
  if (count == 0) return "";
  std::string text = fmt::format("{} {} not played:", count, count == 1 ? "session" : "sessions");
  for (std::size_t i = 0; i < std::min(count, kNamedFiles); ++i) {
    text += fmt::format("{} {}", i == 0 ? "" : ",", corpus::printable(run.not_played[i]));
  }
  return text + (count > kNamedFiles ? fmt::format(" and {} more\n", count - kNamedFiles) : "\n");
}

std::string report_text(const Verdict& verdict, const std::string& name, const TextStyle& style) {
  const Pen pen(style.color);
  std::string text = fmt::format("{}: {}", judged(verdict.judgement, pen), corpus::printable(name));
  auto out = std::back_inserter(text);
  const auto count = static_cast<std::size_t>(std::ranges::count(verdict.findings, false, &Finding::consequence));
  const std::size_t follow = verdict.findings.size() - count;
  if (count != 0) fmt::format_to(out, ": {} {}", count, count == 1 ? "finding" : "findings");
  if (verdict.runs > 1) fmt::format_to(out, "{} in {} runs", count == 0 ? ":" : "", verdict.runs);
  if (follow != 0)
    fmt::format_to(out, ", and {} that {} from {}", follow, follow == 1 ? "follows" : "follow",
                   count == 1 ? "it" : "them");
  fmt::format_to(out, "\n  requests: {} of {}; deliveries: {} of {}\n", verdict.requests_met, verdict.requests,
                 verdict.deliveries_made, verdict.deliveries);
  if (verdict.damaged_lines != 0) {
    fmt::format_to(out, "  {} of the files could not be read: this is the verdict of the rest\n",
                   verdict.damaged_lines == 1 ? "one line" : fmt::format("{} lines", verdict.damaged_lines));
  }
  if (const auto& quit = verdict.quit) {
    fmt::format_to(out, "  {}: {} not sent, so {}\n",
                   pen.doubtful(fmt::format("quit before exchange {}", quit->before)),
                   quit->not_sent == 1 ? "1 delivery was" : fmt::format("{} deliveries were", quit->not_sent),
                   verdict.findings.empty() ? "that nothing was found proves nothing"
                                            : "this is the verdict of what was played until then");
  }
  for (const DoneByHand& done : verdict.by_hand) {
    fmt::format_to(out, "  {}: exchange {}, {}\n", pen.doubtful(done.recorded.by_hand), done.recorded.exchange,
                   done.what);
  }
  append_times(text, verdict, style);
  if (verdict.too_late) append_too_late(text, verdict, pen);
  text += noise_lines(verdict);
  std::size_t number = 0;
  for (const Finding& finding : verdict.findings) {
    if (finding.consequence) continue;
    fmt::format_to(out, "\n  {}. ", ++number);
    append(text, finding, verdict.runs, pen);
  }
  if (follow != 0) fmt::format_to(out, "\n  what follows from {}:\n", count == 1 ? "it" : "them");
  for (const Finding& finding : verdict.findings) {
    if (finding.consequence) append_consequence(text, finding);
  }
  return text;
}

}  // namespace replay
