// A session's result as a JSON object, for the reports that are made of it. For sources only.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "replay/run_report.h"

namespace replay {

/// Longer than any text.
inline constexpr std::size_t kWhole = std::numeric_limits<std::size_t>::max();

/// Bytes as text that JSON can carry: as they are if they are UTF-8, escaped if not; cut with "…" behind `limit` bytes.
std::string json_text(std::string_view bytes, std::size_t limit = kWhole);

/// The result as replay/REPORT.md has it. Values of differences are cut behind `limit` bytes.
boost::json::object result_json(const SessionResult& result, std::size_t limit = kWhole);

/// The files of the sessions that were not played.
boost::json::array not_played_json(const RunReport& run);

}  // namespace replay
