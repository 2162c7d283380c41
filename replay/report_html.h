// A run as one page for people: everything in one file, to be opened from the disk.
#pragma once

#include <string>

#include "replay/run_report.h"

namespace replay {

/// The page. It asks for nothing outside itself, its policy (Content-Security-Policy) allows no script but its own, and
/// whatever text the sessions hold is text in it.
std::string report_html(const RunReport& run);

}  // namespace replay
