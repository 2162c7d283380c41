#include "harness/duration.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

namespace harness {

corpus::Result<std::chrono::microseconds> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view suffix;
    double micros;
  };
  static constexpr std::array<Unit, 5> kUnits{{{"us", 1}, {"ms", 1e3}, {"s", 1e6}, {"m", 60e6}, {"h", 3600e6}}};
  constexpr double kLongest = 1e6 * 3600 * 24 * 365;  // a year: more is a slip, and would overflow sums of times
  double number = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  const std::string_view suffix(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (ec == std::errc() && number == 0 && suffix.empty()) return std::chrono::microseconds(0);
  for (const Unit& unit : kUnits) {
    if (ec != std::errc() || suffix != unit.suffix || std::signbit(number)) continue;
    const double micros = number * unit.micros;
    if (!(micros <= kLongest)) break;
    return std::chrono::microseconds(std::llround(micros));
  }
  return std::unexpected(
      corpus::Fault{corpus::Error::invalid, "", fmt::format("'{}' is no duration, like 250ms, 5s or 2m", text)});
}

}  // namespace harness
