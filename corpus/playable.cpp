#include "corpus/playable.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

namespace corpus {
namespace {

// What ends a line of HTTP, and NUL, which ends a line for some.
bool breaks_a_line(char byte) {
  return byte == '\r' || byte == '\n' || byte == '\0';
}

bool breaks_a_word(char byte) {
  return breaks_a_line(byte) || byte == ' ' || byte == '\t';
}

/// Empty, or why these fields cannot be sent.
std::string_view problem_of(const Headers& headers) {
  for (const Header& header : headers) {
    const bool name = !header.name.empty() && std::ranges::none_of(header.name, breaks_a_word) &&
                      header.name.find(':') == std::string::npos;
    if (!name) return "a header's name is none that HTTP can carry";
    if (std::ranges::any_of(header.value, breaks_a_line)) return "a header's value holds a line break";
  }
  return {};
}

std::string_view problem_of(const Request& request) {
  const auto is_word = [](std::string_view text) { return !text.empty() && std::ranges::none_of(text, breaks_a_word); };
  if (!is_word(request.method)) return "its method is none that HTTP can carry";
  if (!is_word(request.target)) return "its target holds a space or a line break, or nothing";
  return problem_of(request.headers);
}

}  // namespace

Result<void> check_playable(const Session& session) {
  for (const Exchange& exchange : session.exchanges) {
    // The player sends deliveries and Graph's answers. What the bot sends is its own business.
    const bool delivery = exchange.leg == Leg::webhook;
    const Response* answer = delivery ? nullptr : exchange.response();
    const std::string_view problem = delivery            ? problem_of(exchange.request)
                                     : answer != nullptr ? problem_of(answer->headers)
                                                         : std::string_view();
    if (problem.empty()) continue;
    const std::size_t line = delivery ? exchange.request_line : exchange.outcome_line;
    return std::unexpected(Fault{Error::invalid, fmt::format("{}:{}", session.path, line),
                                 fmt::format("exchange {} cannot be played: {}", exchange.number, problem)});
  }
  return {};
}

}  // namespace corpus
