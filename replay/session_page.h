// What a page shows of one session beside its verdict: both calls, recorded and live.
#pragma once

#include <string>

#include "corpus/exchange.h"
#include "replay/verdict.h"

namespace replay {

/// A JSON object for the page's script (replay/report_page/model.js): a row for each exchange with its partner, and
/// what the messages hold, packed. Bodies of more than some kB are cut. `verdict` is that of the two sessions. It is
/// made at once, so that a run over many sessions need not keep them.
std::string session_page(const corpus::Session& recorded, const corpus::Session& live, const Verdict& verdict);

}  // namespace replay
