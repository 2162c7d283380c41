// A verdict as text.
#pragma once

#include <string>
#include <string_view>

#include "replay/verdict.h"

namespace replay {

/// A finding in one line: which message, what changed, what the bot had been told before.
std::string headline(const Finding& finding);
/// What changed, in a few words; empty if the kind of the finding says it all.
std::string change_of(const Finding& finding);

/// The words for people: "missing request", ….
std::string_view to_string(FindingKind kind);

/// Why a run without findings proves nothing, in one line; empty if it does.
std::string doubt_of(const Verdict& verdict);
/// "flaky: in 2 of 5 runs", or "in every run"; empty if there was but one.
std::string how_often(const Finding& finding, std::size_t runs);

/// The word for it: "same", "different", "inconclusive".
std::string_view to_string(Judgement judgement);

/// How a verdict is to be printed.
struct TextStyle {
  bool color = false;       ///< with escape sequences, for a terminal
  bool histograms = false;  ///< of lateness and latency, also if nothing was late; or why there are none
};

/// One finding for a person, as report_text() has it among others: its line, and further ones that are indented.
/// `runs`: of its verdict.
std::string finding_text(const Finding& finding, std::size_t runs = 1);

/// The verdict for a person: one line that says it, then each finding with its exchange, what was recorded and what
/// came. `name` says which session was judged, usually its file. Ends with a line break.
std::string report_text(const Verdict& verdict, const std::string& name, const TextStyle& style = {});

}  // namespace replay
