#include "harness/judging_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "harness/terminal.h"

namespace harness {
namespace {

namespace po = boost::program_options;

// A bot that takes three times as long, and two seconds on top, has changed; what varies less is the day's weather.
constexpr double kDeadlineFactor = 3;

constexpr std::array kFromGoodToBad{done, inconclusive, findings, bad_usage, environment};

}  // namespace

void add_comparing(po::options_description& list, JudgingOptions& options) {
  list.add_options()("ignore", po::value(&options.ignore)->composing()->value_name("POINTER"),
                     "do not compare what lies below this JSON pointer in any body; \"*\" stands for any one segment; "
                     "may be given many times")("count-polling", po::bool_switch(&options.count_polling),
                                                "judge GET, keepAlive and token requests like all others");
}

void add_answer_limit(po::options_description& list, JudgingOptions& options) {
  list.add_options()("answer-limit",
                     po::value(&options.answer_limit)->default_value(options.answer_limit, "5s")->value_name("TIME"),
                     "how long the bot may take to acknowledge");
}

void add_deadline(po::options_description& list, JudgingOptions& options) {
  list.add_options()(
      "deadline-factor",
      po::value<double>()->notifier([&](double factor) { options.deadline_factor = factor; })->value_name("F"),
      "a request that takes more than F times as long as in the recording, and 2s on top, is late; 0: none is "
      "(default: 3; with --asap 0)");
}

void add_lateness_budget(po::options_description& list, JudgingOptions& options) {
  list.add_options()(
      "lateness-budget",
      po::value(&options.lateness_budget)->default_value(options.lateness_budget, "10ms")->value_name("TIME"),
      "how late 99 % of the deliveries may at most have been, where the live session says when they were due; if not, "
      "a run without findings proves nothing");
}

void add_color(po::options_description& list, JudgingOptions& options) {
  list.add_options()(
      "color", po::value(&options.color)->default_value(ColorMode::automatic, "auto")->value_name("WHEN"),
      "print in colour: auto (on a terminal; NO_COLOR, FORCE_COLOR and TERM=dumb are heeded), always, never");
}

void add_judging(po::options_description& list, JudgingOptions& options) {
  add_comparing(list, options);
  add_answer_limit(list, options);
  add_lateness_budget(list, options);
  list.add_options()("histograms", po::bool_switch(&options.histograms),
                     "print how lateness, and the bot's latency since its deliveries were due, are spread");
  add_deadline(list, options);
  add_color(list, options);
}

corpus::Result<replay::JudgeOptions> judge_options(const JudgingOptions& options, bool asap) {
  replay::JudgeOptions judging;
  for (const std::string& text : options.ignore) {
    auto pointer = replay::parse_pointer(text);
    if (!pointer) {
      return std::unexpected(corpus::Fault{corpus::Error::invalid, "--ignore " + text, pointer.error().what});
    }
    judging.ignored.push_back(std::move(*pointer));
  }
  const double factor = options.deadline_factor.value_or(asap ? 0 : kDeadlineFactor);
  if (!std::isfinite(factor) || (factor != 0 && factor < 1)) {
    return std::unexpected(corpus::Fault{corpus::Error::invalid, fmt::format("--deadline-factor {}", factor),
                                         "must be at least 1, or 0 for no deadline"});
  }
  if (factor != 0) judging.deadline_factor = factor;
  judging.count_polling = options.count_polling;
  judging.answer_limit = options.answer_limit.time.count();
  judging.lateness_budget = options.lateness_budget.time.count();
  return judging;
}

replay::TextStyle text_style(const JudgingOptions& options) {
  return {.color = wants_color(options.color, output_is_terminal()), .histograms = options.histograms};
}

ExitStatus status_of(const replay::Verdict& verdict) {
  if (verdict.damaged_lines != 0) return bad_usage;
  switch (verdict.judgement) {
    case replay::Judgement::same:
      return done;
    case replay::Judgement::different:
      return findings;
    case replay::Judgement::inconclusive:
      return inconclusive;
  }
  return findings;
}

ExitStatus worse_of(ExitStatus one, ExitStatus other) {
  const auto rank = [](ExitStatus status) { return std::ranges::find(kFromGoodToBad, status); };
  return rank(one) < rank(other) ? other : one;
}

}  // namespace harness
